"""The words of the command line. What they do is imported only when one runs, so that `--help` is quick."""

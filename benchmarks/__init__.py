"""What `./timeline bench` runs. What compares two things is a ratio within one run: machines are shared and noisy."""

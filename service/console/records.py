"""Commands that bring facts into the log and out of it, and make the read models anew from it."""

import sys
import tempfile
from pathlib import Path

import click

from service.console.common import data, perform

IMPORTS = ("ndjson", "us-state-visits", "us-state-travels")
EXPORTS = ("ndjson",)
"""The formats of service/interchange, named again since importing them would slow `--help` down."""


@click.command()
@data
@click.pass_context
def demo(context: click.Context) -> None:
    """Record the demo data; again: nothing is recorded."""
    perform(context, "demo")


@click.command("import")
@data
@click.argument("format", type=click.Choice(IMPORTS))
@click.argument("files", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("--strict", is_flag=True, help="Record nothing if any line is rejected, and exit 1.")
@click.pass_context
def import_(context: click.Context, format: str, files: tuple[str, ...], strict: bool) -> None:
    """Record the facts in FILES; - is standard input. Rejected lines are listed, the others go in."""
    with tempfile.NamedTemporaryFile(prefix="timeline-") as spooled:
        if "-" in files:  # as a file, so that another process can read it
            spooled.writelines(sys.stdin.buffer)
            spooled.flush()
        paths = {name: spooled.name if name == "-" else str(Path(name).absolute()) for name in files}
        perform(context, "import", format=format, files=paths, strict=strict)


@click.command()
@data
@click.argument("format", type=click.Choice(EXPORTS))
@click.pass_context
def export(context: click.Context, format: str) -> None:
    """Write the whole log to standard output."""
    perform(context, "export", format=format)


@click.command()
@data
@click.argument("name", required=False)
@click.pass_context
def rebuild(context: click.Context, name: str | None) -> None:
    """Make the read models, or the one named, anew from the log, while the old ones serve."""
    perform(context, "rebuild", name=name)

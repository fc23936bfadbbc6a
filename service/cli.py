"""The console script. Its commands are in service/console, and what they do is imported only when one runs."""

import os
import sys

import click

from service.console import keys, reading, records, running

COMMANDS = (
    running.serve, running.project, running.migrate, records.demo, records.import_, records.export, records.rebuild,
    reading.timeline, reading.diff, keys.keys,
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="diplomatic-timeline")
@click.option("--data", "database", envvar="TIMELINE_DATABASE", help="A folder, or a postgresql:// URL.")
@click.pass_context
def cli(context: click.Context, database: str | None) -> None:
    """Diplomatic actions as an event log, and every view as it was known on any day."""
    context.obj = {"database": database} if database else {}


for command in COMMANDS:
    cli.add_command(command)


def main() -> None:
    """Exit status: 0 done, 1 refused or failed with one line on standard error, 2 wrong usage."""
    try:
        cli(prog_name="diplomatic-timeline")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)

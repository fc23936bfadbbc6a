"""The console script. What a command does is in service/commands.py, imported only when one runs: `--help` is quick."""

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from service.settings import Settings

IMPORTS = ("ndjson", "us-state-visits", "us-state-travels")
EXPORTS = ("ndjson",)
"""The formats of service/interchange, named again since importing them would slow `--help` down."""
FIRST_KEY = "first"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="diplomatic-timeline")
@click.option("--data", "database", envvar="TIMELINE_DATABASE", help="A folder, or a postgresql:// URL.")
@click.pass_context
def cli(context: click.Context, database: str | None) -> None:
    """Diplomatic actions as an event log, and every view as it was known on any day."""
    context.obj = {"database": database} if database else {}


def _data(function: Any) -> Any:
    """`--data` behind the command's name too."""

    def keep(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
        if value:
            context.obj["database"] = value

    return click.option(
        "--data", callback=keep, expose_value=False, help="A folder, or a postgresql:// URL (TIMELINE_DATABASE)."
    )(function)


@cli.command()
@_data
@click.option("--host", help="The address to listen on.")
@click.option("--port", type=int, help="The port to listen on; 0 takes a free one.")
@click.option("--workers", type=int, help="Server processes; above 1 needs PostgreSQL.")
@click.option("--demo/--no-demo", default=None, help="Load the demo data into an empty store.")
@click.option("--open-reading/--no-open-reading", default=None, help="Answer reads without a key.")
@click.option("--project/--no-project", default=None, help="Follow the log in the server itself.")
@click.option("--batch", type=int, help="Facts projected in one transaction.")
@click.option("--poll", type=float, help="Seconds after which the log is looked at unasked.")
@click.option("--wait", type=float, help="Seconds a request waits for a position not yet projected.")
@click.option("--max-body", type=int, help="Bytes that a posted fact may have.")
@click.option("--max-import", type=int, help="Bytes that a posted import may have.")
@click.pass_context
def serve(context: click.Context, /, **given: Any) -> None:
    """Serve the page and the API."""
    from service.serving import serve

    sys.exit(serve(_settings(context, given)))


@cli.command()
@_data
@click.pass_context
def project(context: click.Context) -> None:
    """Follow the log and keep the read models up with it, until stopped (PostgreSQL)."""
    from service.serving import project

    sys.exit(project(_settings(context)))


@cli.command()
@_data
@click.pass_context
def migrate(context: click.Context) -> None:
    """Create the tables that are missing."""
    from service.serving import migrate

    migrate(_settings(context))


@cli.command()
@_data
@click.pass_context
def demo(context: click.Context) -> None:
    """Record the demo data; again: nothing is recorded."""
    _perform(context, "demo")


@cli.command("import")
@_data
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
        _perform(context, "import", format=format, files=paths, strict=strict)


@cli.command()
@_data
@click.argument("format", type=click.Choice(EXPORTS))
@click.pass_context
def export(context: click.Context, format: str) -> None:
    """Write the whole log to standard output."""
    _perform(context, "export", format=format)


@cli.command()
@_data
@click.option("--country", multiple=True, help="Code or name of a participant's country.")
@click.option("--kind", multiple=True, help="Kind of action.")
@click.option("--status", multiple=True, help="Status of the action.")
@click.option("--q", multiple=True, help="Words in title, summary, quote, persons, place.")
@click.option("--from", "start", help="First day.")
@click.option("--to", "end", help="Last day.")
@click.option("--as-of", help="As it was known on a day or at an instant.")
@click.option("--position", help="As the log held it up to this position,")
@click.option("--recorded-by", help="or at this instant or the end of this day.")
@click.option("--sort", type=click.Choice(["date", "-date"]), help="Oldest or newest first.")
@click.option("--limit", type=click.IntRange(1, 500), default=100, show_default=True)
@click.pass_context
def timeline(context: click.Context, /, limit: int, start: str | None, end: str | None, **given: Any) -> None:
    """Print actions in time order."""
    _perform(context, "timeline", query=_listed({**given, "from": start, "to": end}), limit=limit)


def _listed(given: dict[str, Any]) -> dict[str, list[str]]:
    """The options that were given, each with its values."""
    return {name: [value] if isinstance(value, str) else list(value) for name, value in given.items() if value}


@cli.command()
@_data
@click.option("--from", help="What was known on a day or at an instant,")
@click.option("--to", help="and what was known then.")
@click.option("--from-position", help="Instead of dates: what the log held up to a position,")
@click.option("--to-position", help="and up to that one.")
@click.option("--position", help="With dates: as the log held it up to this position,")
@click.option("--recorded-by", help="or at this instant or the end of this day.")
@click.option("--as-of", help="With positions: as it was known on a day or at an instant.")
@click.option("--country", multiple=True, help="Code or name of a participant's country.")
@click.option("--kind", multiple=True, help="Kind of action.")
@click.option("--status", multiple=True, help="Status of the action.")
@click.option("--q", multiple=True, help="Words in title, summary, quote, persons, place.")
@click.option("--occurred-from", help="First day on which actions occur.")
@click.option("--occurred-to", help="Last day on which actions occur.")
@click.option("--limit", type=click.IntRange(1, 500), default=100, show_default=True)
@click.pass_context
def diff(context: click.Context, /, limit: int, **given: Any) -> None:
    """Print what came to be known, or was recorded, between two days or two positions, and by which facts."""
    _perform(context, "diff", query=_listed(given), limit=limit)


@cli.command()
@_data
@click.argument("name", required=False)
@click.pass_context
def rebuild(context: click.Context, name: str | None) -> None:
    """Make the read models, or the one named, anew from the log, while the old ones serve."""
    _perform(context, "rebuild", name=name)


@cli.group()
def keys() -> None:
    """Keys for writing."""


@keys.command("create")
@_data
@click.argument("name")
@click.option("--scope", type=click.Choice(["report", "admin"]), default="report", show_default=True)
@click.pass_context
def keys_create(context: click.Context, name: str, scope: str) -> None:
    """Make a key called NAME and print it, once."""
    _perform(context, "keys create", name=name, scope=scope)


@keys.command("list")
@_data
@click.pass_context
def keys_list(context: click.Context) -> None:
    """List all keys, without the keys themselves."""
    _perform(context, "keys list")


@keys.command("revoke")
@_data
@click.argument("name")
@click.pass_context
def keys_revoke(context: click.Context, name: str) -> None:
    """End the key called NAME."""
    _perform(context, "keys revoke", name=name)


def _settings(context: click.Context, given: dict[str, Any] | None = None) -> "Settings":
    from pydantic import ValidationError

    from service.settings import Settings

    try:
        return Settings(**context.obj, **{name: value for name, value in (given or {}).items() if value is not None})
    except ValidationError as error:
        lines = [f"TIMELINE_{str(found['loc'][0]).upper()}: {found['msg']}" for found in error.errors()]
        raise click.UsageError("; ".join(lines)) from None


def _perform(context: click.Context, command: str, **args: Any) -> None:
    """Runs a command here, or in the server that holds the folder."""
    from service.performing import perform

    sys.exit(perform(_settings(context), command, args))


def main() -> None:
    """Exit status: 0 done, 1 refused or failed with one line on standard error, 2 wrong usage."""
    try:
        cli(prog_name="diplomatic-timeline")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)

"""Commands that run until they are stopped, or make ready for them."""

import sys
from typing import Any

import click

from service.console.common import data, settings

_demo = click.option("--demo/--no-demo", default=None, help="Load the demo data into an empty store.")


@click.command()
@data
@click.option("--host", help="The address to listen on.")
@click.option("--port", type=int, help="The port to listen on; 0 takes a free one.")
@click.option("--workers", type=int, help="Server processes; above 1 needs PostgreSQL.")
@_demo
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

    sys.exit(serve(settings(context, given)))


@click.command()
@data
@click.pass_context
def project(context: click.Context) -> None:
    """Follow the log and keep the read models up with it, until stopped (PostgreSQL)."""
    from service.serving import project

    sys.exit(project(settings(context)))


@click.command()
@data
@_demo
@click.pass_context
def migrate(context: click.Context, /, **given: Any) -> None:
    """Create the tables that are missing; in a new store also a first key, which is printed, and the demo data."""
    from service.serving import migrate

    migrate(settings(context, given))

"""Commands that make and end keys for writing."""

import click

from service.console.common import data, perform


@click.group()
def keys() -> None:
    """Keys for writing."""


@keys.command("create")
@data
@click.argument("name")
@click.option("--scope", type=click.Choice(["report", "admin"]), default="report", show_default=True)
@click.pass_context
def keys_create(context: click.Context, name: str, scope: str) -> None:
    """Make a key called NAME and print it, once."""
    perform(context, "keys create", name=name, scope=scope)


@keys.command("list")
@data
@click.pass_context
def keys_list(context: click.Context) -> None:
    """List all keys, without the keys themselves."""
    perform(context, "keys list")


@keys.command("revoke")
@data
@click.argument("name")
@click.pass_context
def keys_revoke(context: click.Context, name: str) -> None:
    """End the key called NAME."""
    perform(context, "keys revoke", name=name)

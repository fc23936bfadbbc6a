"""What the commands have in common: where the data is, the settings, and where they are carried out."""

import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from service.settings import Settings


def data(function: Any) -> Any:
    """`--data` behind the command's name too."""

    def keep(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
        if value:
            context.obj["database"] = value

    return click.option(
        "--data", callback=keep, expose_value=False, help="A folder, or a postgresql:// URL (TIMELINE_DATABASE)."
    )(function)


def settings(context: click.Context, given: dict[str, Any] | None = None) -> "Settings":
    from pydantic import ValidationError

    from service.settings import Settings

    try:
        return Settings(**context.obj, **{name: value for name, value in (given or {}).items() if value is not None})
    except ValidationError as error:
        lines = [f"TIMELINE_{str(found['loc'][0]).upper()}: {found['msg']}" for found in error.errors()]
        raise click.UsageError("; ".join(lines)) from None


def perform(context: click.Context, command: str, **args: Any) -> None:
    """Runs a command here, or in the server that holds the folder."""
    from service.performing import perform

    sys.exit(perform(settings(context), command, args))

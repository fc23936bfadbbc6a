"""Commands that show actions: the timeline, and what differs between two moments."""

from typing import Any

import click

from service.console.common import data, perform

_FILTERS = (
    click.option("--country", multiple=True, help="Code or name of a participant's country."),
    click.option("--kind", multiple=True, help="Kind of action."),
    click.option("--status", multiple=True, help="Status of the action."),
    click.option("--q", multiple=True, help="Words in title, summary, quote, persons, place."),
)


def _filters(function: Any) -> Any:
    """The options that say which actions are shown."""
    for option in reversed(_FILTERS):
        function = option(function)
    return function


@click.command()
@data
@_filters
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
    perform(context, "timeline", query=_listed({**given, "from": start, "to": end}), limit=limit)


@click.command()
@data
@click.option("--from", help="What was known on a day or at an instant,")
@click.option("--to", help="and what was known then.")
@click.option("--from-position", help="Instead of dates: what the log held up to a position,")
@click.option("--to-position", help="and up to that one.")
@click.option("--position", help="With dates: as the log held it up to this position,")
@click.option("--recorded-by", help="or at this instant or the end of this day.")
@click.option("--as-of", help="With positions: as it was known on a day or at an instant.")
@_filters
@click.option("--occurred-from", help="First day on which actions occur.")
@click.option("--occurred-to", help="Last day on which actions occur.")
@click.option("--limit", type=click.IntRange(1, 500), default=100, show_default=True)
@click.pass_context
def diff(context: click.Context, /, limit: int, **given: Any) -> None:
    """Print what came to be known, or was recorded, between two days or two positions, and by which facts."""
    perform(context, "diff", query=_listed(given), limit=limit)


def _listed(given: dict[str, Any]) -> dict[str, list[str]]:
    """The options that were given, each with its values."""
    return {name: [value] if isinstance(value, str) else list(value) for name, value in given.items() if value}

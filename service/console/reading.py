"""Commands that show actions: the timeline, and what differs between two moments."""

from typing import Any

import click

from service.console.common import data, perform

_FILTERS = (
    click.option("--country", multiple=True, help="Code or name of a participant's country."),
    click.option("--role", multiple=True, help="Role of that participant."),
    click.option("--organisation", multiple=True, help="Code or name of that participant's organisation."),
    click.option("--person", multiple=True, help="That participant's name."),
    click.option("--party", multiple=True, help="Who takes part besides, each of them: country:GBR."),
    click.option("--kind", multiple=True, help="Kind of action."),
    click.option("--status", multiple=True, help="Status of the action."),
    click.option("--outcome", multiple=True, help="What became of what was announced ahead."),
    click.option("--topic", multiple=True, help="Topic, as written."),
    click.option("--publisher", multiple=True, help="Who published one of its reports."),
    click.option("--subject", multiple=True, help="Code or name of a country that is talked about."),
    click.option("--source-ref", multiple=True, help="The name that its first report gave it."),
    click.option("--q", multiple=True, help="Words in title, summary, quote, persons, place."),
    click.option("--match", type=click.Choice(["any", "all"]), help="all: every country named takes part."),
    click.option("--date-match", type=click.Choice(["overlap", "within"]), help="within: no day outside."),
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
@click.option("--position", help="As the log held it up to this position.")
@click.option("--recorded-by", help="As the log held it at this instant, or at the end of this day.")
@click.option("--sort", type=click.Choice(["date", "-date"]), help="Oldest or newest first.")
@click.option("--limit", type=click.IntRange(1, 500), default=100, show_default=True)
@click.pass_context
def timeline(context: click.Context, /, limit: int, start: str | None, end: str | None, **given: Any) -> None:
    """Print actions in time order."""
    perform(context, "timeline", query=_listed({**given, "from": start, "to": end}), limit=limit)


@click.command()
@data
@click.option("--from", help="What was known on this day or at this instant.")
@click.option("--to", help="What was known on this day or at this instant, to compare with.")
@click.option("--from-position", help="Instead of --from: what the log held up to this position.")
@click.option("--to-position", help="Instead of --to: what it held up to this position.")
@click.option("--position", help="With --from and --to: as the log held both up to this position.")
@click.option("--recorded-by", help="With --from and --to: as the log held both at this instant or by this day's end.")
@click.option("--as-of", help="With positions: as both were known on this day or at this instant.")
@_filters
@click.option("--occurred-from", help="First day on which actions occur.")
@click.option("--occurred-to", help="Last day on which actions occur.")
@click.option("--limit", type=click.IntRange(1, 500), default=100, show_default=True)
@click.pass_context
def diff(context: click.Context, /, limit: int, **given: Any) -> None:
    """Print what came to be known, or was recorded, between two days or two positions, and by which facts."""
    _two_bounds(given)
    perform(context, "diff", query=_listed(given), limit=limit)


_BOUNDS = (["from", "to"], ["from_position", "to_position"])


def _two_bounds(given: dict[str, Any]) -> None:
    """Raises UsageError unless both days or both positions are given."""
    named = [name for pair in _BOUNDS for name in pair if given[name]]
    if named not in _BOUNDS:
        told = ", ".join(f"--{name.replace('_', '-')}" for name in named) or "neither"
        raise click.UsageError(f"give --from and --to, or --from-position and --to-position; given: {told}")


def _listed(given: dict[str, Any]) -> dict[str, list[str]]:
    """The options that were given, each with its values."""
    return {name: [value] if isinstance(value, str) else list(value) for name, value in given.items() if value}

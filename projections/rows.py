"""The rows that a version and its state have in the tables of projections/timeline.py, in order of their columns."""

from collections.abc import Iterator
from typing import Any

from domain.fold import State, Version
from domain.instants import FOREVER, to_micros
from domain.people import key_of
from projections.stretches import stretch_of

EVERYTHING = ""
"""The lane of all actions; beside it each country has one of its own."""
Row = tuple[Any, ...]
Place = tuple[str, int, str, str, int, int]
"""Where a version stands: lane, stretch, day, action, known_from, known_to."""


def places(version: Version) -> list[Place]:
    """One in each lane; the first is in that of all."""
    state, known_from, known_to = version.state, version.known_from, version.known_to
    earliest, latest = state.occurred.earliest, state.occurred.latest
    day = earliest or latest
    place = (
        stretch_of(earliest, latest, known_from.date(), known_to and known_to.date()),
        day.isoformat() if day else "",
        str(state.id),
        to_micros(known_from),
        to_micros(known_to) if known_to else FOREVER,
    )
    countries = {party.country for party in state.content["participants"] if party.country}
    return [(lane, *place) for lane in (EVERYTHING, *countries)]


def rows(version: Version, since: int, until: int, number: int) -> Iterator[Row]:
    """Those of a version that holds between two positions, with the state of this number."""
    state, where, found = version.state, version.state.content["place"], places(version)
    latest = state.occurred.latest
    rest = (
        since, until, number, latest and latest.isoformat(), state.content["kind"], state.status, state.outcome,
        where and where.country, len(found) - 1, state.known_from.toordinal() - 1,
    )  # fmt: skip
    return ((*place, *rest) for place in found)


def parties(state: State, number: int) -> Iterator[Row]:
    """Those of the participants of the state with this number."""
    for place, party in enumerate(state.content["participants"]):
        person = party.person and key_of(party.person, party.title)
        yield number, place, party.country, party.organisation, person, party.role


def terms(state: State, number: int) -> Iterator[Row]:
    """Those of what the state with this number can have more than one of, and of what few states have."""
    content, place = state.content, state.content["place"]
    several = {
        "topic": content["topics"],
        "subject": content["subjects"],
        "publisher": [report.publisher for report in state.reports],
        "source_ref": [state.source_ref],
        "place": [place and place.country],
    }
    return ((facet, value, number) for facet, values in several.items() for value in set(values) if value)

"""What is told of one party: what it does, with whom, and what became of what it announced."""

from dataclasses import replace
from typing import Any

import orjson

from projections.counts import counts
from projections.database import Row
from projections.filters import Filters
from projections.profiles import (
    Met,
    Party,
    counterparts,
    edge,
    grouped,
    lapsed,
    next_planned,
    roles,
    visits_made,
    visits_received,
)
from service.api.announced import announced
from service.api.answers import keyed
from service.api.params import filters
from service.api.view import View


async def profile_of(seen: View, party: Party, name: str) -> dict[str, Any]:
    """Everything about one party, over what the filters leave of it."""
    asked = filters(seen.found)
    own = _of(asked, party)
    totals = await counts(seen.instance.database, own, seen.at, None, ())
    return {
        party.kind: party.key,
        "name": name,
        "count": totals[0].count if totals else 0,
        **await _counted(seen, party, own),
        **await _met(seen, party, asked, own),
        **await _ledger(seen, party, own),
    }


def _of(asked: Filters, party: Party) -> Filters:
    """What the filters leave of a party. Those that name others of its kind ask for what it does together with them."""
    if getattr(asked, party.kind):
        return replace(asked, also=(*asked.also, (party.kind, party.key)))
    match party.kind:
        case "country":
            return replace(asked, country=(party.key,))
        case "organisation":
            return replace(asked, organisation=(party.key,))
        case "person":
            return replace(asked, person=(party.key,))


async def _counted(seen: View, party: Party, own: Filters) -> dict[str, Any]:
    database, at = seen.instance.database, seen.at
    years = await counts(database, own, at, "year", ())
    return {
        "by_kind": keyed(await grouped(database, own, at, "kind")),
        "by_role": keyed(await roles(database, own, at, party)),
        "by_year": [{"key": row.period, "count": row.count} for row in years],
    }


async def _met(seen: View, party: Party, asked: Filters, own: Filters) -> dict[str, Any]:
    """A country receives, too, visits to it that name nobody of its own, unless somebody of its own is asked for."""
    database, at = seen.instance.database, seen.at
    of_its_own = party.kind != "country" or (not asked.country and (asked.role or asked.organisation or asked.person))
    anywhere = own if of_its_own else asked
    made, received = await visits_made(database, own, at, party), await visits_received(database, anywhere, at, party)
    return {
        "counterparts": await counterparts(database, own, at, party),
        "visits": {"made": _keyed(made), "received": _keyed(received)},
    }


def _keyed(found: list[Met]) -> list[dict[str, Any]]:
    return [{"key": row.key, "count": row.count} for row in found]


async def _ledger(seen: View, party: Party, own: Filters) -> dict[str, Any]:
    """What was announced and what became of it; the first, the last and the next action."""
    database, at = seen.instance.database, seen.at
    return {
        "by_outcome": keyed(await grouped(database, own, at, "outcome")),
        "announced": await announced(seen, party, own),
        "lapsed": [_parsed(row) for row in await lapsed(database, own, at)],
        "next_planned": _parsed(await next_planned(database, own, at)),
        "first": _parsed(await edge(database, own, at, "date")),
        "last": _parsed(await edge(database, own, at, "-date")),
    }


def _parsed(row: Row | None) -> orjson.Fragment | None:
    """The bytes of an action, as rendered."""
    return orjson.Fragment(bytes(row[2])) if row else None

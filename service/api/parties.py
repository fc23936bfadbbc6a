"""Countries, organisations and people: who there is, and all that is asked about one of them."""

from dataclasses import asdict, replace
from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.countries import COUNTRIES, Country, find
from domain.naming import shown
from domain.organisations import find_organisation
from domain.people import person_key, person_name
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
from service.api.counts import answer, keyed, one
from service.api.documentation import documented
from service.api.params import CLOCKS, FILTERS, filters
from service.api.query import LONGEST
from service.api.schemas.parties import PartyList, Profile
from service.api.view import View, named, view
from service.problems import Problem

router = APIRouter(prefix="/api")


@router.get("/countries", **documented((*FILTERS, *CLOCKS), PartyList))
async def countries(request: Request) -> Response:
    """Every country that takes part in what the filters leave, the most active first."""
    seen = await view(request, *FILTERS)
    found = await grouped(seen.instance.database, filters(seen.found), seen.at, "country")
    names = {row.group[0]: COUNTRIES[row.group[0]].name for row in found}
    return answer(seen, [{"country": row.group[0], "name": names[row.group[0]], "count": row.count} for row in found])


@router.get("/countries/{code}", **documented((*FILTERS, *CLOCKS), Profile))
async def country(code: str, request: Request) -> Response:
    """One country: what it does, with whom, and what it announced; for a dissolved state its dates and successors."""
    found = named(find, code)
    seen = await view(request, *FILTERS)
    return one(seen, {**await _profile(seen, Party("country", found.code), found.name), **_state(found)})


@router.get("/organisations/{code}", **documented((*FILTERS, *CLOCKS), Profile))
async def organisation(code: str, request: Request) -> Response:
    """One organisation: what it does, with whom, and what it announced."""
    found = named(find_organisation, code)
    seen = await view(request, *FILTERS)
    return one(seen, await _profile(seen, Party("organisation", found.code), found.name))


@router.get("/people/{slug}", **documented((*FILTERS, *CLOCKS), Profile))
async def person(slug: str, request: Request) -> Response:
    """One person, across titles and recorded spellings."""
    key = person_key(slug[:LONGEST].replace("-", " "))
    seen = await view(request, *FILTERS)
    profile = await _profile(seen, Party("person", key), person_name(key) or key.replace("-", " ").title())
    if not profile["count"] and not person_name(key):
        raise Problem("not-found", f"no person {shown(slug)} takes part in anything known at that moment")
    return one(seen, profile)


def _state(country: Country) -> dict[str, Any]:
    """For a state that has ended or that ISO does not list: its days and what followed it, with links."""
    if not (country.start or country.end or country.successors):
        return {}
    successors = [
        {"country": code, "name": COUNTRIES[code].name, "url": f"/api/countries/{code}"} for code in country.successors
    ]
    return {"existed": {"from": country.start, "to": country.end}, "successors": successors}


async def _profile(seen: View, party: Party, name: str) -> dict[str, Any]:
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
    """A country receives, too, the visits that take place there and name nobody of its own."""
    database, at = seen.instance.database, seen.at
    anywhere = asked if party.kind == "country" else own
    made, received = await visits_made(database, own, at, party), await visits_received(database, anywhere, at, party)
    return {
        "counterparts": [asdict(row) for row in await counterparts(database, own, at, party)],
        "visits": {"made": _keyed(made), "received": _keyed(received)},
    }


def _keyed(found: list[Met]) -> list[dict[str, Any]]:
    return [{"key": row.key, "count": row.count} for row in found]


async def _ledger(seen: View, party: Party, own: Filters) -> dict[str, Any]:
    """What was announced and what became of it; the first, the last and the next action."""
    database, at = seen.instance.database, seen.at
    today = seen.as_of.date().isoformat()
    return {
        "by_outcome": keyed(await grouped(database, own, at, "outcome")),
        "announced": await announced(seen, party, own),
        "lapsed": [_parsed(row) for row in await lapsed(database, own, at)],
        "next_planned": _parsed(await next_planned(database, own, at, today)),
        "first": _parsed(await edge(database, own, at, "date")),
        "last": _parsed(await edge(database, own, at, "-date")),
    }


def _parsed(row: Row | None) -> orjson.Fragment | None:
    """The bytes of an action, as rendered."""
    return orjson.Fragment(bytes(row[2])) if row else None

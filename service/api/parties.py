"""Countries, organisations and people: who there is, and all that is asked about one of them."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.countries import COUNTRIES, Country, find
from domain.naming import shown
from domain.organisations import find_organisation
from domain.people import person_key, person_name, shown_name
from projections.profiles import Party, first_known, grouped
from service.api.answers import listed, single
from service.api.documentation import documented
from service.api.params import CLOCKS, FILTERS, filters
from service.api.profile import profile_of
from service.api.query import LONGEST
from service.api.schemas.parties import PartyList, Profile
from service.api.view import named, view
from service.problems import Problem

router = APIRouter(prefix="/api")


@router.get("/countries", **documented((*FILTERS, *CLOCKS), PartyList))
async def countries(request: Request) -> Response:
    """Every country that takes part in what the filters leave, the most active first."""
    seen = await view(request, *FILTERS)
    found = await grouped(seen.instance.database, filters(seen.found), seen.at, "country")
    names = {row.group[0]: COUNTRIES[row.group[0]].name for row in found}
    return listed(seen, [{"country": row.group[0], "name": names[row.group[0]], "count": row.count} for row in found])


@router.get("/countries/{code}", **documented((*FILTERS, *CLOCKS), Profile))
async def country(code: str, request: Request) -> Response:
    """One country: what it does, with whom, and what it announced; for a dissolved state its dates and successors."""
    found = named(find, code)
    seen = await view(request, *FILTERS)
    return single(seen, {**await profile_of(seen, Party("country", found.code), found.name), **_state(found)})


@router.get("/organisations/{code}", **documented((*FILTERS, *CLOCKS), Profile))
async def organisation(code: str, request: Request) -> Response:
    """One organisation: what it does, with whom, and what it announced."""
    found = named(find_organisation, code)
    seen = await view(request, *FILTERS)
    return single(seen, await profile_of(seen, Party("organisation", found.code), found.name))


@router.get("/people/{slug}", **documented((*FILTERS, *CLOCKS), Profile))
async def person(slug: str, request: Request) -> Response:
    """One person, across titles and recorded spellings."""
    key = key_in_path(slug)
    seen = await view(request, *FILTERS)
    if not person_name(key) and not await first_known(seen.instance.database, key, seen.at):
        raise Problem("not-found", f"no person {shown(slug)} takes part in anything known by that moment")
    return single(seen, await profile_of(seen, Party("person", key), shown_name(key)))


def key_in_path(slug: str) -> str:
    """The key of a person whom a path names by it, or by a name."""
    return person_key(slug[:LONGEST].replace("-", " "))


def _state(country: Country) -> dict[str, Any]:
    """For a state that has ended or that ISO does not list: its days and what followed it, with links."""
    if not (country.start or country.end or country.successors):
        return {}
    successors = [
        {"country": code, "name": COUNTRIES[code].name, "url": f"/api/countries/{code}"} for code in country.successors
    ]
    return {"existed": {"from": country.start, "to": country.end}, "successors": successors}

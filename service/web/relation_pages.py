"""The pages of relations: who acts with whom, and two countries in detail."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api import relations
from service.api.moved import moved
from service.web.about import About
from service.web.party_pages import told
from service.web.reading import Json, Reading
from service.web.templating import render

router = APIRouter(include_in_schema=False)
LISTED = 25
"""Pairs in the table; with `all` in the address every one."""


@router.get("/relations")
async def matrix(request: Request) -> Response:
    """Pairs of countries that act together: as a matrix, as a network, as a table."""
    found = await Reading(request).ask(relations.matrix)
    whole = "all" in request.query_params
    shown = found["results"] if whole else found["results"][:LISTED]
    countries = {code for pair in found["results"] for code in (pair["a"], pair["b"])}
    context = {"pairs": found["results"], "shown": shown, "countries": len(countries), "answer": found}
    return render(request, "relations.html", active="Relations", dated=True, **context)


@router.get("/relations/{a}/{b}")
async def relation(a: str, b: str, request: Request) -> Response:
    """Two countries: what they do together, who visited whom, and what they announced."""
    reading = Reading(request)
    pair = await reading.ask(relations.relation, a, b)
    about = _about(pair)
    if (pair["a"], pair["b"]) != (a, b):
        return moved(request, about.path)
    context = await told(reading, about)
    return render(request, "relation.html", about=about, pair=pair, active="Relations", dated=True, **context)


def _about(pair: Json) -> About:
    both = pair["a"], pair["b"]
    names = " and ".join(pair["names"][code] for code in both)
    return About("relation", names, tuple(("country", code) for code in both))

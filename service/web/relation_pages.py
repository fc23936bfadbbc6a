"""The pages of relations: who acts with whom, and two countries in detail."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api import relations
from service.web.about import About
from service.web.party_pages import elsewhere, told
from service.web.reading import Reading
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
    both = pair["a"], pair["b"]
    about = About(
        "relation", " and ".join(pair["names"][code] for code in both), tuple(("country", one) for one in both)
    )
    if both != (a, b):
        return elsewhere(request, about.path)
    context = await told(reading, about)
    return render(request, "relation.html", about=about, pair=pair, active="Relations", dated=True, **context)

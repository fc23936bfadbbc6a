"""The templates of the pages, and what all of them may use: words, icons, addresses."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.templating import Jinja2Templates
from starlette.datastructures import QueryParams
from starlette.responses import Response

from domain.kinds import KINDS
from service.charts.palette import FAMILIES
from service.charts.words import country_name, organisation_name, party, status
from service.web import assets, generated, words
from service.web.icons import icon
from service.web.links import FILTERS, Links

FACETS = (
    ("country", "Countries", "a country"),
    ("organisation", "Organisations", "an organisation"),
    ("person", "People", "a person"),
    ("topic", "Topics", "a topic"),
)
"""The filters that are lists: what each is called, and one of it."""
STATUSES = ("occurred", "ongoing", "planned", "postponed", "cancelled")

FIELDS = ("country", "kind", "from", "to")
"""Filters whose every value has a field in the form."""
BOXES = {"status": STATUSES, "outcome": ("lapsed",)}
"""Of other filters, the values that have one."""


def fieldless(query: QueryParams) -> list[tuple[str, str, str]]:
    """The filters of a page that the form has no field for: name, value, and both in words."""
    given = [(name, value) for name in FILTERS for value in query.getlist(name)[name == "q" :] if name not in FIELDS]
    return [(name, value, words.FILTERS[name](value)) for name, value in given if value not in BOXES.get(name, ())]


templates = Jinja2Templates(Path(__file__).parent / "templates")
templates.env.trim_blocks = templates.env.lstrip_blocks = True


templates.env.globals.update(
    address=assets.address,
    modules=assets.modules,
    style_ids=generated.plotly_style_ids,
    icon=icon,
    families=FAMILIES,
    kinds=KINDS,
    facets=FACETS,
    statuses=STATUSES,
    origin=words.origin,
    outcomes=words.OUTCOMES,
    basis=words.BASIS,
    party=party,
    status_in_words=status,
    country_name=country_name,
    organisation_name=organisation_name,
    asked=words.asked,
    filter_names=FILTERS,
    fieldless=fieldless,
    person_path=words.person_path,
    when=words.when,
    certainty=words.certainty,
    day=words.day,
    time=words.time,
    month=words.month,
    place=words.place,
    role=words.role,
    look=words.look,
)


def render(request: Request, name: str, status: int = 200, wrong: Sequence[str] = (), **context: Any) -> Response:
    """A page; `link` makes addresses that keep its filters and its moment, `elsewhere` leaves out whom they name.

    Neither keeps what is `wrong`.
    """
    links = Links(request.query_params, wrong)
    shared = {
        "link": links.to,
        "elsewhere": links.elsewhere,
        "query": links.query,
        "wrong": wrong,
        "demo": bool(getattr(request.app.state, "demo", False)),
    }
    is_shown = status == 200
    headers = {"Cache-Control": "no-cache" if is_shown else "no-store"}  # a page follows the log; a refusal ends
    earlier = getattr(request.state, "earlier", {}) if is_shown else {}
    return templates.TemplateResponse(request, name, {**shared, **context}, status, {**headers, **earlier})

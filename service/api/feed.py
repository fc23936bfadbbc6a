"""GET /api/timeline.atom: what became known of the actions that a view shows, as a feed to subscribe to."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.instants import EPOCH
from projections.differences import Place
from service.api.cursors import begins_after, cursor_after, cursor_of
from service.api.documentation import documented
from service.api.params import CLOCKS, FILTERS, PAGING, filters
from service.api.query import echo
from service.api.view import View, view
from service.feed import Entry, entries
from service.interchange import atom

router = APIRouter(prefix="/api")
QUERY = (*FILTERS, *PAGING[:2])


@router.get("/timeline.atom", **documented((*QUERY, *CLOCKS), media=atom.MEDIA))
async def timeline_atom(request: Request) -> Response:
    """Changes on the reported clock, the newest first, as an Atom feed."""
    cursor = cursor_of(request)
    seen = await view(request, *QUERY, moment=cursor.moment if cursor else None)
    place, limit = begins_after(cursor, seen), seen.found.get("limit", 100)
    return _answer(seen, *await entries(seen.instance, filters(seen.found), seen.at, place, limit))


def _answer(seen: View, found: Sequence[Entry], last: Place | None) -> Response:
    following = seen.next(cursor=cursor_after(seen, last)) if last else None
    updated = found[0].at if found else EPOCH
    head = atom.Head(_view(seen), updated, _links(seen, following))
    links = [f'<{following}>; rel="next"'] if following else []
    tagged = atom.write(replace(head, links=()), found) + (b"and older ones" if following else b"")
    return seen.respond(atom.write(head, found), tagged, links, atom.MEDIA)


def _links(seen: View, following: str | None) -> list[tuple[str, str, str]]:
    """The feed itself, the page of the same actions, and the feed's next part."""
    given = seen.request.query_params.multi_items()
    shown = urlencode([(name, value) for name, value in given if name not in ("limit", "cursor", "v")])
    found = [("self", atom.MEDIA, str(seen.request.url.replace(scheme="", netloc="")))]
    found += [("alternate", "text/html", f"/?{shown}" if shown else "/")]
    return [*found, ("next", atom.MEDIA, following)] if following else found


def _view(seen: View) -> str:
    """The filters in words, the same for the same filters."""
    named = {param.name for param in FILTERS}
    asked = {name: value for name, value in sorted(echo(seen.found).items()) if name in named}
    told = {name: ", ".join(value) if isinstance(value, list) else str(value) for name, value in asked.items()}
    return "; ".join(f"{name} {value}" for name, value in told.items())

"""What the address of a page may say: the parameters of the API, and what the page itself remembers of its look."""

from fastapi import Request

from domain.naming import LONGEST, close_to
from service.api.params import CLOCKS, FILTERS, PAGING
from service.api.query import bad_query
from service.statements import FieldError

LOOK = ("view", "since", "sort", "lanes", "most", "all", "action", "redirect")
KNOWN = frozenset((*LOOK, *(param.name for param in (*FILTERS, *CLOCKS, *PAGING))))


def only_known(request: Request) -> None:
    """Raises Problem for what no page knows: an answer never rests on a filter that was not understood."""
    given = [name for name in request.query_params if not (name in KNOWN or _tracks(name))]
    if given:
        raise bad_query(*(FieldError((name,), f"is not a parameter here; {_right(name)}") for name in given))


def _tracks(name: str) -> bool:
    """Whether others add it to a link, to see who follows it."""
    return name.startswith("utm_") or name in ("fbclid", "gclid")


def _right(name: str) -> str:
    near = close_to(name[:LONGEST].casefold(), sorted(KNOWN))
    return f"did you mean {' or '.join(near)}?" if near else f"known are {', '.join(sorted(KNOWN))}"

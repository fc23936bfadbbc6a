"""What a party announced: what became of it, how long ahead it was said, and where all of it is listed."""

from typing import Any
from urllib.parse import urlencode

from projections.filters import Filters
from projections.profiles import Party
from projections.promises import Promises, promises
from service.api.params import filters
from service.api.view import View


async def announced(seen: View, party: Party, own: Filters) -> list[dict[str, Any]]:
    """A row for each outcome that there can be; `own` is what the filters leave of the party."""
    return [_row(seen, party, found) for found in await promises(seen.instance.database, own, seen.at)]


def _row(seen: View, party: Party, found: Promises) -> dict[str, Any]:
    days = found.days_ahead()
    ahead = dict(zip(("least", "median", "most"), days, strict=True)) if days else None
    return {"outcome": found.outcome, "count": found.count, "ahead": ahead, "url": _url(seen, party, found.outcome)}


def _url(seen: View, party: Party, outcome: str) -> str | None:
    """The timeline of a party's announcements with one outcome, under the other filters and at the same moment.

    None where the filters name other outcomes: of an action there is one.
    """
    asked = filters(seen.found)
    if asked.outcome and outcome not in asked.outcome:
        return None
    besides = bool(getattr(asked, party.kind))
    own = ("party", f"{party.kind}:{party.key}") if besides else (party.kind, party.key)
    rest = [(name, value) for name, value in seen.request.query_params.multi_items() if name != "outcome"]
    return f"/api/timeline?{urlencode([own, ('outcome', outcome), *rest])}"

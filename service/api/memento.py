"""Memento (RFC 7089) on the recorded clock: an address without a position is its own TimeGate, a pinned one a state."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from fastapi import Request
from starlette.responses import Response

from service.problems import bad_header

HEADER = "Accept-Datetime"
LINKS = "application/link-format"
_FORM = "%a, %d %b %Y %H:%M:%S GMT"
_TO_THE_END = timedelta(microseconds=999_999)


class Elsewhere(Exception):
    """The answer as of another time has an address of its own: 302."""

    def __init__(self, address: str, links: str) -> None:
        super().__init__(address)
        self.address, self.links = address, links


async def elsewhere(request: Request, error: Exception) -> Response:
    """How a TimeGate answers."""
    assert isinstance(error, Elsewhere)
    headers = {"Location": error.address, "Link": error.links, "Vary": HEADER, "Cache-Control": "no-cache"}
    return Response(status_code=302, headers=headers)


def asked_for(request: Request) -> datetime | None:
    """The last microsecond of the second that `Accept-Datetime` names; None where there is no such header.

    Recorded times are written to the second in these headers, so that each names a second as a whole.
    """
    given = request.headers.getlist(HEADER)
    if not given:
        return None
    try:
        found = datetime.strptime(given[0], _FORM).replace(tzinfo=UTC)
    except ValueError:
        found = None
    if found is None or len(given) > 1 or written(found) != given[0]:
        example = written(datetime(2025, 2, 18, 21, tzinfo=UTC))
        raise bad_header(HEADER, f"{', '.join(given)[:80]!r} is not one date of HTTP; write it like {example}")
    return found + _TO_THE_END


def written(instant: datetime) -> str:
    """An instant as HTTP writes it, to the second."""
    return format_datetime(instant.replace(microsecond=0), usegmt=True)


def links(original: str, memento: str | None = None, recorded_at: datetime | None = None) -> Iterator[str]:
    """Where the other states of a resource are; and, of one state, when it was recorded."""
    yield f'<{original}>; rel="original timegate"'
    yield f'<{timemap(original)}>; rel="timemap"; type="{LINKS}"'
    if memento and recorded_at:
        yield f'<{memento}>; rel="memento"; datetime="{written(recorded_at)}"'


def timemap(original: str) -> str:
    """The address of the list of states."""
    return f"/api/timemap{original.removeprefix('/api')}"

"""Where a page ended and at which moment it was read, as an opaque text: of any page, and of a page of changes."""

import base64
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from fastapi import Request

from domain.instants import FOREVER, from_micros
from projections.differences import Place
from service.api.query import bad_query
from service.api.view import View
from service.problems import Problem
from service.statements import FieldError

NONE_OF_OURS = "is not a cursor of this server; take it from `next`"


@dataclass(frozen=True, slots=True)
class Cursor:
    """The moment of a page, in microseconds since 1970 and a position; the last version on it, and whose that is."""

    known: int
    position: int
    since: int
    action: str

    @property
    def moment(self) -> tuple[datetime, int]:
        return from_micros(self.known), self.position

    @property
    def place(self) -> Place:
        return Place(self.since, self.action)


def begins_after(cursor: Cursor | None, seen: View) -> Place | None:
    """Where a page begins; None at the first one. Raises Problem where the page before was read at another moment."""
    if cursor and (seen.at.known, seen.at.position) != (cursor.known, cursor.position):
        raise wrong("comes from another moment than this request's")
    return cursor.place if cursor else None


def cursor_after(seen: View, place: Place) -> str:
    """The cursor of the page that begins after a place."""
    return write(astuple(Cursor(seen.at.known, seen.at.position, place.since, place.action)))


def cursor_of(request: Request) -> Cursor | None:
    """The cursor of a request. Raises Problem where it is none that this server gave."""
    text = request.query_params.get("cursor")
    if text is None:
        return None
    try:
        known, position, since, action = read(text)
        whole = type(known) is type(position) is type(since) is int
        if not whole or not isinstance(action, str) or position < 0 or abs(since) > FOREVER:
            raise ValueError
        from_micros(known)  # refuses what lies beyond all calendars
        return Cursor(known, position, since, str(UUID(action)))
    except (ValueError, TypeError, OverflowError):
        raise wrong(NONE_OF_OURS) from None


def write(parts: Sequence[Any]) -> str:
    """A place as a text that clients hand back as it is."""
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


def read(text: str) -> Any:
    """What was written. Raises ValueError where the text is no such one."""
    return orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def wrong(why: str) -> Problem:
    """That a cursor cannot be used here."""
    return bad_query(FieldError(("cursor",), why))

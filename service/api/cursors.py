"""Where a page ended and at which moment it was read, as an opaque text: of any page, and of a page of changes."""

import base64
from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import orjson
from fastapi import Request

from domain.instants import FOREVER, from_micros
from projections.differences import Place
from projections.readmodel import Moment
from service.api.query import bad_query
from service.api.view import View
from service.problems import Problem
from service.statements import FieldError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cursor(Generic[T]):
    """The moment at which a page was read, and the place where it ended."""

    at: Moment
    place: T

    @property
    def moment(self) -> tuple[datetime, int]:
        return from_micros(self.at.known), self.at.position


def read(request: Request, place_of: Callable[..., T]) -> Cursor[T] | None:
    """The cursor of a request. Raises Problem where it is none that this server gave.

    `place_of` makes the place of what was written of it, and raises ValueError or TypeError where that is none.
    """
    text = request.query_params.get("cursor")
    if text is None:
        return None
    try:
        known, position, *place = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not type(known) is type(position) is int or position < 0:
            raise ValueError
        from_micros(known)  # refuses what lies beyond all calendars
        return Cursor(Moment(known, position), place_of(*place))
    except (ValueError, TypeError, OverflowError):
        raise wrong("is not a cursor of this server; take it from `next`") from None


def write(seen: View, *place: Any) -> str:
    """The cursor of the page that begins after a place, as a text that clients hand back as it is."""
    parts = (seen.at.known, seen.at.position, *place)
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


def wrong(why: str) -> Problem:
    """That a cursor cannot be used here."""
    return bad_query(FieldError(("cursor",), why))


def cursor_of(request: Request) -> Cursor[Place] | None:
    """The cursor of a request for changes. Raises Problem where it is none that this server gave."""
    return read(request, _place)


def _place(since: Any, action: Any) -> Place:
    if type(since) is not int or abs(since) > FOREVER or not isinstance(action, str):
        raise ValueError
    return Place(since, str(UUID(action)))


def begins_after(cursor: Cursor[Place] | None, seen: View) -> Place | None:
    """Where a page begins; None at the first one. Raises Problem where the page before was read at another moment."""
    if cursor and cursor.at != seen.at:
        raise wrong("comes from another moment than this request's")
    return cursor.place if cursor else None


def cursor_after(seen: View, place: Place) -> str:
    """The cursor of the page of changes that begins after a place."""
    return write(seen, *astuple(place))

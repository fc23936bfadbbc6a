"""What a replay asks for at every step, though no moment changes it: found once for each position."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import TypeVar

from domain.instants import FOREVER
from projections.database import Database
from projections.readmodel import Moment

KEPT = 200
"""Answers that stay in memory."""
T = TypeVar("T")


def after_all(at: Moment) -> Moment:
    """When all is known that is held at a position, and every plan has had its day."""
    return Moment(FOREVER - 1, at.position)


async def of_all(database: Database, at: Moment, key: Hashable, find: Callable[[], Awaitable[T]]) -> T:
    """Finds an answer, and keeps it where the moment is after all: then it follows from the position alone."""
    if at != after_all(at):
        return await find()
    kept: OrderedDict[Hashable, T] = database.kept.setdefault("of all", OrderedDict())
    place = (at.position, key)
    if place not in kept:
        kept[place] = await find()
    kept.move_to_end(place)
    while len(kept) > KEPT:
        kept.popitem(last=False)
    return kept[place]

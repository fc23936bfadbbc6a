"""What a chart is given for replay: beside what was known at a moment, what its axes and places follow from."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


class Replayed(list[T]):
    """What was known at a moment, and of the same sort all that was ever known: so no moment has a frame of its own."""

    def __init__(self, known: Iterable[T], ever: Sequence[T]) -> None:
        super().__init__(known)
        self.ever = ever


def ever(found: Sequence[T]) -> Sequence[T]:
    """What a frame follows from; where nothing is replayed, what was found."""
    return found.ever if isinstance(found, Replayed) else found

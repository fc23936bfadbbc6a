"""Keeps the read models up with the log: one pull loop for both databases, a batch per transaction."""

import logging
from collections.abc import Callable, Sequence
from threading import Event, Lock, Thread
from typing import Any
from uuid import UUID

import projections
from domain.events import Fact
from domain.instants import to_micros
from projections.changes import changes
from projections.database import Database, Execute
from projections.readmodel import Projection, Reached, advance, create, reached_by
from service.collecting import uncollected
from service.store.log import Log

logger = logging.getLogger(__name__)
PART = 10_000
"""Facts that are in memory at once, of a batch."""
Progress = Callable[[int, int | None], None]
"""Told a position that is reached, and the last one there is."""
Results = list[list[Any]]
"""What each projection's `apply` returned in a transaction."""


class Projector:
    """Applies the log to all live read models. Several may run at once, in any process: each batch is applied once."""

    def __init__(
        self, log: Log, database: Database, batch: int, poll: float, models: Sequence[Projection] = projections.ALL
    ) -> None:
        self._log, self._database, self._batch, self._poll, self._models = log, database, batch, poll, models
        self._one_at_a_time = Lock()
        self._stop = Event()
        self._thread: Thread | None = None

    def create(self) -> None:
        """Creates the tables that are missing; those of another shape are emptied, to be filled from the log again."""
        create(self._database, self._models)

    def catch_up(self, until: int | None = None, progress: Progress | None = None) -> int:
        """Applies what the log holds, up to a position or all of it; the position reached."""
        with self._one_at_a_time:
            head = self._log.head() if progress else None

            def tell(position: int) -> None:
                if progress:
                    progress(position, head)

            position, is_behind = self._reached(), True
            tell(position)
            while is_behind and not self._stop.is_set():
                with uncollected():
                    position, is_behind = self._apply(position, until, tell)
                tell(position)
        return position

    def _reached(self) -> int:
        with self._database.transaction() as execute:
            return reached_by(execute).position

    def _apply(self, position: int, until: int | None, tell: Callable[[int], None]) -> tuple[int, bool]:
        """One transaction of up to a batch: the position that is reached with it, and whether the log may hold more."""
        left = self._batch
        if not (facts := self._read(position, until, left)):
            return position, False
        results: Results = [[] for _ in self._models]
        with self._database.transaction() as execute:
            while facts:
                is_full = len(facts) == min(PART, left)
                end = Reached(facts[-1].position, to_micros(facts[-1].recorded_at))
                if not advance(execute, position, end):  # somebody else did; after the first part the row is ours
                    return reached_by(execute).position, True
                self._follow(execute, facts, position, results)
                position, left, facts = end.position, left - len(facts), []  # gone before others are read
                if is_full and not self._stop.is_set() and (facts := self._read(position, until, left)):
                    tell(position)
            for projection, some in zip(self._models, results, strict=True):
                projection.settle(execute, some)
        return position, is_full

    def _read(self, position: int, until: int | None, left: int) -> list[Fact]:
        """The next part of what is left of a batch."""
        read = self._log.read(position, min(PART, left)) if left else []
        return [fact for fact in read if until is None or fact.position <= until]

    def _follow(self, execute: Execute, facts: list[Fact], old: int, results: Results) -> None:
        changed = list(changes(facts, self._before(facts, old)))
        for projection, some in zip(self._models, results, strict=True):
            some.append(projection.apply(execute, changed))

    def _before(self, facts: list[Fact], old: int) -> dict[UUID, list[Fact]]:
        """The earlier facts of the actions that are not new in this batch."""
        older = {fact.action for fact in facts} - {fact.action for fact in facts if fact.version == 1}
        found = self._log.facts_of(older) if older else {}  # most batches of one fact have a new action
        return {action: [fact for fact in earlier if fact.position <= old] for action, earlier in found.items()}

    def start(self) -> None:
        """Follows the log in a thread until `stop`."""
        self._thread = Thread(target=self.run, name="projector", daemon=True)
        self._thread.start()

    def run(self) -> None:
        """Follows the log until `stop`; a fault is logged and tried again, since the log itself is never at risk."""
        while not self._stop.is_set():
            try:
                self.catch_up()
                self._log.wait(self._poll, self._stop)
            except Exception:
                if self._stop.is_set():
                    return
                logger.exception("projecting failed; trying again")
                self._stop.wait(self._poll)

    def stop(self) -> None:
        """Ends the loop after the part at hand, with what is applied by then."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=self._poll + 60)

"""The log: every fact ever recorded, in order, appended to under one lock."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

from domain.events import Fact
from service.store import queries
from service.store.appending import TICK, Appending
from service.store.codec import decode_notification
from service.store.recorder import Recorder

TABLES = (
    "CREATE TABLE IF NOT EXISTS source_refs (source_ref TEXT PRIMARY KEY, action TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS idempotency_keys (key TEXT PRIMARY KEY, position BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS api_keys (name TEXT PRIMARY KEY, scope TEXT NOT NULL, hash TEXT NOT NULL UNIQUE,"
    " created_at TEXT NOT NULL, revoked_at TEXT)",
)
"""The first two are written with the facts, and could be made again from the log; `api_keys` is the operators'."""


_LAST = (1 << 63) - 1
"""No position is greater."""


class Log:
    """Reads the log and opens transactions that append to it."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self.wait, self.close = recorder.wait, recorder.close
        self.operating, self.looking = recorder.appending, recorder.reading
        """Transactions on the operators' tables beside the log: one that writes, one that only reads."""

    def migrate(self) -> None:
        """Creates the tables that are missing."""
        self._recorder.migrate(TABLES)

    def head(self) -> int:
        """The last position; 0 where nothing was ever recorded."""
        return self._recorder.max_notification_id()

    def read(self, after: int, limit: int) -> list[Fact]:
        """Up to `limit` facts with a position greater than `after`, in order of positions."""
        found = self._recorder.select_notifications(after, limit, inclusive_of_start=False)
        return [decode_notification(notification) for notification in found]

    def facts_of(self, actions: Collection[UUID]) -> dict[UUID, list[Fact]]:
        """The facts of each action in order of versions; an empty list where there is no such action."""
        with self._recorder.reading() as execute:
            return queries.facts_of(execute, self._recorder.position_column, actions)

    def by_action(self) -> Iterator[list[Fact]]:
        """The facts of one action after the other, in order of ids; bounded memory."""
        after = ""
        while True:
            with self._recorder.reading() as execute:
                ids = queries.some_actions(execute, after)
            if not ids:
                return
            yield from self.facts_of([UUID(one) for one in ids]).values()
            after = ids[-1]

    def action_of(self, source_ref: str) -> UUID | None:
        """The action that was reported under this source_ref."""
        with self._recorder.reading() as execute:
            return queries.actions_of(execute, [source_ref]).get(source_ref)

    def newest_at(self, position: int) -> Fact | None:
        """The newest fact at or before a position."""
        with self._recorder.reading() as execute:
            return queries.newest_at(execute, self._recorder.position_column, position)

    def position_at(self, instant: datetime) -> int:
        """The last position recorded at or before an instant; 0 where there is none."""
        head = self.head()
        with self._recorder.reading() as execute:
            return queries.position_at(execute, self._recorder.position_column, head, instant)

    def recorded_at(self, position: int) -> datetime | None:
        """When the last fact up to a position was recorded; None where there is none."""
        with self._recorder.reading() as execute:
            found = queries.recorded_at(execute, self._recorder.position_column, position)
        return found[1] if found else None

    @contextmanager
    def appending(self, clock: datetime) -> Iterator[Appending]:
        """A transaction under the append lock: all that is recorded in it is kept together, or nothing.

        `clock` is the server's; the recorded time is always later than that of the newest fact before it.
        """
        with self._recorder.appending() as execute:
            newest = queries.newest_at(execute, self._recorder.position_column, _LAST)
            now = max(clock.astimezone(UTC), newest.recorded_at + TICK) if newest else clock.astimezone(UTC)
            appending = Appending(self._recorder, execute, now, newest.position if newest else 0)
            yield appending
            appending.flush()

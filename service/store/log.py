"""The log: every fact ever recorded, in order, appended to under one lock."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event
from typing import Any, Protocol
from uuid import UUID

from domain.decisions import Draft
from domain.events import Fact, Reported
from projections.database import AT_ONCE, Execute, chunks, placeholders
from service.store.codec import decode_notification, decode_row, encode

TABLES = (
    "CREATE TABLE IF NOT EXISTS source_refs (source_ref TEXT PRIMARY KEY, action TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS idempotency_keys (key TEXT PRIMARY KEY, position BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS api_keys (name TEXT PRIMARY KEY, scope TEXT NOT NULL, hash TEXT NOT NULL UNIQUE,"
    " created_at TEXT NOT NULL, revoked_at TEXT)",
)
"""Written in the transaction that records the facts; all but the keys can be made again from the log."""


_LAST = (1 << 63) - 1
"""No position is greater."""


class Recorder(Protocol):
    """What both databases give: the library's application recorder, with the append lock held over a transaction."""

    position_column: str

    def migrate(self, statements: Sequence[str]) -> None: ...
    def appending(self) -> AbstractContextManager[Any]: ...
    def reading(self) -> AbstractContextManager[Any]: ...
    def insert(self, execute: Any, events: Sequence[Any]) -> Sequence[int]: ...
    def select_notifications(self, start: int | None, limit: int, /, *, inclusive_of_start: bool = True) -> Any: ...
    def max_notification_id(self) -> int: ...
    def wait(self, seconds: float, stop: Event) -> None: ...
    def close(self) -> None: ...


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
            return self._facts_of(execute, actions)

    def by_action(self) -> Iterator[list[Fact]]:
        """The facts of one action after the other, in order of ids; bounded memory."""
        sql = (
            "SELECT DISTINCT originator_id FROM stored_events WHERE originator_id > :after"
            f" ORDER BY originator_id LIMIT {AT_ONCE}"
        )
        after = ""
        while True:
            with self._recorder.reading() as execute:
                ids = [row[0] for row in execute.rows(sql, {"after": after})]
            if not ids:
                return
            yield from self.facts_of([UUID(one) for one in ids]).values()
            after = ids[-1]

    def action_of(self, source_ref: str) -> UUID | None:
        """The action that was reported under this source_ref."""
        with self._recorder.reading() as execute:
            return actions_of(execute, [source_ref]).get(source_ref)

    def newest_at(self, position: int) -> Fact | None:
        """The newest fact at or before a position."""
        with self._recorder.reading() as execute:
            return self._newest_at(execute, position)

    def _newest_at(self, execute: Execute, position: int) -> Fact | None:
        rows = execute.rows(self._select("<= :position ORDER BY {0} DESC LIMIT 1"), {"position": position})
        return decode_row(rows[0]) if rows else None

    def position_at(self, instant: datetime) -> int:
        """The last position recorded at or before an instant; 0 where there is none.

        Recorded times never go back along the log, so it is found by halving.
        """
        low, high = 0, self.head()
        while low < high:
            middle = (low + high + 1) // 2
            fact = self.newest_at(middle)
            if fact is None or fact.recorded_at <= instant:
                low = middle
            else:
                high = fact.position - 1
        found = self.newest_at(low)
        return found.position if found else 0  # positions have gaps, and halving may end in one

    def _select(self, condition: str) -> str:
        column = self._recorder.position_column
        columns = f"SELECT {column}, originator_id, originator_version, topic, state FROM stored_events WHERE {column} "
        return columns + condition.format(column)

    def _facts_of(self, execute: Execute, actions: Collection[UUID]) -> dict[UUID, list[Fact]]:
        facts: dict[UUID, list[Fact]] = {action: [] for action in actions}
        for some in chunks([str(action) for action in facts], AT_ONCE):
            names, params = placeholders(some)
            for row in execute.rows(self._select(f"> 0 AND originator_id IN ({names}) ORDER BY {{0}}"), params):
                fact = decode_row(row)
                facts[fact.action].append(fact)
        return facts

    @contextmanager
    def appending(self, clock: datetime) -> Iterator["Appending"]:
        """A transaction under the append lock: all that is recorded in it is kept together, or nothing.

        `clock` is the server's; the recorded time is never earlier than that of the newest fact.
        """
        with self._recorder.appending() as execute:
            newest = self._newest_at(execute, _LAST)
            now = max(clock.astimezone(UTC), newest.recorded_at) if newest else clock.astimezone(UTC)
            appending = Appending(self, execute, now, newest.position if newest else 0)
            yield appending
            appending.flush(self._recorder)


class Appending:
    """Facts on their way into the log. What was recorded here is seen by `facts_of` and `action_of` at once."""

    def __init__(self, log: Log, execute: Execute, now: datetime, head: int) -> None:
        self.now = now
        self.execute = execute
        self.placed: dict[tuple[UUID, int], int] = {}
        """(action, version) -> position of what was recorded here; filled when the transaction ends."""
        self._log = log
        self._head = head
        self._known: dict[UUID, list[Fact]] = {}
        self._refs: dict[str, UUID | None] = {}
        self._new: list[Fact] = []

    @property
    def count(self) -> int:
        """How many facts were recorded here."""
        return len(self._new)

    def load(self, actions: Iterable[UUID], source_refs: Iterable[str] = ()) -> None:
        """Reads at once what is going to be asked for: the actions under these source_refs, the facts of all."""
        if refs := [ref for ref in source_refs if ref not in self._refs]:
            self._refs |= {**dict.fromkeys(refs), **actions_of(self.execute, refs)}
        if missing := {action for action in actions if action not in self._known}:
            self._known |= self._log._facts_of(self.execute, missing)

    def newest_at(self, position: int) -> Fact | None:
        """The newest fact at or before a position, of those recorded before."""
        return self._log._newest_at(self.execute, position)

    def facts_of(self, action: UUID) -> Sequence[Fact]:
        """The facts of one action so far, those recorded here included."""
        self.load([action])
        return self._known[action]

    def action_of(self, source_ref: str) -> UUID | None:
        """The action reported under a source_ref, here or before."""
        self.load([], [source_ref])
        return self._refs.get(source_ref)

    def record(self, drafts: Iterable[Draft]) -> list[Fact]:
        """Gives each draft its version and recorded time; the position is provisional until the transaction ends."""
        return [self._record(draft) for draft in drafts]

    def _record(self, draft: Draft) -> Fact:
        version, position = len(self.facts_of(draft.action)) + 1, self._head + len(self._new) + 1
        fact = Fact(draft.action, version, position, self.now, draft.clock, draft.payload)
        self._known[draft.action].append(fact)
        self._new.append(fact)
        if isinstance(fact.payload, Reported) and fact.payload.source_ref:
            self._refs[fact.payload.source_ref] = fact.action
        return fact

    def annotate(self, metadata: Mapping[str, Any]) -> None:
        """Gives the first fact that was recorded here this metadata; a merge's two facts answer one request."""
        self._new[:1] = [replace(fact, metadata=metadata) for fact in self._new[:1]]

    def flush(self, recorder: Recorder) -> None:
        """Writes the facts and the tables beside them, at the end of the transaction."""
        if not self._new:
            return
        positions = recorder.insert(self.execute, [encode(fact) for fact in self._new])
        self.placed = {
            (fact.action, fact.version): position for fact, position in zip(self._new, positions, strict=True)
        }
        refs = [
            {"ref": fact.payload.source_ref, "action": str(fact.action)}
            for fact in self._new
            if isinstance(fact.payload, Reported) and fact.payload.source_ref
        ]
        self.execute.many("INSERT INTO source_refs (source_ref, action) VALUES (:ref, :action)", refs)
        keys = [
            {"key": fact.metadata["idempotency_key"], "position": self.placed[fact.action, fact.version]}
            for fact in self._new
            if "idempotency_key" in fact.metadata
        ]
        self.execute.many("INSERT INTO idempotency_keys (key, position) VALUES (:key, :position)", keys)


def actions_of(execute: Execute, source_refs: Collection[str]) -> dict[str, UUID]:
    """source_ref -> action, for those that are known."""
    found: dict[str, UUID] = {}
    for some in chunks(list(source_refs), AT_ONCE):
        names, params = placeholders(some)
        rows = execute.rows(f"SELECT source_ref, action FROM source_refs WHERE source_ref IN ({names})", params)
        found |= {row[0]: UUID(row[1]) for row in rows}
    return found

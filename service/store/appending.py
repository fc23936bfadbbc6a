"""A transaction on its way into the log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.decisions import Draft
from domain.events import Fact, Reported
from projections.database import Execute
from service.store import queries
from service.store.codec import encode
from service.store.recorder import Recorder

TICK = timedelta(microseconds=1)


class Appending:
    """Facts on their way into the log. What was recorded here is seen by `facts_of` and `action_of` at once."""

    def __init__(self, recorder: Recorder, execute: Execute, now: datetime, head: int) -> None:
        self.now = now
        self.execute = execute
        self.placed: dict[tuple[UUID, int], int] = {}
        """(action, version) -> position of what was recorded here; filled when the transaction ends."""
        self._recorder = recorder
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
            self._refs |= {**dict.fromkeys(refs), **queries.actions_of(self.execute, refs)}
        if missing := {action for action in actions if action not in self._known}:
            self._known |= queries.facts_of(self.execute, self._recorder.position_column, missing)

    def newest_at(self, position: int) -> Fact | None:
        """The newest fact at or before a position, of those recorded before."""
        return queries.newest_at(self.execute, self._recorder.position_column, position)

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
        if draft.clock == self.now:
            self.now += TICK  # no two facts that rest on the server's clock share one: exported, they are still two
        self._known[draft.action].append(fact)
        self._new.append(fact)
        if isinstance(fact.payload, Reported) and fact.payload.source_ref:
            self._refs[fact.payload.source_ref] = fact.action
        return fact

    def annotate(self, metadata: Mapping[str, Any]) -> None:
        """Gives the first fact that was recorded here this metadata; a merge's two facts answer one request."""
        self._new[:1] = [replace(fact, metadata=metadata) for fact in self._new[:1]]

    def flush(self) -> None:
        """Writes the facts and the tables beside them, at the end of the transaction."""
        if not self._new:
            return
        positions = self._recorder.insert(self.execute, [encode(fact) for fact in self._new])
        self.placed = {
            (fact.action, fact.version): position for fact, position in zip(self._new, positions, strict=True)
        }
        refs = [
            (fact.payload.source_ref, str(fact.action))
            for fact in self._new
            if isinstance(fact.payload, Reported) and fact.payload.source_ref
        ]
        self.execute.many("INSERT INTO source_refs (source_ref, action) VALUES (?, ?)", refs)
        keys = [
            (fact.metadata["idempotency_key"], self.placed[fact.action, fact.version])
            for fact in self._new
            if "idempotency_key" in fact.metadata
        ]
        self.execute.many("INSERT INTO idempotency_keys (key, position) VALUES (?, ?)", keys)

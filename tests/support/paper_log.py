"""A log on paper: what the decisions let through, kept in lists. For tests of the domain alone."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID, uuid5

from pydantic import Field, TypeAdapter

from domain.decisions import decide, repeated
from domain.errors import UnknownAction
from domain.events import Added, Fact, Reported, Stated
from domain.fold import State, fold
from domain.instants import parse_instant

NAMESPACE = UUID("f9c87a86-dd8f-4315-9650-90c2576dee47")
ADDED: TypeAdapter[Added] = TypeAdapter(Annotated[Added, Field(discriminator="type")])
LONG_AFTER = parse_instant("2026-01-01T00:00:00Z")


def id_of(source_ref: str) -> UUID:
    """The id that CONTRACT.md derives from a source_ref."""
    return uuid5(NAMESPACE, source_ref)


def read(line: dict[str, Any]) -> tuple[UUID, Stated]:
    """The action that a line of the native format speaks of, and what it says."""
    if line["type"] == "reported":
        return id_of(line["source_ref"]), Reported.model_validate(line)
    fact = {name: value for name, value in line.items() if name != "source_ref"}
    if "into" in fact:
        fact["into"] = id_of(fact["into"])
    return id_of(line["source_ref"]), ADDED.validate_python(fact)


def day(text: str) -> datetime:
    """An instant; a text without a time means noon UTC, in February 2025 where it is only a number."""
    text = f"2025-02-{text:0>2}" if len(text) <= 2 else text
    return parse_instant(text if "T" in text else f"{text}T12:00:00Z")


def report(published_at: str, publisher: str = "Reuters") -> dict[str, Any]:
    return {"publisher": publisher, "published_at": day(published_at)}


class PaperLog:
    """Positions are two apart; a fact is recorded a second after the one before, from `now` on."""

    def __init__(self, now: datetime = LONG_AFTER) -> None:
        self.now = now
        self.position = 0
        self.facts: dict[UUID, list[Fact]] = defaultdict(list)

    def send(self, line: dict[str, Any]) -> list[Fact]:
        """Records what a line says, with what follows from it; nothing where it was said before."""
        action, payload = read(line)
        if not isinstance(payload, Reported) and not self.facts[action]:
            raise UnknownAction(f"{line['source_ref']} is the source_ref of no action")
        if repeated(payload, self.facts[action]):
            return []
        self.now += timedelta(seconds=1)
        drafts = decide(action, payload, self.facts[action], self.now, lambda other: self.facts[other])
        return [self._write(draft.action, draft.clock, draft.payload) for draft in drafts]

    def _write(self, action: UUID, clock: datetime, payload: Any) -> Fact:
        self.position += 2
        facts = self.facts[action]
        facts.append(Fact(action, len(facts) + 1, self.position, self.now, clock, payload))
        return facts[-1]

    def report(self, name: str, on: str, occurred: str | None = None, **fields: Any) -> list[Fact]:
        """The first report of an action, published on a day."""
        content = {"kind": "visit", "title": "A visit", "occurred": {"edtf": occurred}} | fields
        return self.send({"type": "reported", "source_ref": name, "report": report(on)} | content)

    def add(self, name: str, kind: str, on: str, **fields: Any) -> list[Fact]:
        """A later fact, known since a day."""
        return self.send({"type": kind, "source_ref": name, "reported_at": day(on)} | fields)

    def state_of(self, action: UUID, at: datetime, position: int | None = None) -> State | None:
        return fold(self.facts.get(action, []), at, position)

    def state(self, name: str, on: str, position: int | None = None) -> State | None:
        return self.state_of(id_of(name), day(on), position)

    def shown(self, name: str, on: str, position: int | None = None) -> State:
        """The state, where there must be one."""
        state = self.state(name, on, position)
        assert state
        return state

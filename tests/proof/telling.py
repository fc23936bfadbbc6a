"""A service that is told facts over HTTP, and beside it what its log must hold by all that it was told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
from pydantic import ValidationError

from domain.events import Corrected, Fact, Reported, Stated
from domain.instants import write_instant
from tests.proof.judge import Draft, Verdict, judge
from tests.support.client import Client
from tests.support.paper_log import ADDED, id_of

Line = dict[str, Any]
TICK = timedelta(microseconds=1)
NEVER = UUID(int=0)
"""The id of no action."""


def logged(fact: Fact) -> Line:
    """A row of GET /api/events; of a later fact only what it says."""
    first = isinstance(fact.payload, Reported)
    said = fact.payload.model_dump(mode="json", exclude={"type", "reported_at"}, exclude_none=not first)
    if isinstance(fact.payload, Corrected):
        said["changes"] = fact.payload.changes.model_dump(mode="json", exclude_unset=True)
    clocks = {"recorded_at": write_instant(fact.recorded_at), "reported_at": write_instant(fact.clock)}
    place = {"position": fact.position, "id": str(fact.action), "version": fact.version}
    return {**place, "type": fact.payload.type, **clocks, **said}


class Told:
    """What was recorded so far: the facts, each as it was stated, with the place that the log gave it."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.facts: list[Fact] = []
        self.held: defaultdict[UUID, list[Fact]] = defaultdict(list)
        self.keyed: list[tuple[str, Line, str, bytes]] = []
        """Requests that had an Idempotency-Key and recorded something: path, body, key, answer."""

    @property
    def head(self) -> int:
        return self.facts[-1].position if self.facts else 0

    def now(self) -> datetime:
        """What the next fact is recorded at: the server's clock, but later than the fact before."""
        clock = self.client.clock.now
        return max(clock, self.facts[-1].recorded_at + TICK) if self.facts else clock

    def action_of(self, name: Any) -> UUID | None:
        """The action that an id or a source_ref names; an id need not be that of any."""
        named = [action for action, facts in self.held.items() if facts and facts[0].payload.source_ref == name]
        try:
            return named[0] if named else UUID(name)
        except ValueError:
            return None

    def read(self, line: Line) -> tuple[UUID | None, Stated | None]:
        """The action that a line names, None for a new one without a name, and what it says, None where that is ill."""
        body = {name: value for name, value in line.items() if name != "id"}
        if line["type"] == "reported":
            ref = line.get("source_ref")
            action = self.action_of(ref) if ref and self.action_of(ref) else UUID(line["id"]) if "id" in line else None
            return action or (id_of(ref) if ref else None), _payload(Reported.model_validate, body)
        del body["source_ref"]
        if "into" in body:
            body["into"] = self.action_of(body["into"])
        return self.action_of(line["source_ref"]), _payload(ADDED.validate_python, body)

    def post(self, line: Line, version: int | None = None, key: str | None = None) -> None:
        """Sends one fact; the answer and the log must be what they must."""
        action, payload = self.read(line)
        path, body = "/api/actions", line
        if line["type"] != "reported":
            path = f"/api/actions/{action or NEVER}/events"
            body = {name: value for name, value in line.items() if name != "source_ref"}
        headers = {"if_match": f'"{version}"' if version else "", "idempotency_key": key or ""}
        answer = self.client.post(path, body, **{name: value for name, value in headers.items() if value})
        if action is None:
            action = UUID(answer.json()["id"]) if answer.status_code == 201 else uuid4()
        verdict = judge(action, payload, self.held, self.now(), version) if payload else Verdict(422)
        assert answer.status_code == verdict.status, (answer.status_code, verdict, line, answer.text)
        [first, *_] = [*self.record(verdict.drafts, self.grown()), verdict.known]
        if first:
            place = {"id": str(first.action), "version": first.version, "position": first.position}
            assert answer.json().items() >= place.items()
        if key and verdict.status == 201:
            self.keyed.append((path, body, key, answer.content))

    def load(self, lines: list[Line], dry_run: bool) -> None:
        """Imports lines in one transaction: what can be recorded is, the others are named."""
        body = b"\n".join(map(orjson.dumps, lines))
        summary = self.client.post(f"/api/imports?dry_run={str(dry_run).lower()}", body).json()
        imagined = Told(self.client)
        imagined.facts, imagined.held = [*self.facts], defaultdict(list, {id: [*own] for id, own in self.held.items()})
        rows = None if dry_run else self.grown()
        assert summary.items() >= {"read": len(lines), **imagined.take(lines, rows)}.items()
        assert [row["line"] for row in summary["rejected"]] == imagined.rejected
        assert rows is None or len(rows) == len(imagined.facts) - len(self.facts)
        if not dry_run:
            self.facts, self.held = imagined.facts, imagined.held

    def take(self, lines: Iterable[Line], rows: list[Line] | None) -> dict[str, int]:
        """Takes down what the lines say one after the other; how many facts are new, and how many lines are not."""
        now, rest, unchanged = self.now(), iter(rows or ()), 0
        self.rejected: list[int] = []
        before = len(self.facts)
        for number, line in enumerate(lines, 1):
            action, payload = self.read(line)
            verdict = judge(action or uuid4(), payload, self.held, now) if payload else Verdict(422)
            found = self.record(verdict.drafts, None if rows is None else _next(rest, verdict.drafts), now)
            now = max([now, *(fact.recorded_at + TICK * (fact.clock == fact.recorded_at) for fact in found)])
            unchanged += verdict.status == 200
            if verdict.status >= 400:
                self.rejected.append(number)
        return {"recorded": len(self.facts) - before, "unchanged": unchanged}

    def grown(self) -> list[Line]:
        """What is new in the log, read over HTTP."""
        rows: list[Line] = self.client.fetch(f"/api/events?after={self.head}&limit=500").json()["results"]
        return rows

    def record(self, drafts: Iterable[Draft], rows: list[Line] | None, now: datetime | None = None) -> list[Fact]:
        """Takes down what must be recorded next; `rows` is what the log has there, None where it has nothing yet."""
        found, drafts = [], list(drafts)
        assert rows is None or len(rows) == len(drafts), (rows, drafts)
        now = now or self.now()
        for place, draft in enumerate(drafts):
            own = self.held[draft.action]
            position = rows[place]["position"] if rows else self.head + 1
            fact = Fact(draft.action, len(own) + 1, position, now, min(draft.clock, now), draft.payload)
            assert position > self.head
            assert not rows or rows[place] == logged(fact), (rows[place], logged(fact))
            found.append(fact)
            own.append(fact)
            self.facts.append(fact)
            now += TICK * (draft.clock == now)
        return found


def _payload(read: Any, body: Line) -> Stated | None:
    try:
        stated: Stated = read(body)
    except ValidationError:
        return None
    return stated


def _next(rows: Iterator[Line], drafts: Iterable[Draft]) -> list[Line]:
    return [row for _, row in zip(drafts, rows, strict=False)]

"""The write side: statements are decided on under the append lock, and are in the log before they are answered."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from domain.decisions import decide, expect_version, repeated
from domain.errors import Refused, SourceRefTaken, UnknownAction, UnknownSourceRef
from domain.events import Fact
from projections.database import chunks
from service.statements import FieldError, InvalidBody, Statement, id_of, read_payload
from service.store.appending import Appending
from service.store.log import Log

AT_ONCE = 2_500
"""Statements that are looked up, or facts that are written out, at once; bounds memory."""


class KeyReused(Refused):
    """The Idempotency-Key came before with another path or body."""


class _DryRun(Exception):
    """Ends a transaction without recording anything."""


@dataclass(frozen=True, slots=True)
class Repeatable:
    """How a client recognises its own request: the key it chose, and a hash of path and body."""

    key: str | None = None
    fingerprint: str = ""


ANONYMOUS = Repeatable()


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a fact stands; `recorded` is False where the log held the same one already."""

    id: UUID
    version: int
    position: int
    recorded: bool


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line of an import that was not recorded, and why."""

    line: int
    field: str
    reason: str


@dataclass(slots=True)
class Summary:
    """What an import did: lines read, facts recorded, facts known already, and all that is wrong with lines."""

    read: int = 0
    recorded: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    def add(self, other: "Summary") -> None:
        self.read += other.read
        self.recorded += other.recorded
        self.unchanged += other.unchanged
        self.rejected += other.rejected


Entry = tuple[int, Statement | InvalidBody]
"""A line's number, from 1, and what it says or why it cannot be read."""


class Ledger:
    """Records facts. `clock` is the server's; `recorded` is called after each transaction that added to the log."""

    def __init__(self, log: Log, clock: Callable[[], datetime], recorded: Callable[[], None]) -> None:
        self.log, self._clock, self._recorded = log, clock, recorded

    def submit(self, statement: Statement, request: Repeatable = ANONYMOUS, version: int | None = None) -> Answer:
        """Records one fact, or answers as the first time. `version` is the one the client expects, if it says so.

        Raises a subclass of Refused, and then nothing is recorded.
        """
        with self.log.appending(self._clock()) as appending:
            if first := _answered(appending, request):
                return Answer(UUID(first["id"]), first["version"], first["position"], recorded=True)
            fact = _decide(statement, appending, version)
            appending.annotate(_metadata(request))
        if (placed := appending.placed.get((fact.action, fact.version))) is None:
            return Answer(fact.action, fact.version, fact.position, recorded=False)
        self._recorded()
        return Answer(fact.action, fact.version, placed, recorded=True)

    def load(
        self, entries: Iterable[Entry], dry_run: bool = False, request: Repeatable = ANONYMOUS, strict: bool = False
    ) -> Summary:
        """Records many facts in one transaction: those that can be, the others are listed with line, field and reason.

        Nothing is recorded by a `dry_run`, and by a `strict` one if any line is rejected.
        """
        summary = Summary()
        try:
            with self.log.appending(self._clock()) as appending:
                if first := _answered(appending, request):
                    rejected = [Rejected(**row) for row in first.pop("rejected")]
                    return Summary(**first, rejected=rejected)
                _load_chunks(list(entries), appending, summary)
                if dry_run or (strict and summary.rejected):
                    raise _DryRun
                if request.key:
                    appending.annotate({**_metadata(request), "answer": asdict(summary)})
        except _DryRun:
            return summary
        self._recorded()
        return summary


def _load_chunks(entries: Sequence[Entry], appending: Appending, summary: Summary) -> None:
    for some in chunks(entries, AT_ONCE):
        _load_refs([entry for _, entry in some if isinstance(entry, Statement)], appending)
        summary.read += len({line for line, _ in some})
        for line, entry in some:
            _load_one(line, entry, appending, summary)


def _load_refs(statements: Sequence[Statement], appending: Appending) -> None:
    refs = {ref for statement in statements for ref in (statement.source_ref, statement.into) if ref}
    appending.load([], refs)
    named = [statement.action or appending.action_of(statement.source_ref or "") for statement in statements]
    fresh = [id_of(statement.source_ref) for statement in statements if statement.source_ref]
    appending.load({action for action in [*named, *fresh] if action})


def _load_one(line: int, entry: Statement | InvalidBody, appending: Appending, summary: Summary) -> None:
    before = appending.count
    try:
        if isinstance(entry, InvalidBody):
            raise entry
        _decide(entry, appending, None)
    except InvalidBody as error:
        summary.rejected += [Rejected(line, _path(found.loc), found.msg) for found in error.errors]
    except Refused as error:
        summary.rejected.append(Rejected(line, _path(error.loc), str(error)))
    else:
        summary.recorded += appending.count - before
        summary.unchanged += appending.count == before


def _path(loc: Sequence[str | int]) -> str:
    return ".".join(map(str, loc))


def _decide(statement: Statement, appending: Appending, version: int | None) -> Fact:
    """The fact that was recorded, or the one that already says the same."""
    action = _action(statement, appending)
    body = statement.body
    if statement.into:
        survivor = appending.action_of(statement.into)
        if survivor is None:
            raise InvalidBody(FieldError(("into",), f"{statement.into!r} is the source_ref of no action"))
        body = {**body, "into": survivor}
    payload = read_payload(body)
    facts = appending.facts_of(action)
    if not facts and not statement.is_first:
        raise UnknownAction(f"no action has the id {action}")
    if known := repeated(payload, facts):
        return known
    if version is not None:
        expect_version(facts, version)
    return appending.record(decide(action, payload, facts, appending.now, appending.facts_of))[0]


def _action(statement: Statement, appending: Appending) -> UUID:
    """The action that is meant. A new one without id gets one derived from its source_ref, else a random one."""
    ref = statement.source_ref
    known = appending.action_of(ref) if ref else None
    if statement.is_first:
        if known and statement.action and statement.action != known:
            raise SourceRefTaken(f"{ref!r} is the source_ref of another action, {known}")
        return known or statement.action or (id_of(ref) if ref else uuid4())
    if ref and statement.action and known != statement.action:
        raise InvalidBody(FieldError(("source_ref",), f"{ref!r} is not the source_ref of {statement.action}"))
    if found := statement.action or known:
        return found
    raise UnknownSourceRef(f"no action has the source_ref {ref!r}")


def _metadata(request: Repeatable) -> dict[str, Any]:
    return {"idempotency_key": request.key, "request": request.fingerprint} if request.key else {}


def _answered(appending: Appending, request: Repeatable) -> dict[str, Any] | None:
    """The first answer to a repeated request. Raises KeyReused where the key came with another one."""
    if request.key is None:
        return None
    sql = "SELECT position FROM idempotency_keys WHERE key = :key"
    rows = appending.execute.rows(sql, {"key": request.key})
    fact = appending.newest_at(rows[0][0]) if rows else None
    if fact is None:
        return None
    if fact.metadata["request"] != request.fingerprint:
        raise KeyReused(f"the Idempotency-Key {request.key!r} came before with another path or body")
    given = {"id": str(fact.action), "version": fact.version, "position": fact.position}
    return dict(fact.metadata.get("answer", given))

"""An open instance in this process, on either database, and facts to record in it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import orjson

from projections.database import Row
from projections.readmodel import Projection, tables_of
from service.instance import Instance, server_clock
from service.interchange import native
from service.ledger import Answer, Repeatable, Summary
from service.settings import Settings
from service.statements import Statement, read_statement


@contextmanager
def opened(database: str, clock: Callable[[], datetime] = server_clock, **settings: Any) -> Iterator[Instance]:
    """An instance with its tables made; `instance.run` reads from it."""
    with asyncio.Runner() as runner:
        instance = Instance(Settings(database=database, **settings), clock)
        instance.run = runner.run
        try:
            instance.migrate()
            yield instance
        finally:
            runner.run(instance.close())


def report(on: str = "2025-02-17", publisher: str = "Reuters") -> dict[str, Any]:
    return {"publisher": publisher, "published_at": f"{on}T12:00:00Z"}


def first(name: str, on: str = "2025-02-17", **fields: Any) -> dict[str, Any]:
    """The first report of an action, in the native format: a visit on the day after it was published."""
    content = {"kind": "visit", "title": f"Visit {name}", "occurred": {"edtf": "2025-02-18", "basis": "stated"}}
    return {"type": "reported", "source_ref": name, **content, "report": report(on), **fields}


def later(name: str, kind: str, on: str | None = "2025-02-20", **fields: Any) -> dict[str, Any]:
    """A later fact of an action, known since a day; without one it is always new."""
    return {"type": kind, "source_ref": name, **({"reported_at": f"{on}T12:00:00Z"} if on else {}), **fields}


def lines(*facts: dict[str, Any]) -> bytes:
    """The facts as a file in the native format."""
    return b"".join(orjson.dumps(fact) + b"\n" for fact in facts)


def load(instance: Instance, *facts: dict[str, Any], **options: Any) -> Summary:
    """Records all that can be, in one transaction."""
    return instance.ledger.load(native.read(lines(*facts).splitlines()), **options)


def submit(
    instance: Instance, fact: dict[str, Any], key: str | None = None, body: str = "", version: int | None = None
) -> Answer:
    """Records one fact; `key` and `body`: how the client would recognise its own request."""
    statement: Statement = read_statement(fact)
    return instance.ledger.submit(statement, Repeatable(key, body), version)


def busy_log() -> list[dict[str, Any]]:
    """Facts of every type on few actions: late reports, corrections that contradict, merges and their end."""
    names = [f"busy:{number}" for number in range(6)]
    facts = [first(name, on="2025-02-1" + name[-1], summary=f"Of {name}") for name in names]
    facts += [later(name, "corroborated", on=None, report=report("2025-02-03", "AFP")) for name in names[:3]]
    for name in names:
        facts.append(later(name, "corrected", on="2025-02-21", changes={"title": "A visit", "topics": ["trade"]}))
        facts.append(later(name, "corrected", on="2025-02-19", changes={"summary": None, "subjects": ["UKR"]}))
    facts += [later(names[0], "cancelled", reason="illness"), later(names[0], "reinstated", on="2025-02-22")]
    facts += [later(names[1], "postponed"), later(names[1], "rescheduled", "2025-03-01", occurred={"edtf": "2025-04"})]
    facts += [later(names[2], "merged", into=names[3]), later(names[2], "reinstated", on="2025-02-25")]
    facts += [later(names[4], "retracted", reason="never was"), later(names[5], "confirmed")]
    return facts


def everything(instance: Instance, projection: Projection) -> dict[str, list[Row]]:
    """Every row of every table of a read model, closed ones too."""
    with instance.database.transaction() as execute:
        return {
            table: sorted((tuple(row) for row in execute.rows(f"SELECT * FROM {table}")), key=repr)
            for table in tables_of(projection)
        }

"""The native format: NDJSON, one fact a line; what is written out makes the same log when it is read in."""

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from domain.events import Absorbed, Corrected, Fact, Payload, Released
from domain.instants import write_instant
from service.ledger import Entry
from service.statements import FieldError, InvalidBody, Statement, read_statement

DEEPEST = 32
"""Arrays and objects within one another; a fact has four."""


def read(lines: Iterable[bytes]) -> Iterator[Entry]:
    """Each line that is not blank with its number, as a statement or as what is wrong with it."""
    for number, line in enumerate(lines, 1):
        line = line.removeprefix(BOM_UTF8) if number == 1 else line
        if line.strip():
            yield number, _read(line)


def _read(line: bytes) -> Statement | InvalidBody:
    try:
        return read_statement(parse_json(line))
    except InvalidBody as error:
        return error


def parse_json(text: bytes) -> Any:
    """JSON in UTF-8. Raises InvalidBody where it is not, or too deep."""
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise InvalidBody(FieldError((), f"is not JSON in UTF-8: {error}")) from None
    if text.count(b"[") + text.count(b"{") > DEEPEST and _is_too_deep(found):
        raise InvalidBody(FieldError((), f"has more than {DEEPEST} arrays and objects within one another"))
    return found


def _is_too_deep(value: Any) -> bool:
    """Level by level: Python ends what calls itself a thousand times, as naming such a value in a message would."""
    level = [value]
    for _ in range(DEEPEST):
        inner = (one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list))
        level = [value for values in inner for value in values]
    return any(isinstance(one, dict | list) for one in level)


def write(facts: Iterable[Fact]) -> Iterator[bytes]:
    """A line for each fact in order of positions; what the server itself made of a merge is made again by importing."""
    for fact in facts:
        if not isinstance(fact.payload, Absorbed | Released):
            yield orjson.dumps(line(fact)) + b"\n"


def line(fact: Fact) -> dict[str, Any]:
    """A fact with the id of its action, and its clock as `reported_at`."""
    return {
        "type": fact.payload.type,
        "id": str(fact.action),
        **fields(fact.payload),
        "reported_at": write_instant(fact.clock),
    }


def fields(payload: Payload) -> dict[str, Any]:
    """What a payload says: of a first report every field, of a later fact those that it has."""
    first = payload.type == "reported"
    content = payload.model_dump(mode="json", exclude={"type", "reported_at"}, exclude_none=not first)
    if isinstance(payload, Corrected):
        content["changes"] = payload.changes.model_dump(mode="json", exclude_unset=True)
    return content

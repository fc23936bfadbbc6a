"""Reading a query by the parameters that a route knows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.datastructures import QueryParams

from domain.instants import write_instant
from domain.naming import shown
from service.api.values import one_of
from service.problems import Problem
from service.statements import FieldError

LONGEST = 500
MOST = 100
"""Values of one parameter; a database takes only so many conditions in one statement."""
INTEGER = {"type": "integer"}
DAY = {"type": "string", "format": "date"}
BOOLEAN = {"type": "boolean"}
"""What OpenAPI calls values that are no mere texts."""


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: `read` turns its text into a value or raises ValueError saying what would be right."""

    name: str
    read: Callable[[str], Any]
    about: str
    example: str
    many: bool = False
    schema: dict[str, Any] | None = None

    def openapi(self) -> dict[str, Any]:
        """The parameter as OpenAPI describes it."""
        one = self.schema or {"type": "string"}
        schema = {"type": "array", "items": one} if self.many else one
        example = [self.example] if self.many else self.example
        return {
            "name": self.name,
            "in": "query",
            "required": False,
            "description": self.about,
            "schema": schema,
            "example": example,
        }


def vocabulary(name: str, values: Sequence[str], about: str, many: bool = True) -> Param:
    """A parameter that takes values of a closed list."""
    return Param(name, one_of(*values), about, values[0], many, {"type": "string", "enum": list(values)})


def parse(given: QueryParams, known: Sequence[Param]) -> dict[str, Any]:
    """Name -> value, or tuple of values. Raises Problem for what is unknown, repeated or not understood."""
    by_name = {param.name: param for param in known}
    wrong, found = [], {}
    for name in dict.fromkeys(given):
        try:
            found[name] = _read(by_name, name, given.getlist(name))
        except ValueError as error:
            wrong.append(FieldError((name,), str(error)))
    if wrong:
        raise bad_query(*wrong)
    return found


def _read(known: dict[str, Param], name: str, values: list[str]) -> Any:
    if name not in known:
        raise ValueError(f"is not a parameter here; known are {', '.join(sorted(known)) or 'none'}")
    param = known[name]
    if not param.many and len(values) > 1:
        raise ValueError(f"is given {len(values)} times; give it once")
    if len(values) > MOST:
        raise ValueError(f"is given {len(values)} times; {MOST} are the most")
    read = [param.read(_possible(value)) for value in values]
    return tuple(dict.fromkeys(read)) if param.many else read[0]


def _possible(value: str) -> str:
    if len(value) > LONGEST:
        raise ValueError(f"{shown(value)} has {len(value)} characters; {LONGEST} are the most")
    if "\0" in value:
        raise ValueError(f"{shown(value)} holds a null character; leave it out")
    return value


def bad_query(*wrong: FieldError) -> Problem:
    """A problem that names each parameter."""
    return Problem("bad-query", "; ".join(f"{error.loc[0]}: {error.msg}" for error in wrong), *wrong)


def in_order(found: Mapping[str, Any], first: str, last: str) -> None:
    """Raises Problem where `last` lies before `first`; nothing is wrong where one of them is not given."""
    if first in found and last in found and found[last] < found[first]:
        told = echo(found)
        raise bad_query(FieldError((last,), f"{told[last]} lies before {first}, {told[first]}"))


def echo(found: Mapping[str, Any]) -> dict[str, Any]:
    """What was understood, as it would be written in a query."""
    return {name: _written(value) for name, value in found.items() if name != "cursor"}


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    return write_instant(value) if isinstance(value, datetime) else value

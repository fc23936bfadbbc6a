"""What is sent to be recorded, before it is decided on: which action is meant, and what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from pydantic import TypeAdapter, ValidationError

from domain.errors import Refused
from domain.events import PAYLOADS, Absorbed, Released, Stated
from domain.text import Line

SOURCE_REFS = UUID("f9c87a86-dd8f-4315-9650-90c2576dee47")
"""The namespace in which an action's id is derived from its source_ref, so that importing twice finds it."""

STATED = tuple(name for name, payload in PAYLOADS.items() if payload not in (Absorbed, Released))
_SOURCE_REF: TypeAdapter[str] = TypeAdapter(Line)
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing that is wrong: the path to it and what would be right."""

    loc: tuple[str | int, ...]
    msg: str


class InvalidBody(Refused):
    """What was sent cannot be read as a fact."""

    def __init__(self, *errors: FieldError) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, error.loc)) or 'body'}: {error.msg}" for error in errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact as it was sent: the action by id or source_ref, and the fields of the payload with its type."""

    action: UUID | None
    source_ref: str | None
    body: Mapping[str, Any]

    @property
    def is_first(self) -> bool:
        return self.body.get("type") == "reported"

    @property
    def into(self) -> str | None:
        """The survivor of a merge where it is named by its source_ref."""
        into = self.body.get("into")
        return into if isinstance(into, str) and self.body.get("type") == "merged" and not is_id(into) else None


def read_statement(line: Any) -> Statement:
    """A fact in the native format. Raises InvalidBody where it does not say which action it speaks of."""
    if not isinstance(line, dict):
        raise InvalidBody(FieldError((), "is not a JSON object"))
    if line.get("type") not in STATED:
        wrong = f"{line['type']!r:.80} is none of" if "type" in line else "is missing: give one of"
        raise InvalidBody(FieldError(("type",), f"{wrong} {', '.join(STATED)}"))
    line = line | {name: _as_kept(name, line[name]) for name in ("source_ref", "into") if line.get(name) is not None}
    action, ref = line.get("id"), line.get("source_ref")
    if action is not None and not is_id(action):
        raise InvalidBody(FieldError(("id",), f"{action!r:.80} is not a UUID"))
    first = line["type"] == "reported"
    if not first and action is None and ref is None:
        raise InvalidBody(FieldError(("id",), "is missing: name the action by id or source_ref"))
    body = {name: value for name, value in line.items() if name != "id" and (first or name != "source_ref")}
    return Statement(UUID(action) if action else None, ref, body)


def _as_kept(name: str, source_ref: Any) -> str:
    """A source_ref as a report keeps it, so that it is looked up by the same text: without blanks around it."""
    try:
        return _SOURCE_REF.validate_python(source_ref)
    except ValidationError as error:
        raise InvalidBody(*(FieldError((name,), found.msg) for found in field_errors(error))) from None


def read_payload(body: Mapping[str, Any]) -> Stated:
    """The payload that a body states. Raises InvalidBody naming every field that is wrong."""
    payload = PAYLOADS[body["type"]]
    assert not issubclass(payload, Absorbed | Released)
    try:
        return payload.model_validate(body)
    except ValidationError as error:
        raise InvalidBody(*field_errors(error)) from None


def field_errors(error: ValidationError) -> list[FieldError]:
    """Pydantic's findings in our words: the path, and a message that names the value; the first hundred of them."""
    return [FieldError(tuple(found["loc"]), _message(found)) for found in error.errors(include_url=False)[:100]]


_SHAPES = {"model_type": "is not a JSON object", "tuple_type": "is not a JSON array"}
"""What pydantic would call by names of Python."""


def _message(found: Mapping[str, Any]) -> str:
    given = found.get("input")
    message: str = found["msg"].removeprefix("Value error, ")
    if found["type"] == "extra_forbidden":
        return "is not a known field"
    if found["type"] == "missing":
        return "is missing"
    message = _SHAPES.get(found["type"], message)
    if isinstance(given, str | int | float | bool) and str(given) not in message and len(str(given)) <= 80:
        return f"{given!r}: {message}"
    return message


def id_of(source_ref: str) -> UUID:
    """The id of an action that was given none."""
    return uuid5(SOURCE_REFS, source_ref)


def is_id(text: Any) -> bool:
    """Whether a text is a UUID in its usual form."""
    try:
        return isinstance(text, str) and str(UUID(text)) == text.lower()
    except ValueError:
        return False

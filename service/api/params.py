"""Query parameters: one table says what each is called, how it is read, and what it means."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from starlette.datastructures import QueryParams

from domain.countries import find
from domain.dates import end_of_day
from domain.events import OUTCOMES, STATUSES
from domain.instants import parse_instant, write_instant
from domain.kinds import KINDS
from domain.organisations import find_organisation
from domain.parties import ROLES
from domain.people import person_key
from domain.search import terms
from projections.filters import Filters
from service.problems import Problem
from service.statements import FieldError

LONGEST = 500
MOST = 100
"""Values of one parameter; a database takes only so many conditions in one statement."""
T = TypeVar("T")


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


def bad_query(*wrong: FieldError) -> Problem:
    """A problem that names each parameter."""
    return Problem("bad-query", "; ".join(f"{error.loc[0]}: {error.msg}" for error in wrong), *wrong)


def _read(known: dict[str, Param], name: str, values: list[str]) -> Any:
    if name not in known:
        raise ValueError(f"is not a parameter here; known are {', '.join(sorted(known)) or 'none'}")
    param = known[name]
    if not param.many and len(values) > 1:
        raise ValueError(f"is given {len(values)} times; give it once")
    if len(values) > MOST:
        raise ValueError(f"is given {len(values)} times; {MOST} are the most")
    if any(len(value) > LONGEST or "\0" in value for value in values):
        raise ValueError(f"is longer than {LONGEST} characters, or holds a null character")
    read = [param.read(value) for value in values]
    return tuple(dict.fromkeys(read)) if param.many else read[0]


def one_of(*allowed: str) -> Callable[[str], str]:
    """A reader of a closed vocabulary."""

    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"{text!r} is none of {', '.join(allowed)}")
        return text

    return read


def whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers between two bounds, inclusive."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(f"{text!r} is not a whole number from {least} to {most}")
        return int(text)

    return read


def some(text: str) -> str:
    """Any text that is not blank."""
    if not text.strip():
        raise ValueError("is empty; leave it out for everything")
    return text.strip()


def words(text: str) -> str:
    """A search that holds a word."""
    if not terms(text):
        raise ValueError(f"{text!r} holds no word to look for")
    return text.strip()


def day(text: str) -> str:
    """A day, as ISO text."""
    try:
        if len(text) != 10:
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is not a day; write it like 2025-02-18") from None


def moment(text: str) -> datetime:
    """An instant; a day means its last microsecond, UTC. A plus sign that came as a blank is understood."""
    if len(text) == 10:
        return end_of_day(date.fromisoformat(day(text)))
    return parse_instant(text.replace(" ", "+") if text[-6:-5] == " " else text)


def country(text: str) -> str:
    """A country by code, name or alias, as alpha-3."""
    return find(text).code


def organisation(text: str) -> str:
    """An organisation by code, name or alias."""
    return find_organisation(text).code


def party(text: str) -> str:
    """A country, an organisation or a person: ``country:GBR``."""
    kind, colon, name = text.partition(":")
    if not colon or kind not in PARTIES or not name.strip():
        raise ValueError(
            f"{text!r} names no party; write it like country:GBR, organisation:NATO or person:keir-starmer"
        )
    return f"{kind}:{PARTIES[kind](name)}"


PARTIES: dict[str, Callable[[str], str]] = {"country": country, "organisation": organisation, "person": person_key}


def boolean(text: str) -> bool:
    """true or false."""
    return one_of("true", "false")(text) == "true"


def vocabulary(name: str, values: Sequence[str], about: str, many: bool = True) -> Param:
    """A parameter that takes values of a closed list."""
    return Param(name, one_of(*values), about, values[0], many, {"type": "string", "enum": list(values)})


_DAY = {"type": "string", "format": "date"}
_INSTANT = {"type": "string"}

FILTERS = (
    Param("country", country, "a participant's country: alpha-3, alpha-2, name or alias", "GBR", many=True),
    vocabulary("role", ROLES, "the role of that same participant"),
    Param("organisation", organisation, "the organisation of that same participant", "NATO", many=True),
    Param("person", some, "that same participant's name, in any recorded spelling", "Keir Starmer", many=True),
    Param("party", party, "who takes part besides; each of them, in whatever role", "country:GBR", many=True),
    vocabulary("kind", list(KINDS), "the kind of action"),
    vocabulary("status", STATUSES, "the status; retracted and merged actions are shown only when asked for here"),
    vocabulary("outcome", OUTCOMES, "what became of what was announced ahead"),
    Param("topic", some, "a topic, as written", "security-guarantees", many=True),
    Param("publisher", some, "who published one of its reports", "seed article", many=True),
    Param("subject", country, "a country that is talked about", "UKR", many=True),
    Param("source_ref", some, "the name its first report gave it", "seed:paris-summit:A5", many=True),
    Param(
        "q",
        words,
        'words, "phrases" and prefix* that all stand in title, summary, quote, persons or place',
        "backstop",
        many=True,
    ),
    Param("from", day, "first day; what overlaps is shown, undated actions are left out", "2025-02-01", schema=_DAY),
    Param("to", day, "last day, inclusive", "2025-03-05", schema=_DAY),
    vocabulary("date_match", ("overlap", "within"), "overlap, or wholly inside", many=False),
    vocabulary("match", ("any", "all"), "all: every country named takes part", many=False),
)
CLOCKS = (
    Param("as_of", moment, "as it was known then: an instant, or a day (its end, UTC)", "2025-02-18", schema=_INSTANT),
    Param("position", whole(0, 2**62), "as this log held it up to this position", "40", schema={"type": "integer"}),
    Param("recorded_by", moment, "as this log held it at this instant", "2026-11-22", schema=_INSTANT),
    Param(
        "v",
        whole(0, 10_000),
        "version of rendering and vocabulary, in pinned addresses",
        "1",
        schema={"type": "integer"},
    ),
)
PAGING = (
    Param("limit", whole(1, 500), "actions on a page, 100 unless told", "100", schema={"type": "integer"}),
    Param("cursor", some, "where the page before ended, from `next`", "WyIyMDI1LTAyLTE3Il0"),
    vocabulary("sort", ("date", "-date"), "oldest or newest first; undated last", many=False),
    Param("count", boolean, "true adds how many there are in all", "true", schema={"type": "boolean"}),
)


def filters(found: Mapping[str, Any]) -> Filters:
    """The filters among the parameters found. Raises Problem where `to` lies before `from`."""
    start, end = found.get("from"), found.get("to")
    if start and end and end < start:
        raise bad_query(FieldError(("to",), f"{end} lies before from, {start}"))
    also = tuple(tuple(text.split(":", 1)) for text in found.get("party", ()))
    names = {param.name for param in FILTERS} - {"from", "to", "party"}
    return Filters(start=start, end=end, also=also, **{name: value for name, value in found.items() if name in names})


def echo(found: Mapping[str, Any]) -> dict[str, Any]:
    """What was understood, as it would be written in a query."""
    return {name: _written(value) for name, value in found.items() if name != "cursor"}


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    return write_instant(value) if isinstance(value, datetime) else value

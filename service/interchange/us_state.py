"""Two lists of the US Department of State, one JSON object a line: visits of foreign leaders to the United States, and
travels abroad of Presidents and Secretaries of State. Each row is one action, a visit of one day or a span.

The public could know of a row since its `recorded_at`. One that was entered beforehand states a plan; where its
`modified_at` lies after the visit's end, the list thereby confirmed it, which is a second fact.

An action is known again by its list, first day, country and persons: ids were renumbered once, so they are not looked
at. The same row in another edition records nothing. A row that has changed there is refused, since its source_ref is
in use: the lists do not say what was wrong before, so a person must decide what to correct.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from pydantic import ValidationError

from domain.countries import Country, find
from domain.instants import write_instant
from service.interchange.native import parse_json
from service.interchange.us_state_refs import source_ref
from service.interchange.us_state_rows import Row, Travel, Visit
from service.interchange.us_state_topics import topics
from service.interchange.us_state_visitors import repaired, visitors
from service.ledger import Entry
from service.statements import FieldError, InvalidBody, Json, Statement, field_errors

R = TypeVar("R", bound=Row)

_WRITTEN_BY_US_STATE = {"Korea": "KOR", "Somoa": "WSM", "United States": "USA"}
"""What this source means by names that at large are ambiguous or misspelt; and the one that every row holds."""

_WITH_ARTICLE = re.compile(
    r"^(United|Netherlands|Philippines|Maldives|Comoros|Seychelles|Kingdom|Dominion|Republic)\b"
    r"|\b(Republic|Islands|Union|Zone|Congo|Federation)$"
)


def read_visits(lines: Iterable[bytes]) -> Iterator[Entry]:
    """Each row with the number of its line: one statement, or two of a plan that was confirmed, or what is wrong."""
    return _read(lines, Visit, _visit)


def read_travels(lines: Iterable[bytes]) -> Iterator[Entry]:
    """Each row with the number of its line, as a statement or as what is wrong with it."""
    return _read(lines, Travel, _travel)


def _read(lines: Iterable[bytes], row: type[R], content: Callable[[R], Json]) -> Iterator[Entry]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            for entry in _entries(line, row, content):
                yield number, entry


def _entries(line: bytes, row: type[R], content: Callable[[R], Json]) -> Sequence[Statement | InvalidBody]:
    try:
        found = row.model_validate(parse_json(line))
        return _statements(found, content(found))
    except ValidationError as error:
        return [InvalidBody(*field_errors(error))]
    except InvalidBody as error:
        return [error]


def _statements(row: Row, content: Json) -> list[Statement]:
    ref = source_ref(row)
    common = {
        "kind": "visit",
        "summary": row.remarks,
        "occurred": {"edtf": row.edtf, "basis": "stated"},
        "topics": topics(row.remarks),
    }
    report = _report(row, row.recorded_at)
    first = Statement(None, ref, {"type": "reported", "source_ref": ref, **common, **content, "report": report})
    if row.confirmed_at is None:
        return [first]
    return [first, Statement(None, ref, {"type": "confirmed", "report": _report(row, row.confirmed_at)})]


def _report(row: Row, published_at: datetime) -> Json:
    return {
        "publisher": "US Department of State, Office of the Historian",
        "title": row.list_title,
        "published_at": write_instant(published_at),
        "language": "en",
        "locator": row.source_file,
    }


def _visit(row: Visit) -> Json:
    home, host = _country(row, "country"), _country(row, "host_country")
    guests = [{**one._asdict(), "country": home.code, "role": "visitor"} for one in visitors(row.visitor)]
    return {
        "title": f"{repaired(row.visitor)} ({home.name}) visits {_in_a_sentence(host)}",
        "place": {"country": host.code},
        "participants": [*guests, {"country": host.code, "role": "host"}],
    }


def _travel(row: Travel) -> Json:
    home, host = _country(row, "from_country"), _country(row, "country")
    where = f" ({row.place})" if row.place else ""
    traveller = {"country": home.code, "person": row.person, "title": row.office, "role": "visitor"}
    return {
        "title": f"{row.office} {row.person} visits {_in_a_sentence(host)}{where}",
        "place": {"name": row.place, "country": host.code},
        "participants": [traveller, {"country": host.code, "role": "host"}],
    }


def _country(row: Row, field: str) -> Country:
    try:
        return find(getattr(row, field), row.start_date, _WRITTEN_BY_US_STATE)
    except ValueError as error:
        raise InvalidBody(FieldError((field,), str(error))) from None


def _in_a_sentence(country: Country) -> str:
    return f"the {country.name}" if _WITH_ARTICLE.search(country.name) else country.name

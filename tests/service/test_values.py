"""Single values of a query: what each reader understands, and what it says of the rest."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.api.query import in_order
from service.api.values import boolean, country, day, moment, one_of, organisation, party, some, whole, words
from service.problems import Problem

LAST = timedelta(days=1) - timedelta(microseconds=1)
UNDERSTOOD: list[tuple[Callable[[str], Any], str, Any]] = [
    (whole(1, 500), "1", 1),
    (whole(1, 500), "0500", 500),
    (boolean, "true", True),
    (boolean, "false", False),
    (some, "  trade ", "trade"),
    (words, ' "back stop" ', '"back stop"'),
    (day, "2024-02-29", "2024-02-29"),
    (moment, "2024-02-29", datetime(2024, 2, 29, tzinfo=UTC) + LAST),
    (moment, "2025-02-18T21:00:00Z", datetime(2025, 2, 18, 21, tzinfo=UTC)),
    (moment, "2025-02-18T21:00:00+02:00", datetime(2025, 2, 18, 19, tzinfo=UTC)),
    (moment, "2025-02-18T21:00:00 02:00", datetime(2025, 2, 18, 19, tzinfo=UTC)),  # a plus that nobody quoted
    (country, "South Korea", "KOR"),
    (organisation, "north atlantic treaty organisation", "NATO"),
    (party, "country:UK", "country:GBR"),
    (party, "organisation:nato", "organisation:NATO"),
    (party, "person:Keir  Starmer", "person:keir-starmer"),
]
REFUSED: list[tuple[Callable[[str], Any], str, str]] = [
    *((whole(1, 500), text, "from 1 to 500") for text in ("0", "501", "-1", "+1", "1.0", "1_0", " 1", "", "²", "٣")),
    *((boolean, text, "is none of true, false") for text in ("True", "1", "yes", "")),
    (one_of("date", "-date"), "title", "'title' is none of date, -date"),
    *((some, text, "is empty") for text in ("", "  ", "\t\n")),
    *((words, text, "holds no word") for text in ("", "...", '""', "*")),
    *((day, text, "is not a day") for text in ("2023-02-29", "20250218", "2025-2-18", "2025-02", "yesterday", "")),
    *((read, "2023-W05-1", "is not a day; write it like") for read in (day, moment)),
    (moment, "2025-13-01", "is not a day"),
    (moment, "2023-W05-1T10:00:00Z", "is not an instant"),
    (moment, "2025-02-18T21:00:00", "has no zone"),
    (moment, "2025-02-18 21:00", "has no zone"),
    (moment, "0001-01-01T00:00:00+14:00", "outside the years"),
    (moment, "now", "is not an instant"),
    (country, "Atlantis", "unknown country 'Atlantis'"),
    (country, "Korea", "ambiguous country 'Korea'"),
    (organisation, "NASA", "unknown organisation 'NASA'"),
    *((party, text, "names no party") for text in ("GBR", "country:", "country: ", "topic:trade", ":GBR", "")),
    (party, "country:Frnace", "did you mean France (FRA)"),
]


@pytest.mark.parametrize(("read", "text", "value"), UNDERSTOOD)
def test_given_a_value_as_people_write_it_then_it_is_understood(read, text, value):
    assert read(text) == value


@pytest.mark.parametrize(("read", "text", "said"), REFUSED)
def test_given_any_other_value_then_the_refusal_says_what_is_wrong(read, text, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        read(text)


@given(st.text(max_size=30))
def test_given_any_text_then_a_reader_gives_a_value_or_refuses_it(text):
    for read in (whole(0, 9), boolean, some, words, day, moment, country, organisation, party):
        try:
            assert read(text) is not None
        except ValueError as error:
            assert str(error)


@pytest.mark.parametrize("found", [{}, {"from": "2025-02-01"}, {"to": "2025-02-01"}, {"from": "2025", "to": "2025"}])
def test_given_bounds_that_do_not_cross_then_nothing_is_wrong(found):
    assert in_order(found, "from", "to") is None


def test_given_bounds_that_cross_then_the_later_one_is_named_as_it_would_be_written():
    found = {"from": moment("2025-03-01"), "to": moment("2025-02-01T12:00:00Z")}
    with pytest.raises(Problem) as refused:
        in_order(found, "from", "to")
    assert str(refused.value) == "to: 2025-02-01T12:00:00Z lies before from, 2025-03-01T23:59:59.999999Z"

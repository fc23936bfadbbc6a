"""Uncertain dates: what is read with which bounds, what is refused with which words, and what an oracle says.

On purpose we differ from the `edtf` package. It takes 2023-02-29, reversed spans, seasons, timestamps, sets of several
days, qualifiers anywhere and years beyond 0001 to 9999, and ends 20XX-02-29 in 2099. It fails on what we read: 2004-0X,
unknown digits in an open span, a set or a month of a span, and a set of a month and a day.
"""

from datetime import UTC, date, datetime
from time import struct_time

import edtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.dates import MAX_LENGTH, Edtf, EdtfText, InvalidDate, day_is_over_at, end_of_day, first_day_not_over, parse

FORMS = [  # text, earliest, latest, is it a span
    ("2025-02-14", "2025-02-14", "2025-02-14", False),
    ("2024-02-29", "2024-02-29", "2024-02-29", False),
    ("2025-02", "2025-02-01", "2025-02-28", False),
    ("2025", "2025-01-01", "2025-12-31", False),
    ("0001", "0001-01-01", "0001-12-31", False),
    ("9999-12-31", "9999-12-31", "9999-12-31", False),
    ("2025-02-14~", "2025-02-14", "2025-02-14", False),
    ("2025-02?", "2025-02-01", "2025-02-28", False),
    ("2025%", "2025-01-01", "2025-12-31", False),
    ("199X", "1990-01-01", "1999-12-31", False),
    ("19XX?", "1900-01-01", "1999-12-31", False),
    ("1XXX", "1000-01-01", "1999-12-31", False),
    ("XXXX", "0001-01-01", "9999-12-31", False),
    ("000X", "0001-01-01", "0009-12-31", False),
    ("2004-XX", "2004-01-01", "2004-12-31", False),
    ("2004-XX-XX", "2004-01-01", "2004-12-31", False),
    ("2004-06-XX", "2004-06-01", "2004-06-30", False),
    ("2023-02-XX", "2023-02-01", "2023-02-28", False),
    ("2024-02-XX", "2024-02-01", "2024-02-29", False),
    ("2004-0X", "2004-01-01", "2004-09-30", False),
    ("2004-1X", "2004-10-01", "2004-12-31", False),
    ("2004-X2", "2004-02-01", "2004-12-31", False),
    ("2004-XX-31", "2004-01-31", "2004-12-31", False),
    ("2023-02-X0", "2023-02-10", "2023-02-20", False),
    ("156X-12-25", "1560-12-25", "1569-12-25", False),
    ("20XX-02-29", "2000-02-29", "2096-02-29", False),
    ("XX00-02-29", "0400-02-29", "9600-02-29", False),
    ("2025-02-14/2025-02-16", "2025-02-14", "2025-02-16", True),
    ("2025-02-14/2025-02-14", "2025-02-14", "2025-02-14", True),
    ("2025-02-14/2025-02", "2025-02-14", "2025-02-28", True),
    ("2025-02/2025-02-14", "2025-02-01", "2025-02-14", True),
    ("199X~/2004-06?", "1990-01-01", "2004-06-30", True),
    ("2025-02-14/..", "2025-02-14", None, True),
    ("../2025-02", None, "2025-02-28", True),
    ("[2025-02-24..2025-03-02]", "2025-02-24", "2025-03-02", False),
    ("[2025-02~..2025-03%]", "2025-02-01", "2025-03-31", False),
    ("[199X..2001-XX]", "1990-01-01", "2001-12-31", False),
    ("[..2025-02-17]", None, "2025-02-17", False),
    ("[2025-02-17..]", "2025-02-17", None, False),
]
REFUSALS = [  # text, words of the message
    ("", "a date is needed"),
    ("  ", "a date is needed"),
    ("2023-02-29", "2023-02-29: February 2023 has 28 days"),
    ("1900-02-29", "February 1900 has 28 days"),
    ("2025-04-31", "April 2025 has 30 days"),
    ("2023-02-3X", "February 2023 has 28 days"),
    ("2025-02-00", "leave out an unknown one"),
    ("20X1-02-29", "none of these months has such a day"),
    ("XXXX-02-30", "none of these months has such a day"),
    ("2025-13", "months run from 01 to 12"),
    ("2025-00-00", "leave out an unknown one"),
    ("2025-21", "write a season as months, [2025-03..2025-05]"),
    ("0000", "years run from 0001 to 9999"),
    ("-0044", "0001 to 9999"),
    ("Y12025", "0001 to 9999"),
    ("20250214", "write a day as 2025-02-14"),
    ("2025-2-4", "write a day as 2025-02-14"),
    ("14.02.2025", "write a day as 2025-02-14"),
    ("2025-W07-5", "write a day as 2025-02-14"),
    ("2025-02-14T10:00:00Z", "a day is enough"),
    ("2025-02-14 10:00", "a day is enough"),
    (" 2025", "no blanks"),
    ("[2025 .. 2026]", "no blanks"),
    ("2025\n", "no blanks"),
    ("\uff12\uff10\uff12\uff15", "only the digits 0-9"),
    ("2025-0\u0663", "only the digits 0-9"),
    ("2025\u201302", "the plain hyphen"),
    ("2025-02\x00", r"'2025-02\x00': "),
    ("\ud800/2025", r"'\ud800': "),
    ("199u", "an unknown digit is a capital X"),
    ("199x", "an unknown digit is a capital X"),
    ("2025/open", "open: an unknown digit is a capital X, an open or unknown side is .."),
    ("2025?~", "at the end of a date"),
    ("?2025", "at the end of a date"),
    ("2004-06~-11", "at the end of a date"),
    ("2025-03/2025-02", "2025-03/2025-02: the end, 2025-02, lies before the start, 2025-03"),
    ("[2025-02-15..2025-02-14]", "lies before the start"),
    ("200X/199X", "lies before the start"),
    ("2025-02-01/2023-02-29", "2023-02-29: February 2023 has 28 days"),
    ("/2025", "written .., e.g. 2025-02-14/.. or ../2025"),
    ("2025/", "written .., e.g. 2025-02-14/.. or ../2025"),
    ("/", "one side needs a date"),
    ("../..", "where nothing is known give no date"),
    ("[..]", "where nothing is known give no date"),
    ("2025/2026/2027", "a/b a span"),
    ("2025..2026", "[a..b] is one unknown day"),
    ("[2025]", "[a..b] is one unknown day"),
    ("[2025..2026", "[a..b] is one unknown day"),
    ("[2025....]", "[a..b] is one unknown day"),
    ("[2024..2025]/2026", "[a..b] is one unknown day"),
    ("[2025,2026]", "[first..last]"),
    ("{2025,2026}", "several days are several actions"),
    ("9" * (MAX_LENGTH + 1), "at most 64 characters"),
]

DAYS = st.dates(min_value=date(1000, 1, 1))
LENGTHS = st.sampled_from([4, 7, 10])  # of a year, a month, a day
QUALIFIERS = st.sampled_from(["", "~", "?", "%"])


@st.composite
def known_texts(draw: st.DrawFn) -> str:
    return str(draw(DAYS))[: draw(LENGTHS)]


@st.composite
def date_texts(draw: st.DrawFn) -> str:
    """A day, month or year with digits unknown from the right (EDTF level 1), and perhaps a qualifier."""
    text, tail = draw(known_texts()), draw(st.sampled_from(["", "X", "XX"]))
    tail = tail if len(text) == 4 else tail[:-1] * 2
    return text[: len(text) - len(tail)] + tail + draw(QUALIFIERS)


@st.composite
def spans(draw: st.DrawFn) -> str:
    start, end = (str(day)[: draw(LENGTHS)] + draw(QUALIFIERS) for day in sorted([draw(DAYS), draw(DAYS)]))
    return draw(st.sampled_from([f"{start}/{end}", f"{start}/..", f"../{end}"]))


@st.composite
def one_unknown_day(draw: st.DrawFn) -> str:
    length = draw(LENGTHS)
    start, end = (str(day)[:length] for day in sorted([draw(DAYS), draw(DAYS)]))
    return draw(st.sampled_from([f"[{start}..{end}]", f"[{start}..]", f"[..{end}]"]))


def iso_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def oracle_day(bound: struct_time | float) -> date | None:
    return date(*bound[:3]) if isinstance(bound, struct_time) else None


@pytest.mark.parametrize(("text", "earliest", "latest", "is_span"), FORMS)
def test_given_a_form_when_parsed_then_its_bounds(
    text: str, earliest: str | None, latest: str | None, is_span: bool
) -> None:
    assert parse(text) == Edtf(text, iso_day(earliest), iso_day(latest), is_span)


@pytest.mark.parametrize(("text", "words"), REFUSALS)
def test_given_another_text_when_parsed_then_refused_with_what_is_right(text: str, words: str) -> None:
    with pytest.raises(InvalidDate) as refusal:
        parse(text)
    assert words in str(refusal.value)


@given(DAYS)
def test_given_an_iso_day_when_parsed_then_exactly_that_day(day: date) -> None:
    assert parse(day.isoformat()) == Edtf(day.isoformat(), day, day, is_span=False)


@given(st.dates(), st.sets(st.sampled_from([0, 1, 2, 3, 5, 6, 8, 9])))
def test_given_a_day_when_any_digits_are_unknown_then_it_is_within(day: date, unknown: set[int]) -> None:
    text = "".join("X" if place in unknown else sign for place, sign in enumerate(day.isoformat()))
    read = parse(text)
    assert read.earliest is not None and read.latest is not None
    assert read.earliest <= day <= read.latest


@given(st.dates(), st.sets(st.sampled_from([0, 1, 2, 3, 5, 6, 8, 9])))
def test_given_unknown_digits_when_parsed_then_both_bounds_have_the_known_ones(day: date, unknown: set[int]) -> None:
    text = "".join("X" if place in unknown else sign for place, sign in enumerate(day.isoformat()))
    for bound in (parse(text).earliest, parse(text).latest):
        assert all(mine in ("X", theirs) for mine, theirs in zip(text, str(bound), strict=True))


@given(known_texts(), QUALIFIERS)
def test_given_a_qualifier_when_parsed_then_the_bounds_stay(text: str, qualifier: str) -> None:
    plain, qualified = parse(text), parse(text + qualifier)
    assert (qualified.earliest, qualified.latest) == (plain.earliest, plain.latest)


@given(date_texts(), date_texts())
def test_given_two_dates_when_a_span_then_its_bounds_are_those_of_its_ends(start: str, end: str) -> None:
    first, last = parse(start).earliest, parse(end).latest
    assert first is not None and last is not None
    if first <= last:
        assert parse(f"{start}/{end}") == Edtf(f"{start}/{end}", first, last, is_span=True)
        assert parse(f"[{start}..{end}]") == Edtf(f"[{start}..{end}]", first, last, is_span=False)
    else:
        with pytest.raises(InvalidDate, match="lies before the start"):
            parse(f"{start}/{end}")


@given(date_texts() | spans() | one_unknown_day())
@settings(max_examples=60, deadline=None)  # the oracle takes about 10 ms for each
def test_given_a_standard_text_when_parsed_then_the_oracle_agrees(text: str) -> None:
    ours, theirs = parse(text), edtf.parse_edtf(text)
    assert ours.earliest == oracle_day(theirs.lower_strict())
    assert ours.latest == oracle_day(theirs.upper_strict())


@given(st.text(alphabet="0123456789X-~?%/.[]", max_size=MAX_LENGTH) | st.text())
def test_given_any_text_when_parsed_then_in_order_or_refused(text: str) -> None:
    try:
        read = parse(text)
    except InvalidDate as refusal:
        assert str(refusal).isprintable()
    else:
        assert (read.earliest or date.min) <= (read.latest or date.max)


def test_given_a_day_when_noon_utc_of_the_next_then_it_is_over_everywhere() -> None:
    assert day_is_over_at(date(2025, 2, 28)) == datetime(2025, 3, 1, 12, tzinfo=UTC)
    assert day_is_over_at(date.max) is None


def test_given_a_day_when_ended_then_its_last_microsecond_utc() -> None:
    assert end_of_day(date(2025, 2, 28)) == datetime(2025, 2, 28, 23, 59, 59, 999_999, tzinfo=UTC)
    assert first_day_not_over(datetime(2025, 3, 1, 12, tzinfo=UTC)) == date(2025, 3, 1)
    assert first_day_not_over(datetime(2025, 3, 1, 11, 59, tzinfo=UTC)) == date(2025, 2, 28)
    assert first_day_not_over(datetime.min.replace(tzinfo=UTC)) == date.min
    assert end_of_day(date.max) == datetime.max.replace(tzinfo=UTC)


def test_given_edtf_text_when_validated_then_kept_as_written() -> None:
    assert TypeAdapter(EdtfText).validate_python("2025-02~") == "2025-02~"


def test_given_a_wrong_edtf_text_when_validated_then_the_error_says_what_is_right() -> None:
    with pytest.raises(ValidationError, match="2023-02-29: February 2023 has 28 days"):
        TypeAdapter(EdtfText).validate_python("2023-02-29")


def test_edtf_text_is_a_described_string_in_json_schema_with_valid_examples() -> None:
    schema = TypeAdapter(EdtfText).json_schema()
    assert (schema["type"], "pattern" in schema) == ("string", False) and schema["description"]
    assert [parse(example).text for example in schema["examples"]] == schema["examples"]

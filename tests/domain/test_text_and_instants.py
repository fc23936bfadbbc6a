"""Text that may be stored, and instants: what is read, kept and refused."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.dates import end_of_day
from domain.instants import FOREVER, Instant, from_micros, parse_instant, to_micros, write_instant
from domain.text import Language, Line, Name, Paragraph, WebAddress

ZONES = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
AWARE = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=ZONES)


def read(kind: Any, value: object) -> Any:
    return TypeAdapter(kind).validate_python(value)


def refused(kind: Any, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        read(kind, value)
    [error] = caught.value.errors()
    return error["msg"]


# Text


@pytest.mark.parametrize(("kind", "longest"), [(Name, 200), (Line, 500), (Paragraph, 5_000)])
def test_given_text_at_its_longest_then_kept_and_one_more_is_refused(kind, longest):
    assert read(kind, "é" * longest) == "é" * longest
    assert str(longest) in refused(kind, "é" * (longest + 1))


def test_given_blanks_around_a_text_then_they_are_left_out_and_do_not_count():
    assert read(Name, " \u00a0" + "a" * 200 + "\n") == "a" * 200


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u00a0\u2003"])
def test_given_nothing_but_blanks_then_refused(blank):
    assert "at least 1 character" in refused(Line, blank)


CONTROLS = ["\0", "\a", "\t", "\n", "\r", "\x1b", "\x7f", "\x85", "\x9f", "\u2028", "\u2029"]


@pytest.mark.parametrize("control", CONTROLS, ids=ascii)
@pytest.mark.parametrize("kind", [Name, Line, Paragraph, WebAddress])
def test_given_a_control_character_within_then_it_is_named_with_its_place(kind, control):
    assert f"U+{ord(control):04X} at offset 4" in refused(kind, f"http{control}://example.org")


@pytest.mark.parametrize(
    "text", ["Élysée", "Владимир Зеленский", "習近平", "محمد", "🇫🇷", "a\u00adb", "<script>\"&'=1+1"]
)
def test_given_text_in_any_script_then_it_is_kept_as_it_is(text):
    assert read(Line, text) == text


def test_given_half_a_surrogate_pair_then_refused():
    assert "unicode" in refused(Line, "a\ud800b")


@pytest.mark.parametrize("value", [7, True, None, ["a"], {"a": 1}])
def test_given_what_is_no_text_then_refused(value):
    assert "valid string" in refused(Line, value)


@given(st.text(max_size=50))
def test_given_any_text_then_it_is_read_or_refused_and_reading_again_changes_nothing(text):
    try:
        kept = read(Line, text)
    except ValidationError:
        return
    assert read(Line, kept) == kept == text.strip()


# Web addresses


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "HTTP://example.org/a?b=c#d",
        "https://пример.рф/ä",
        "http://[2001:db8::1]:8080/",
        "http://127.0.0.1/",
    ],
)
def test_given_an_http_address_then_it_is_kept_as_written(url):
    assert read(WebAddress, url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/a",
        "file:///etc/passwd",
        "//example.org/a",
        "example.org",
        "https://",
        "https:///a",
        "http:example.org",
        "https://exam ple.org",
        "https://example.org/a b",
        "http://[::1",
        "http://[x]/",
    ],
)
def test_given_another_address_then_it_is_refused_and_named(url):
    assert repr(url) in refused(WebAddress, url)


@pytest.mark.parametrize("tag", ["en", "pt-BR", "zh-Hant-TW", "fil", "sr-Latn"])
def test_given_a_language_tag_then_kept(tag):
    assert read(Language, tag) == tag


@pytest.mark.parametrize("tag", ["", "e", "english", "en_GB", "en-", "en\n", "en-toolongsubtag"])
def test_given_what_is_no_language_tag_then_refused(tag):
    assert "pattern" in refused(Language, tag)


# Instants


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-02-17T21:00:00Z", "2025-02-17T21:00:00Z"),
        ("2025-02-17T21:00Z", "2025-02-17T21:00:00Z"),
        ("2025-02-17 21:00:00Z", "2025-02-17T21:00:00Z"),
        ("2025-02-17T21:00:00.5+00:00", "2025-02-17T21:00:00.500000Z"),
        ("2025-02-17T23:30:00-05:00", "2025-02-18T04:30:00Z"),
        ("2025-02-17T00:15:00+05:45", "2025-02-16T18:30:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
    ],
)
def test_given_an_instant_in_any_zone_then_it_is_kept_in_utc_and_written_in_one_way(text, instant):
    assert write_instant(parse_instant(text)) == instant


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("2025-02-17T21:00:00", "2025-02-17T21:00:00 has no zone"),
        (datetime(2025, 2, 17, 21), "2025-02-17T21:00:00 has no zone"),
        ("2025-02-17", "'2025-02-17' is not an instant"),
        ("2025-02-29T21:00:00Z", "'2025-02-29T21:00:00Z' is not an instant"),
        ("2025-02-17T25:00:00Z", "is not an instant"),
        ("2025-02-17T21:00:60Z", "is not an instant"),
        ("yesterday at noon", "'yesterday at noon' is not an instant"),
        ("", "'' is not an instant"),
        ("2025-W08-1T21:00:00Z", "'2025-W08-1T21:00:00Z' is not an instant"),
        ("20250217T210000Z", "is not an instant"),
        ("0001-01-01T00:00:00+01:00", "lies outside the years 1 to 9999"),
        ("9999-12-31T23:00:00-01:00", "lies outside the years 1 to 9999"),
        ("10000-01-01T00:00:00Z", "is not an instant"),
        ("-2025-02-17T21:00:00Z", "is not an instant"),
        (1739826000, "1739826000 is not an instant"),
        (1739826000.5, "is not an instant"),
        ("1739826000", "is not an instant"),
        ("1739826000.00000000", "is not an instant"),
        (True, "is not an instant"),
        (None, "is not an instant"),
        (date(2025, 2, 17), "is not an instant"),
        (["2025-02-17T21:00:00Z"], "is not an instant"),
    ],
)
def test_given_what_is_no_instant_then_it_is_refused_and_named(value, why):
    assert why in refused(Instant, value)


def test_given_a_very_long_text_then_the_refusal_stays_short():
    assert len(refused(Instant, "2" * 1_000_000)) < 200


@given(AWARE)
def test_given_any_instant_then_its_text_its_json_and_its_microseconds_lead_back_to_it(instant):
    assert parse_instant(write_instant(parse_instant(instant))) == instant
    assert from_micros(to_micros(instant)) == instant
    adapter = TypeAdapter(Instant)
    assert adapter.validate_json(adapter.dump_json(parse_instant(instant))) == instant


@given(AWARE, AWARE)
def test_given_two_instants_then_texts_and_microseconds_are_in_the_same_order(one, other):
    assert (one < other) == (to_micros(one) < to_micros(other))


def test_given_the_last_instant_then_forever_is_later():
    assert to_micros(datetime.max.replace(tzinfo=UTC)) < FOREVER < 1 << 63


@given(st.dates(max_value=date(9999, 12, 30)))
def test_given_a_day_then_it_ends_a_microsecond_before_the_next(day):
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
    assert end_of_day(day) + timedelta(microseconds=1) == midnight

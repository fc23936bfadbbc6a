"""Which country a text means, and what is refused."""

import pickle
import re

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.countries import COUNTRIES, AmbiguousCountry, CountryCode, UnknownCountry, find
from domain.former_country_table import DATED_NAMES, WITHDRAWN
from domain.naming import LONGEST, fold

CODES = TypeAdapter(CountryCode)

UNDERSTOOD = {
    "GBR": "GBR", "gbr": "GBR", "GB": "GBR", "gb": "GBR", "UK": "GBR", "U.K.": "GBR", "Great Britain": "GBR",
    "Russia": "RUS", "Russian Federation": "RUS", "South Korea": "KOR", "Korea, Republic of": "KOR", "ROK": "KOR",
    "North Korea": "PRK", "Korea, North": "PRK", "Korea (Democratic People's Republic of)": "PRK",
    "China": "CHN", "China, People's Republic of": "CHN", "China, People\u2019s Republic of": "CHN",
    "Taiwan": "TWN", "Republic of China": "TWN", "Palestine": "PSE", "Palestinian Authority": "PSE",
    "Kosovo": "XKX", "XK": "XKX", "Holy See": "VAT", "The Vatican": "VAT", "Turkey": "TUR", "Türkiye": "TUR",
    "TURKIYE": "TUR", "Ottoman Empire": "TUR", "Czechia": "CZE", "Czech Republic": "CZE", "Eswatini": "SWZ",
    "Swaziland": "SWZ", "Burma": "MMR", "Burma (Myanmar)": "MMR", "Zaire": "COD", "Congo (Zaire)": "COD",
    "Congo-Brazzaville": "COG", "Dahomey (Benin)": "BEN", "Upper Volta": "BFA", "Ceylon": "LKA", "Persia": "IRN",
    "Guinea": "GIN", "Guinea-Bissau": "GNB", "Guinea (Bissau)": "GNB", "Equatorial Guinea": "GNQ",
    "Papua New Guinea": "PNG", "Niger": "NER", "Nigeria": "NGA", "Dominica": "DMA", "Dominican Republic": "DOM",
    "Saint Lucia": "LCA", "St. Lucia": "LCA", "St Kitts & Nevis": "KNA", "Bosnia-Herzegovina": "BIH",
    "Trinidad & Tobago": "TTO", "Côte d'Ivoire": "CIV", "COTE D\u2019IVOIRE": "CIV", "Ivory Coast": "CIV",
    "Bolivia (Plurinational State of)": "BOL", "Micronesia, Federated States of": "FSM", "Gambia, The": "GMB",
    "Macedonia, Former Yugoslav Republic of": "MKD", "Vietnam": "VNM", "Viet Nam": "VNM", "Samoa": "WSM",
    "USSR": "SUN", "U.S.S.R.": "SUN", "SU": "SUN", "Yugoslavia": "YUG", "Czechoslovakia": "CSK",
    "German Democratic Republic": "DDR", "West Germany": "DEU", "Germany, Federal Republic of": "DEU",
    "Yemen, People's Democratic Republic of": "YMD", "Yemen Arab Republic": "YEM", "South Vietnam": "XSV",
    "North Vietnam": "VDR", "Kingdom of Hawaii": "XHI", "Serbia and Montenegro": "SCG", "  South\u00a0 Korea ": "KOR",
    "Poland (government-in-exile)": "POL", "France (Provisional Government)": "FRA", "Yugoslavia (former)": "YUG",
    "Gaza": "PSE", "Gaza Strip": "PSE", "Gaza/West Bank": "PSE", "Burma/Myanmar": "MMR", "Myanmar / Burma": "MMR",
    "Congo, Rep.": "COG", "Congo, Dem. Rep.": "COD", "Egypt, Arab Rep.": "EGY", "Yemen, Rep.": "YEM", "Gbr": "GBR",
    "ROC": "TWN", "R.O.C.": "TWN", "AND": "AND", "CAN": "CAN", "IT": "ITA", "us": "USA", "fr": "FRA", "deu": "DEU",
    "ZR": "COD", "BU": "MMR", "TP": "TLS", "DD": "DDR", "YU": "YUG", "zr": "COD", "U.S.A.": "USA", "Sikkim": "SKM",
}  # fmt: skip


@pytest.mark.parametrize(("text", "code"), UNDERSTOOD.items())
def test_given_a_code_or_a_name_as_written_when_sought_then_it_is_understood(text, code):
    assert find(text).code == code


@pytest.mark.parametrize(
    "text",
    (
        *("Paris", "NATO", "African Union", "G7", "Republic", "Kingdom", "Democratic Republic", "Europe", "South"),
        *("Angela Merkel", "Michael Jordan", "Jordan, Michael", "Chad Smith", "Niger River", "No", "ZZZ", "ß"),
        *("Paris, France", "Paris (France)", "France (Paris)", "Georgia (Atlanta)", "the", "()", ",", "", " ", "\x00"),
        *("And", "Are", "Can", "Per", "Pan", "Guy", "Car", "It", "St", "Burma/Paris", "/", "1/2"),
    ),
)
def test_given_what_is_no_country_when_sought_then_it_is_refused(text):
    with pytest.raises(UnknownCountry, match=re.escape(repr(text))):
        find(text)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Korea", {"KOR", "PRK"}),
        ("Congo", {"COD", "COG"}),
        ("Virgin Islands", {"VGB", "VIR"}),
        ("Georgia (USA)", {"GEO", "USA"}),
        ("China/Taiwan", {"CHN", "TWN"}),
        ("CS", {"CSK", "SCG"}),
    ],
)
def test_given_a_name_of_several_when_sought_then_all_are_named(text, candidates):
    with pytest.raises(AmbiguousCountry) as refusal:
        find(text)
    assert {country.code for country in refusal.value.candidates} == candidates
    assert all(code in str(refusal.value) for code in candidates)


@pytest.mark.parametrize(
    ("text", "on", "code"),
    [
        ("Vietnam", "1957-05-08", "XSV"),
        ("Vietnam", "1957", "XSV"),
        ("Vietnam", "1975-04-30", "XSV"),
        ("Vietnam", "1975-05-01", "VNM"),
        ("Vietnam", "2006-11-17", "VNM"),
        ("Korea", "1905-11-17", "XKE"),
        ("Congo", "1980-01-01", "COG"),
        ("Republic of China", "1945-04-26", "CHN"),
        ("China, Republic of", "1961-07-31", "TWN"),
        ("ROC", "1945-04-26", "CHN"),
        ("ROC", "1961-07-31", "TWN"),
        ("CS", "1989-12-29", "CSK"),
        ("CS", "2004-07-11", "SCG"),
        ("Russia", "1943-10", "SUN"),
        ("Russia", "1992-01-31", "RUS"),
        ("Serbia-Montenegro", "1999-07-29", "YUG"),
        ("Serbia-Montenegro", "2005-01-01", "SCG"),
        ("Hawaii", "1874-12-12", "XHI"),
        ("USSR", "1992-02-16", "SUN"),  # a name of one state only keeps its meaning after the end
    ],
)
def test_given_a_day_when_a_name_is_sought_then_the_day_decides(text, on, code):
    assert find(text, on).code == code


def test_given_a_name_outside_its_only_days_when_sought_then_refused_with_a_suggestion():
    with pytest.raises(UnknownCountry, match=r"Kingdom of Hawaii \(XHI\)"):
        find("Hawaii", "1961-01-01")


def test_given_a_day_on_which_a_name_stays_ambiguous_when_sought_then_refused():
    with pytest.raises(AmbiguousCountry):
        find("Korea", "1953-06-16")


def test_given_what_a_source_means_when_sought_then_that_goes_first():
    assert find("Korea", "1953-06-16", extra={"Korea": "KOR"}).code == "KOR"


def test_given_a_misspelling_when_sought_then_close_names_are_suggested_not_taken():
    with pytest.raises(UnknownCountry) as refusal:
        find("Nigerr")
    assert {country.code for country in refusal.value.suggestions} == {"NER", "NGA"}
    assert "unknown country 'Nigerr'; did you mean Niger (NER)" in str(refusal.value)


@pytest.mark.parametrize(
    ("word", "name"), [("And", "Andorra"), ("Guy", "Guyana"), ("It", "Italy"), ("Gb", "United Kingdom")]
)
def test_given_a_word_that_is_a_code_in_capitals_when_sought_then_refused_and_the_country_is_suggested(word, name):
    with pytest.raises(UnknownCountry) as refusal:
        find(word)
    assert refusal.value.suggestions[0].name == name


def test_given_a_very_long_text_when_sought_then_the_message_stays_short():
    with pytest.raises(UnknownCountry) as refusal:
        find("long " * 10_000)
    assert len(str(refusal.value)) < 2 * LONGEST


@pytest.mark.parametrize("text", ["Nigerr", "Korea"])
def test_a_refusal_survives_the_way_between_processes(text):
    with pytest.raises((UnknownCountry, AmbiguousCountry)) as refusal:
        find(text)
    assert str(pickle.loads(pickle.dumps(refusal.value))) == str(refusal.value)


def test_all_of_iso_3166_1_is_there_each_under_both_of_its_codes():
    listed = [country for country in COUNTRIES.values() if country.alpha2 and not country.code.startswith("X")]
    current = [country for country in listed if not country.end]
    assert len(current) == 249  # ISO 3166-1, unchanged since South Sudan came in 2011
    assert all(find(country.alpha2) is country is find(country.code) for country in current)


def test_given_a_withdrawn_code_when_sought_then_it_leads_to_the_current_one():
    assert {code: find(code).code for code in WITHDRAWN if code not in COUNTRIES}.items() <= WITHDRAWN.items()


def test_every_country_is_found_by_its_own_names_or_they_are_ambiguous_on_purpose():
    names = {(country.code, name) for country in COUNTRIES.values() for name in (country.name, *country.aliases)}
    assert {name for code, name in names if not _leads_to(code, name)} == {"Korea", "Congo", "Virgin Islands"}


def _leads_to(code, name):
    try:
        return find(name).code == code
    except AmbiguousCountry:
        return False


def test_no_row_repeats_a_name():
    for country in COUNTRIES.values():
        folded = [fold(name) for name in (country.name, *country.aliases)]
        assert len(folded) == len(set(folded)), country


def test_former_states_end_after_they_start_and_name_known_successors():
    for country in COUNTRIES.values():
        assert (country.start or "") <= (country.end or "9999")
        assert set(country.successors) <= COUNTRIES.keys()
        assert not country.end or country.successors


def test_dated_names_mean_known_countries_on_some_days():
    assert all(code in COUNTRIES and first <= last for _, code, first, last in DATED_NAMES)


@pytest.mark.parametrize("text", ["USA", "us", "United States", "America"])
def test_given_any_way_to_write_a_country_when_validated_then_the_field_holds_its_code(text):
    assert CODES.validate_python(text) == "USA"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [("Paris", "unknown country 'Paris'"), ("Korea", "ambiguous country 'Korea'"), (7, "valid string")],
)
def test_given_what_is_no_country_when_validated_then_the_error_names_it(wrong, message):
    with pytest.raises(ValidationError, match=message):
        CODES.validate_python(wrong)


def test_the_schema_takes_names_in_and_promises_codes_out():
    assert "pattern" not in CODES.json_schema()
    assert CODES.json_schema(mode="serialization")["pattern"] == "^[A-Z]{3}$"

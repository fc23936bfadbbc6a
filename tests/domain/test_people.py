"""Who is one person and who is another, over spellings, titles and scripts."""

import re
import sys
import time
from collections import Counter
from itertools import chain, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.country_list import COUNTRIES
from domain.organisations import ORGANISATIONS
from domain.people import key_of, person_key, person_name
from domain.people_table import TABLE, WOMEN

ZELENSKY = "volodymyr-zelensky"
ONE = {
    "Volodymyr Zelensky": ZELENSKY, "Volodymyr Zelenskyy": ZELENSKY, "Volodymyr Zelenskiy": ZELENSKY,
    "Vladimir Zelensky": ZELENSKY, "Zelensky": ZELENSKY, "Zelenskyy": ZELENSKY, "Zelenskiy": ZELENSKY,
    "President Volodymyr Zelensky": ZELENSKY, "President Zelenskyy": ZELENSKY, "Mr. Zelensky": ZELENSKY,
    "H.E. Mr. Volodymyr Zelensky": ZELENSKY, "Zelensky, Volodymyr": ZELENSKY, "ZELENSKY Volodymyr": ZELENSKY,
    "  Volodymyr \t Zelensky ": ZELENSKY, "Володимир Зеленський": ZELENSKY, "Zelensky, President Volodymyr": ZELENSKY,
    "Sir Keir Starmer": "keir-starmer", "Prime Minister Sir Keir Starmer": "keir-starmer",
    "Pedro Sánchez": "pedro-sanchez", "PEDRO SANCHEZ": "pedro-sanchez", "António Costa": "antonio-costa",
    "Jonas Gahr Støre": "jonas-gahr-store", "Jonas Gahr Stoere": "jonas-gahr-store",
    "Lyndon B. Johnson": "lyndon-johnson", "Lyndon B Johnson": "lyndon-johnson", "L.B.Johnson": "lyndon-johnson",
    "J.D. Vance": "jd-vance", "J. D. Vance": "jd-vance", "JD Vance": "jd-vance",
    "George H. W. Bush": "george-hw-bush", "George HW Bush": "george-hw-bush", "V.Putin": "vladimir-putin",
    "Yoon Suk-yeol": "yoon-suk-yeol", "Yoon Suk Yeol": "yoon-suk-yeol", "Kim, Jong-un": "kim-jong-un",
    "Valéry Giscard d\u2019Estaing": "valery-giscard-destaing", "Valery Giscard d'Estaing": "valery-giscard-destaing",
    "Emperor Dom Pedro II": "dom-pedro-ii", "Dom Pedro II": "dom-pedro-ii", "Queen Elizabeth II": "elizabeth-ii",
    "Secretary of State Antony J. Blinken": "antony-blinken", "President-elect Vicente Fox": "vicente-fox",
    "Sergei Lavrov": "sergey-lavrov", "Minister of Foreign Affairs Sergey Lavrov": "sergey-lavrov",
    "Prime Minister Sheikh Hasina": "sheikh-hasina", "Supreme Leader Ayatollah Khamenei": "ali-khamenei",
    "MBS": "mohammed-bin-salman", "Crown Prince Mohamed bin Salman": "mohammed-bin-salman",
    "Bibi Netanyahu": "benjamin-netanyahu", "Moammar Qadhafi": "muammar-gaddafi", "Colonel Kadhafi": "muammar-gaddafi",
    "Aliaksandr Lukashenka": "alexander-lukashenko", "Nikita Kruschev": "nikita-khrushchev",
    "King Hussein": "hussein-of-jordan", "Tommy E. Remengesau, Jr.": "tommy-e-remengesau-jr",
    "US President Donald Trump": "donald-trump", "U.S. President Donald J. Trump": "donald-trump",
    "Ukrainian President Volodymyr Zelensky": ZELENSKY, "Ukraine's President Volodymyr Zelenskyy": ZELENSKY,
    "President of Ukraine Zelensky": ZELENSKY, "President Zelensky of Ukraine": ZELENSKY,
    "Vladimir Putin, President of Russia": "vladimir-putin", "H.E. Mr Putin": "vladimir-putin",
    "President of the Russian Federation Vladimir Putin": "vladimir-putin", "Lavrov MP": "sergey-lavrov",
    "Sir Keir Starmer MP": "keir-starmer", "Sir Keir Starmer, MP": "keir-starmer", "Lord Starmer": "keir-starmer",
    "The Rt Hon Sir Keir Starmer KCB KC MP": "keir-starmer", "Keir Starmer, KC, MP": "keir-starmer",
    "Secretary General of the United Nations Ban Ki-moon": "ban-ki-moon", "Dr Merkel": "angela-merkel",
    "NATO Secretary-General Mark Rutte": "mark-rutte", "South Korean President Moon Jae-in": "moon-jae-in",
    "Saudi Crown Prince Mohammed bin Salman": "mohammed-bin-salman", "Jordan's King Hussein": "hussein-of-jordan",
    "Chief of Staff of the President Andriy Yermak": "andriy-yermak", "Premier and Prince Sihanouk": "norodom-sihanouk",
    "Mrs Merkel": "angela-merkel", "Lady Thatcher": "margaret-thatcher", "Dame Margaret Thatcher": "margaret-thatcher",
    "\u0130lham \u018fliyev": "ilham-aliyev", "习近平": "xi-jinping", "محمد بن سلمان": "mohammed-bin-salman",
}  # fmt: skip

DIFFERENT = [
    ("George W. Bush", "George H.W. Bush", "George Bush", "Bush", "President Bush"),
    ("Donald Trump", "Donald Trump Jr.", "Trump", "Ivanka Trump"),
    ("Ferdinand Marcos", "Ferdinand Marcos Jr."),
    ("John F. Kennedy", "John Kennedy", "Robert F. Kennedy", "Robert F. Kennedy Jr.", "Kennedy"),
    ("Kim Jong-un", "Kim Jong-il", "Kim Il-sung", "Kim"),
    ("Bashar al-Assad", "Hafez al-Assad", "Assad"),
    ("Ilham Aliyev", "Heydar Aliyev", "Aliyev"),
    ("Justin Trudeau", "Pierre Trudeau", "Trudeau"),
    ("Bill Clinton", "Hillary Clinton", "Clinton"),
    ("Franklin D. Roosevelt", "Theodore Roosevelt", "Roosevelt"),
    ("Kyriakos Mitsotakis", "Constantine Mitsotakis"),
    ("Kaja Kallas", "Siim Kallas", "Kallas"),
    ("Jens Stoltenberg", "Thorvald Stoltenberg"),
    ("Cyrus Vance", "JD Vance", "Vance"),
    ("Keith Kellogg", "Frank B. Kellogg", "Kellogg"),
    ("Shimon Peres", "Amir Peretz", "Amir Ohana"),
    ("King Hussein", "Saddam Hussein", "Hussein", "President Hussein"),
    ("Abdullah II", "King Abdullah of Saudi Arabia", "King Abdullah", "Sheikh Abdullah"),
    ("Mr. Smith", "Mrs. Smith", "Dr. Smith"),
    ("Sultan Ahmed Al Jaber", "Sheikh Ahmed Al Jaber"),
    ("President of South Korea", "Prime Minister of South Korea", "President of South Africa"),
    ("Abdel Fattah el-Sisi", "Abdel Fattah al-Burhan"),
    ("Volodymyr Zelensky", "Olena Zelenska", "Volodymyr Zelinsky"),
    ("かとう", "がとう"),
    ("मोदी", "मादा", "मद"),
    ("!", "?", "..."),
    ("Mr Trump", "Donald Trump", "US President Trump"),
    ("Keir Starmer", "Lady Starmer"),
    ("Ronald Reagan", "Mrs. Ronald Reagan", "Mrs Reagan"),
    ("Emmanuel Macron", "Mrs Macron", "Madame Macron", "Princess Macron"),
    ("Hosni Mubarak", "Sheikh Mubarak", "Emir of Kuwait Mubarak", "King Mubarak"),
    ("King Charles III", "King of Spain Charles III", "King Charles III of Spain"),
    ("King Hussein", "King Hussein of Iraq", "Envoy of the King Hussein"),
    ("Putin", "Special Envoy of President Putin", "Envoy of Russian President Putin", "Jordan Putin", "Putin King"),
    ("Nicolas Sarkozy", "President Jan Sarkozy"),
    ("US President Bush", "President George W. Bush", "President George H.W. Bush"),
    ("He Guoqiang", "H.E. Guoqiang", "Guoqiang"),
]


@pytest.mark.parametrize(("written", "key"), ONE.items())
def test_given_a_spelling_then_the_key_is_the_persons(written, key):
    assert person_key(written) == key


@pytest.mark.parametrize("names", DIFFERENT, ids=lambda names: names[0])
def test_given_different_people_then_no_two_are_made_one(names):
    assert len({person_key(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("person", "title", "key"),
    [
        ("Putin", None, "vladimir-putin"),
        ("Putin", "President of Russia", "vladimir-putin"),
        ("Zelensky", "Ukrainian President", ZELENSKY),
        ("Kosygin", "Chairman of the Council of Ministers of the USSR", "alexei-kosygin"),
        ("Witkoff", "Envoy of President Trump", "steve-witkoff"),
        ("Hussein", "King", "hussein-of-jordan"),
        ("Merkel", "Mrs", "angela-merkel"),
        ("Mubarak", "Emir of Kuwait", "emir-of-kuwait-mubarak"),
        ("Macron", "Wife of the President", "wife-of-the-president-macron"),
        ("Zelensky", "First Lady", "first-lady-zelensky"),
        ("Bush", "President", "president-bush"),
        ("Churchill", "Prime Minister of the United Kingdom", "prime-minister-of-the-united-kingdom-churchill"),
        ("Vladimir Putin", "King", "vladimir-putin"),
    ],
)
def test_given_a_title_beside_a_name_then_a_recorded_word_is_found_unless_it_is_anothers(person, title, key):
    assert key_of(person, title) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("US President Ann Unheard", "us-president-ann-unheard"),
        ("Sir Ann Unheard MP", "ann-unheard-mp"),
        ("Ann Unheard, President of Peru", "president-of-peru-ann-unheard"),
        ("Mrs Ann Unheard", "ann-unheard"),
        ("President Unheard of Peru", "unheard-of-peru"),
        ("MP", "mp"),
        ("President of Peru", "president-of-peru"),
    ],
)
def test_given_nobody_who_is_recorded_then_nothing_but_plain_titles_is_left_out(name, key):
    assert person_key(name) == key


def test_the_women_are_people_of_the_table():
    assert {name for name, _ in TABLE} > WOMEN


@pytest.mark.parametrize(("key", "name"), [(ZELENSKY, "Volodymyr Zelensky"), ("pedro-sanchez", "Pedro Sánchez")])
def test_given_the_key_of_a_person_in_the_table_then_the_name_is_shown(key, name):
    assert person_name(key) == name


@pytest.mark.parametrize("key", ["", "nobody-known", "Volodymyr Zelensky", "volodymyr-zelenskyy"])
def test_given_any_other_key_then_no_name_is_shown(key):
    assert person_name(key) is None


@pytest.mark.parametrize(("name", "key"), [("", "unnamed"), (" ", "20"), ("?!", "3f21"), ("ไมค์", "ไมคe4c")])
def test_given_what_no_slug_can_spell_then_codes_stand_for_it(name, key):
    assert person_key(name) == key


TITLED = st.sampled_from(
    "King President Mrs of the for and Russia Ukrainian Jordan's US MP KC , Putin Hussein Charles III Ann Xi".split()
)


@given(
    st.text()
    | st.text(st.sampled_from("aB.,'- éøßİ习ดี\u093f\u0301\u0345Ⅻ½ª\u017f_"))
    | st.lists(TITLED, max_size=9).map(" ".join)
)
@example("King Saudi President Putin of Russia")
@example("H.E. Mr. A B")
@example("Smith, Sir John")
def test_a_key_is_words_joined_by_hyphens_and_gives_itself(name):
    key = person_key(name)
    assert re.fullmatch(r"\w+(-\w+)*", key)
    assert person_key(key) == key


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_the_key_of_an_ascii_name_is_small_ascii(name):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", person_key(name))


def test_every_name_shown_leads_to_its_key_and_back():
    assert [person_name(person_key(name)) for name, _ in TABLE] == [name for name, _ in TABLE]


def test_every_recorded_spelling_stands_in_one_row_only():
    """A spelling in two rows would lead to the later one, and be wrong for the other."""
    recorded = [(spelling, name) for name, aliases in TABLE for spelling in _spelled_out(aliases)]
    assert [(spelling, name) for spelling, name in recorded if person_name(person_key(spelling)) != name] == []


def _spelled_out(aliases):
    """Every choice of ``Sergei/Sergey``."""
    choices = [[word.split("/") for word in alias.split()] for alias in aliases.split("; ")]
    return [" ".join(words) for words in chain.from_iterable(product(*choice) for choice in choices) if words]


def test_given_a_title_of_any_country_or_organisation_then_the_person_is_found():
    places = {name for one in (*COUNTRIES.values(), *ORGANISATIONS.values()) for name in (one.name, *one.aliases)}
    written = {place for place in places if "," not in place} - {"Queen Maud Land"}
    assert {place for place in written if person_key(f"Head of {place} Putin") != "vladimir-putin"} == set()


def test_given_a_name_of_nothing_but_titles_then_the_key_is_quick():
    started = time.process_time()
    person_key("President of the Republic of " * 200)
    assert time.process_time() - started < 1


def test_given_names_seen_and_unseen_then_their_keys_take_little_work():
    names = [f"President Zebulon X{number} Zelenskyy" for number in range(2_000)]
    person_key("President of whatever the tables hold")
    assert _calls(names) < 120 * len(names)
    assert _calls(names) < 0.1 * len(names)


def _calls(names):
    """How many functions are called, of Python and of C, which no load of the machine changes."""
    events = Counter()
    sys.setprofile(lambda _, event, __: events.update([event]))
    try:
        for name in names:
            person_key(name)
    finally:
        sys.setprofile(None)
    return events["call"] + events["c_call"]

"""Search finds words, phrases and prefixes as a plain matcher of tokens does, whatever signs a text holds."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.projections.test_timeline import few, record
from tests.strategies import LATE
from tests.support import tally
from tests.support.client import Client, Fresh
from tests.support.store import first, report

WORDS = [
    "Starmer",
    "US",
    "backstop",
    "back",
    "Élysée",
    "Łódź",
    "Straße",
    "Sánchez",
    "NEAR",
    "and",
    "1e5f",
    "2025",
    "Ελλάδα",
    "Зеленський",
]
BETWEEN = [" ", " ", "-", ", ", "'", "_", ": ", " (", ") ", "…", "\u200b", " & "]
SIGNS = [
    '"',
    "*",
    "(",
    ")",
    ":",
    "-",
    "^",
    "+",
    "'",
    "\\",
    "!",
    "|",
    "%",
    " OR ",
    " AND ",
    " NOT ",
    "NEAR(",
    "{",
    "é",
    "\U0001f600",
]

lines = st.lists(st.sampled_from(WORDS + BETWEEN), min_size=1, max_size=8).map("".join).filter(str.strip)
contents = st.fixed_dictionaries(
    {"title": lines},
    optional={
        "summary": lines,
        "quote": lines,
        "place": lines.map(lambda name: {"name": name}),
        "participants": lines.map(lambda name: [{"person": name, "role": "speaker"}]),
    },
)
asterisks = st.sampled_from(WORDS).map(lambda word: word[: 1 + len(word) // 2] + "*")
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"')
wanted = st.lists(st.sampled_from(WORDS) | asterisks | phrases, min_size=1, max_size=3).map(" ".join)
anything = st.lists(st.sampled_from(WORDS + BETWEEN + SIGNS), min_size=1, max_size=8).map("".join).filter(str.strip)


def tokens(text: str) -> list[str]:
    """Lower-case words of letters and digits without accents."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(letter)
    )
    return re.findall(r"[^\W_]+", plain.replace("ł", "l"))


def said(action: tally.Action) -> list[str]:
    texts = [action["title"], action["summary"], action["quote"], (action["place"] or {}).get("name")]
    return [
        word for text in [*texts, *(one["person"] for one in action["participants"])] for word in tokens(text or "")
    ]


def asked_for(text: str) -> Iterator[tuple[list[str], bool]]:
    """(words side by side, whether the last one may go on), letter by letter."""
    while text := text.lstrip():
        end = text.find('"', 1) if text[0] == '"' else -1
        if end > 0 and tokens(text[1:end]):
            yield tokens(text[1:end]), False
        elif end < 0:
            part = text.split()[0]
            own = tokens(part)
            yield from (([word], part.endswith("*") and word is own[-1]) for word in own)
            end = len(part) - 1
        text = text[end + 1 :]


def matches(action: tally.Action, text: str) -> bool:
    return all(_stands(said(action), *term) for term in asked_for(text))


def _stands(words: list[str], term: list[str], goes_on: bool) -> bool:
    if goes_on:
        return any(word.startswith(term[0]) for word in words)
    return any(words[start : start + len(term)] == term for start in range(len(words)))


def found(client: Client, *texts: str, **query: str) -> list[str]:
    """The titles of what is found."""
    answer = client.ask("GET", "/api/timeline", params={"limit": "500", "q": texts, **query})
    assert answer.status_code == 200, answer.text
    return [action["title"] for action in answer.json()["results"]]


def assert_found(client: Client, text: str, actions: list[tally.Action]) -> None:
    """What has the words; a text without any is refused."""
    if any(asked_for(text)):
        assert found(client, text) == [action["title"] for action in actions if matches(action, text)]
    else:
        assert client.ask("GET", "/api/timeline", params={"q": text}).status_code == 400


@few
@given(st.data())
def test_given_any_texts_when_searched_then_what_a_plain_matcher_finds_is_found(fresh: Fresh, data: Any) -> None:
    with Client(fresh()) as client:
        client.clock.now = LATE
        drawn = data.draw(st.lists(contents, min_size=4, max_size=8))
        record(client, [first(f"case:{number}", **content) for number, content in enumerate(drawn)])
        actions = tally.timeline(client)
        for text in data.draw(st.lists(wanted | anything, min_size=15, max_size=15)):
            assert_found(client, text, actions)


ODD = [
    '"',
    '""',
    '"starmer',
    'starmer"',
    '"starmer "trump',
    "*",
    "**",
    "starmer*",
    "*starmer",
    "st*mer",
    "starmer AND trump",
]
ODD += [
    "starmer OR trump",
    "starmer NOT trump",
    "NEAR(starmer trump)",
    "NEAR(starmer trump, 5)",
    "title:starmer",
    "-starmer",
]
ODD += ["(starmer", "starmer)", "^starmer", "starmer + trump", "{words}: x", "words:x", "starmer:*", "starmer & !trump"]
ODD += [
    "starmer <-> trump",
    "'starmer'",
    "\\",
    "%",
    "_",
    "starmer' OR 1=1 --",
    "\t\n",
    "\u2028",
    "\U0001f600",
    "İ",
    "ﷺ",
    "a:b:c*",
]


@pytest.mark.parametrize("text", ODD)
def test_given_signs_that_databases_know_when_searched_then_they_only_part_words(demo: Client, text: str) -> None:
    assert_found(demo, text, tally.timeline(demo))


@pytest.mark.parametrize("text", ["a\0b", "\0", "x" * 501])
def test_given_what_no_word_can_hold_when_searched_then_400_names_it(demo: Client, text: str) -> None:
    answer = demo.ask("GET", "/api/timeline", params={"q": text})
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, ["q"])


@pytest.mark.parametrize(
    "text", ["x" * 500, "㌀" * 500, "ﷺ" * 500, "zq " * 166, '"' + "zq " * 166 + '"', "zq* " * 125, "\U00010400" * 500]
)
def test_given_long_texts_when_searched_then_nothing_is_found(demo: Client, text: str) -> None:
    assert found(demo, text.strip()) == []


FIELDS: dict[str, Any] = {
    "title": "Zebra", "summary": "Zebra", "quote": "Zebra", "place": {"name": "Zebra"},
    "participants": [{"person": "Zebra", "role": "speaker"}],
}  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_given_a_word_in_any_field_that_tells_then_it_is_found(client: Client, field: str) -> None:
    client.report("x:1", **{field: FIELDS[field]})
    assert len(found(client, "zebra")) == 1
    assert found(client, "zebras") == []


def test_given_a_word_that_stands_elsewhere_then_it_is_not_found(client: Client) -> None:
    elsewhere = {"report": report(publisher="Zebra"), "topics": ["Zebra"], "conditions": ["Zebra"]}
    client.report("zebra", participants=[{"title": "Zebra", "role": "speaker"}], **elsewhere)
    assert found(client, "zebra") == []


TEXTS = {
    "Pedro Sánchez": ["pedro sanchez", "SÁNCHEZ", "sanch*", '"pedro sánchez"', "S\u0061\u0301nchez"],
    "Straße nach Łódź": ["strasse", "STRASSE", "strass*", "łódź", "lodz", "Lod*"],
    "Jonas Gahr Støre": ["store", "Støre", "STØRE", '"gahr store"', "stor*", "sto\u0338re"],
    "Ǿrsted, Đilas, Þórður, Næss": ["orsted", "dilas", "thordur", "naess", "Ørsted", "ØRST*", "þorður"],
    "\u210cello W\uff4frld": ["hello", "HELLO world", '"hello world"', "\u210c*"],
    "Ελλάδα και Κύπρος": ["ελλαδα", "ΚΎΠΡΟΣ", "κυπ*"],
    "Зеленський, Київ": ["зеленськии", "ЗЕЛЕНСЬКИЙ", "ки*"],
    "The U.S. back-stop of 1e5f": ["u s", '"u s back stop"', "back-stop", "1E5F", "1e*", '"of 1e5f"'],
    "Cherokee \u13e3\u13b3\u13a9": ["\u13e3\u13b3\u13a9", "\uabb3\uab83\uab79"],
    "中华人民共和国 日本": ["日本", "中华*", '"中华人民共和国 日本"'],
    "x" * 300 + " end": ["x" * 300, "x" * 50 + "*", "x" * 120 + "*", "end"],
}  # fmt: skip


@pytest.mark.parametrize("title", TEXTS, ids=[title[:20] for title in TEXTS])
def test_given_a_title_when_searched_in_other_writing_then_it_is_found(client: Client, title: str) -> None:
    client.report("x:1", title=title)
    client.report("x:2", title="Another")
    for text in TEXTS[title]:
        assert found(client, text) == [title], text
    assert found(client, f"{TEXTS[title][0]} another") == []


def test_given_a_corrected_title_then_each_moment_finds_the_words_of_then(client: Client) -> None:
    action = client.report("x:1", title="Visit to Paris")
    position = client.add(action, "corrected", on="2025-02-20", changes={"title": "Journey to London"})
    assert (found(client, "paris"), found(client, "london")) == ([], ["Journey to London"])
    for earlier in ({"as_of": "2025-02-19"}, {"position": str(position - 1)}):
        assert (found(client, "paris", **earlier), found(client, "london", **earlier)) == (["Visit to Paris"], [])
    at = {"as_of": "2025-02-20T12:00:00Z", "position": str(position)}
    assert found(client, '"journey to london"', **at) == ["Journey to London"]


def test_given_several_texts_then_any_of_them_is_enough(client: Client) -> None:
    for title in ("Paris", "London", "Rome"):
        client.report(title, title=title)
    assert sorted(found(client, "paris", "rome", "oslo")) == ["Paris", "Rome"]
    assert found(client, "paris rome") == []


def word(number: int) -> str:
    """Of 25 letters, each of which stands for three to six others."""
    return "".join(chr(0x3300 + number // 80**place % 80) for place in range(3)) + "㌀" * 22


def test_given_the_longest_texts_of_letters_that_expand_then_they_are_shown_and_the_rest_goes_on(
    client: Client,
) -> None:
    """A megabyte of different words is more than PostgreSQL puts into an index."""
    texts = [" ".join(word(7 * number + one) for one in range(7)) for number in range(600)]
    people = [{"person": text, "role": "speaker"} for text in texts[:500]]
    client.report("x:1", summary=" ".join(texts[500:525]), quote=" ".join(texts[525:550]), participants=people)
    client.report("x:2", title="Another")
    assert found(client, "visit") == found(client, word(3)) == ["A visit"]
    assert found(client, "another") == ["Another"]

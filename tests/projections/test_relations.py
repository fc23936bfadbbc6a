"""Relations, and the views of countries, organisations and people, equal plain loops; two roads give one number."""

from datetime import timedelta
from itertools import combinations, permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.projections.test_timeline import few, record
from tests.strategies import DATES, DAY_ONE, LATE, sized, some
from tests.support import tally
from tests.support.client import Client, Fresh
from tests.support.profile import Party, answered, profile
from tests.support.store import first, later

CODES = ["GBR", "USA", "FRA", "UKR", "BEL"]
PARTIES: list[dict[str, str]] = [
    {"country": "GBR", "person": "Keir Starmer", "title": "Prime Minister", "role": "visitor"},
    {"country": "GBR", "organisation": "NATO", "role": "delegate"},
    {"country": "USA", "person": "Donald Trump", "role": "host"},
    {"country": "USA", "role": "visitor"},
    {"country": "FRA", "role": "host"},
    {"country": "FRA", "person": "Emmanuel Macron", "role": "participant"},
    {"country": "UKR", "person": "Volodymyr Zelenskyy", "role": "visitor"},
    {"country": "UKR", "person": "Zelensky", "title": "President", "role": "participant"},
    {"country": "BEL", "role": "visitor"},
    {"organisation": "NATO", "role": "host"},
    {"organisation": "EU", "person": "Ursula von der Leyen", "role": "visitor"},
    {"title": "leaders of other European nations, unnamed", "role": "participant"},
]
PERSONS = ["keir-starmer", "donald-trump", "emmanuel-macron", "volodymyr-zelensky", "ursula-von-der-leyen"]
EVERYBODY: list[Party] = [
    *(("country", code) for code in CODES),
    *(("organisation", code) for code in ("NATO", "EU")),
    *(("person", key) for key in PERSONS),
]
PATHS = {"country": "countries", "organisation": "organisations", "person": "people"}
DAYS = [f"{DAY_ONE + timedelta(days=number):%Y-%m-%d}" for number in range(7)]
FILTERS = ["", "&kind=visit", "&subject=RUS", "&q=visit", "&country=FRA&country=UKR"]
NARROW = ["&status=planned&status=occurred", "&from=2025-02-12&to=2025-03-01"]
"""They also narrow what has begun and what comes next, in the ways of a view."""

together = sized(st.sampled_from(PARTIES), 0, 5)
content = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["visit", "summit"]),
        "participants": together,
        "place": st.sampled_from([None, {"country": "FRA"}, {"country": "UKR"}, {"name": "Brussels"}]),
        "occurred": st.sampled_from([None, *({"edtf": date} for date in DATES)]),
        "subjects": some("RUS", "UKR"),
        "status": st.sampled_from(["occurred", "occurred", "ongoing", "planned", "cancelled"]),
    }
)


@st.composite
def gatherings(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Who met, one day after the other; some was corrected, confirmed or retracted later."""
    names = [f"case:{number}" for number in range(draw(st.integers(2, 6)))]
    days = st.sampled_from(DAYS)
    lines = [first(name, on=draw(days), **draw(content)) for name in names]
    for name in draw(st.lists(st.sampled_from(names), max_size=4)):
        corrected = later(name, "corrected", on=draw(days), changes={"participants": draw(together)})
        others = [later(name, kind, on=draw(days)) for kind in ("confirmed", "retracted", "reinstated")]
        lines.append(draw(st.sampled_from([corrected, *others])))
    return lines


def asked(data: st.DataObject, client: Client, filters: list[str]) -> str:
    """A query pinned to a moment, while the story went on or long after it."""
    as_of = data.draw(st.sampled_from(["", *(f"&as_of={day}" for day in DAYS), "&as_of=2025-04-01"]))
    position = data.draw(st.sampled_from(["", f"&position={data.draw(st.integers(0, client.head))}"]))
    return tally.pinned(client, f"{data.draw(st.sampled_from(filters))}{as_of}{position}".lstrip("&"))


def today(query: str) -> str:
    return query.partition("as_of=")[2][:10]


def matrix(client: Client, query: str) -> dict[tuple[str, str], int]:
    """Either way round; the rows in their order, and told apart by who else takes part."""
    rows = client.json(f"/api/relations?{query}")["results"]
    assert all(row["a"] < row["b"] and row["count"] == row["bilateral"] + row["multilateral"] for row in rows)
    order = [(-row["count"], row["a"], row["b"]) for row in rows]
    assert order == sorted(order)
    return {pair: row["count"] for row in rows for pair in permutations((row["a"], row["b"]))}


@few
@given(st.data())
def test_given_any_gatherings_when_related_then_all_roads_to_a_pair_give_one_number(fresh: Fresh, data: Any) -> None:
    with Client(fresh()) as client:
        client.clock.now = LATE
        record(client, data.draw(gatherings()))
        for query in {asked(data, client, FILTERS + NARROW) for _ in range(2)}:
            actions = tally.timeline(client, query)
            met = tally.done(actions) if "status=" not in query else actions
            assert matrix(client, query) == tally.pairs(met)
            for a, b in combinations(CODES, 2):
                assert_pair(client, query, met, a, b)


def assert_pair(client: Client, query: str, met: list[tally.Action], a: str, b: str) -> None:
    there, back = (client.json(f"/api/relations/{x}/{y}?{query}") for x, y in ((a, b), (b, a)))
    own = [action for action in met if {a, b} <= tally.countries(action)]
    went = tally.visits(met)
    assert there["count"] == len(own)
    assert {(row["key"],): row["count"] for row in there["by_month"]} == tally.counts(own, "month", ())
    assert {(row["visitor"], row["host"]): row["count"] for row in there["visits"]} == {
        pair: went[pair] for pair in ((a, b), (b, a))
    }
    assert there["actions"] == own
    assert there["actions_url"] is None if "country=" in query else client.json(there["actions_url"])["results"] == own
    alike = ("count", "by_month", "actions", "names")
    assert [back[name] for name in alike] == [there[name] for name in alike]
    assert back["visits"] == there["visits"][::-1]


@few
@given(st.data())
def test_given_any_gatherings_then_every_view_of_a_party_equals_a_plain_loop(fresh: Fresh, data: Any) -> None:
    with Client(fresh()) as client:
        client.clock.now = LATE
        record(client, data.draw(gatherings()))
        for query in {asked(data, client, FILTERS) for _ in range(2)}:
            assert_parties(client, query)


def assert_parties(client: Client, query: str) -> None:
    actions = tally.timeline(client, query)
    seen = {}
    for party in EVERYBODY[: len(CODES)] if "country=" in query else EVERYBODY:  # else one participant has to be both
        kind, key = party
        body = client.json(f"/api/{PATHS[kind]}/{key}?{query}")
        assert body[kind] == key
        seen[key] = answered(body)
        assert seen[key] == profile(actions, party, today(query))
    assert_mirrored(client, query, seen)


def assert_mirrored(client: Client, query: str, seen: dict[str, Any]) -> None:
    """What one country says of another, the other says of it, and so do the relations."""
    pairs = matrix(client, query)
    for a, b in permutations(CODES, 2):
        assert seen[a]["counterparts"].get(b, (0,))[0] == pairs.get((a, b), 0)
        assert seen[a]["counterparts"].get(b) == seen[b]["counterparts"].get(a)
        assert seen[a]["made"].get(b, 0) == seen[b]["received"].get(a, 0)
    rows = client.json(f"/api/countries?{query}")["results"]
    assert {row["country"]: row["count"] for row in rows if row["country"] in CODES} == {
        code: seen[code]["count"] for code in CODES if seen[code]["count"]
    }

"""The proof of what is counted: counts, facets, countries, relations, and the views of single parties."""

from urllib.parse import quote

import pytest

from domain.countries import COUNTRIES
from domain.fold import versions
from domain.people import key_of, person_name
from tests.proof.seen import Seen, same
from tests.support import tally
from tests.support.model import Action, Query
from tests.support.profile import Party, answered, profile

INTERVALS = (None, "day", "week", "month", "year")
CODES = ["GBR", "USA", "FRA", "UKR", "BEL"]
ORGANISATIONS = ["NATO", "EU", "UN"]
PERSONS = ["keir-starmer", "donald-trump", "volodymyr-zelensky", "ursula-von-der-leyen", "nobody-at-all"]


def counts(seen: Seen) -> None:
    """By any period and any groups, uncertain dates shared out or not."""
    query, interval, spread = seen.query(), seen.random.choice(INTERVALS), seen.random.random() < 0.5
    groups = tuple(seen.random.sample(tally.GROUPS, seen.random.randint(0, 2)))
    given = {"interval": interval, "group_by": ",".join(groups), "spread": "true" if spread else ""}
    asked = {**query, **{name: [text] for name, text in given.items() if text}}
    expected = dict(tally.counts(seen.shown(query), interval, groups, spread)) or tally.nothing(interval, groups)
    found = tally.rows_of_counts(seen.results("/api/counts", asked), groups)
    same(found, pytest.approx(expected, abs=1e-6) if spread else expected)


def facets(seen: Seen) -> None:
    query = seen.query()
    shown, body = seen.shown(query), seen.body("/api/facets", query)
    same(body["total"], {"value": len(shown)})
    same(body["results"].keys(), set(tally.GROUPS))
    for name, rows in body["results"].items():
        assert [(row["key"], row["count"]) for row in rows] == ranked(shown, name)


def ranked(actions: list[Action], group: str) -> list[tuple[str, float]]:
    """The most frequent first."""
    found = [(value, number) for (_, value), number in tally.counts(actions, None, [group]).items()]
    return sorted(found, key=lambda row: (-row[1], row[0]))


def countries(seen: Seen) -> None:
    query = seen.query()
    rows = [
        {"country": code, "name": COUNTRIES[code].name, "count": number}
        for code, number in ranked(seen.shown(query), "country")
    ]
    same(seen.results("/api/countries", query), rows)


def country(seen: Seen) -> None:
    _party(seen, "countries", ("country", seen.random.choice(CODES)))


def organisation(seen: Seen) -> None:
    _party(seen, "organisations", ("organisation", seen.random.choice(ORGANISATIONS)))


def person(seen: Seen) -> None:
    _party(seen, "people", ("person", seen.random.choice(PERSONS)))


def _party(seen: Seen, path: str, party: Party) -> None:
    kind, key = party
    query = seen.query()
    expected = profile(seen.actions, party, query)
    if kind == "person" and not person_name(key) and not _ever_known(seen, key):
        same(seen.get(f"/api/{path}/{key}", query).status_code, 404)
        return
    body = seen.body(f"/api/{path}/{key}", query)
    same(body[kind], key)
    same(answered(body), expected)


def _ever_known(seen: Seen, person: str) -> bool:
    """At any position up to this one, by this moment of the reported clock."""
    held = [facts[:number] for facts in seen.held.values() for number in range(1, len(facts) + 1)]
    known = (version.state for facts in held for version in versions(facts) if version.known_from <= seen.at)
    parties = (party for state in known for party in state.content["participants"] if party.person)
    return any(key_of(party.person, party.title) == person for party in parties)


def relations(seen: Seen) -> None:
    query = seen.query()
    rows, met = seen.results("/api/relations", query), seen.begun(query)
    alone = tally.pairs(action for action in met if len(tally.countries(action)) == 2)
    same(tally.matrix(rows), tally.pairs(met))
    assert all(row["bilateral"] == alone[row["a"], row["b"]] for row in rows)


def relation(seen: Seen) -> None:
    query = seen.query()
    a, b = seen.random.sample(CODES, 2)
    body, own = seen.body(f"/api/relations/{quote(a)}/{b}", query), _together(seen, query, a, b)
    went = tally.visits(seen.begun(query))
    same((body["a"], body["b"], body["count"], body["actions"]), (a, b, len(own), own))
    assert {(row["key"],): row["count"] for row in body["by_month"]} == tally.counts(own, "month", ())
    assert [row["count"] for row in body["visits"]] == [went[a, b], went[b, a]]
    if seen.when:
        same(seen.json(body["actions_url"])["results"], own)


def _together(seen: Seen, query: Query, a: str, b: str) -> list[Action]:
    """Whoever the query names takes part besides."""
    return [action for action in seen.begun(query) if {a, b} <= tally.countries(action)]

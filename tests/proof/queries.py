"""Random queries over the small pools of tests/strategies.py; random moments, in every way to ask for (K, N)."""

from datetime import datetime, timedelta
from random import Random

from domain.events import OUTCOMES, STATUSES, Fact
from domain.instants import parse_instant, write_instant
from domain.parties import ROLES
from tests.support.model import Query
from tests.support.oracle import breakpoints

DAYS = ["2024-12-31", "2025-02-01", "2025-02-12", "2025-02-13", "2025-02-14", "2025-02-16", "2025-12-31", "2030-01-01"]
POOLS: dict[str, list[str]] = {
    "country": ["GBR", "UK", "us", "FRA", "Ukraine"],
    "role": [*ROLES[:4], "speaker"],
    "organisation": ["NATO", "Nato", "EU"],
    "person": ["Keir Starmer", "KEIR  stármer", "Donald Trump", "Starmer", "Trump Donald", "Zelenskiy"],
    "party": ["country:UK", "country:USA", "organisation:Nato", "person:keir-starmer", "person:donald-trump"],
    "kind": ["visit", "summit", "statement", "call"],
    "status": [*STATUSES],
    "outcome": [*OUTCOMES],
    "topic": ["ukraine", "defence-spending", "Ukraine"],
    "publisher": ["Reuters", "AFP", "dpa"],
    "subject": ["UKR", "Russian Federation", "GBR"],
    "source_ref": ["case:0", "case:1", "case:9"],
    "q": ["starmer", "ELYSEE paris", "visit washington", "security", "secur", "1 b", "backstop", "us backstop"],
}
SINGLE: dict[str, list[str]] = {"from": DAYS, "to": DAYS, "date_match": ["overlap", "within"], "match": ["any", "all"]}
MICROSECOND = timedelta(microseconds=1)


def filters(random: Random, most: int) -> Query:
    """None to `most` filters, each with one to three values."""
    query: Query = {}
    for name in random.sample([*POOLS, *SINGLE], random.randint(0, most)):
        pool = POOLS.get(name)
        query[name] = random.sample(pool, random.randint(1, 3)) if pool else [random.choice(SINGLE[name])]
    if {"from", "to"} <= query.keys():
        query["from"], query["to"] = sorted([query["from"], query["to"]])
    return query


def clocks(random: Random, facts: list[Fact]) -> Query:
    """Which of as_of, position and recorded_by are given, and what they are: mostly at or beside a change."""
    changes = breakpoints(facts) or [parse_instant("2025-02-10T00:00:00Z")]
    recorded, head = [fact.recorded_at for fact in facts] or changes, facts[-1].position if facts else 0
    as_of = random.choice(changes) + random.choice([-1, 0, 0, 1]) * MICROSECOND
    given = {
        "as_of": random.choice([write_instant(as_of)] * 5 + [as_of.date().isoformat()]),
        "position": str(random.choice([head, random.randint(0, head)])),
        "recorded_by": write_instant(random.choice(recorded) - random.choice([0, 1]) * MICROSECOND),
    }
    ways = [["as_of", "position"]] * 5 + [["as_of"]] * 4 + [["position"], ["recorded_by"], ["as_of", "recorded_by"], []]
    return {name: [given[name]] for name in random.choice(ways)}


def moment(query: Query, facts: list[Fact], now: datetime) -> tuple[datetime, int]:
    """K and N of a query, as CONTRACT.md has them, at a server whose clock says `now`."""
    given = {name: values[0] for name, values in query.items()}
    head = facts[-1].position if facts else 0
    position, alone = head, max([now, *(fact.recorded_at for fact in facts)])
    if by := given.get("recorded_by"):
        alone = _instant(by)
        position = max((fact.position for fact in facts if fact.recorded_at <= alone), default=0)
    elif "position" in given:
        position = int(given["position"])
        held = [fact.recorded_at for fact in facts if fact.position <= position]
        alone = max(held, default=parse_instant("0001-01-01T00:00:00Z"))
    return _instant(given["as_of"]) if "as_of" in given else alone, position


def _instant(text: str) -> datetime:
    """A day means its last microsecond."""
    return parse_instant(text if "T" in text else f"{text}T23:59:59.999999Z")

"""What countries, relations and counts must answer: plain loops over the actions of a timeline, as the API gives them.

Nothing of projections/ and service/ is used here; who a person is is asked of domain/people.py.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import permutations, product
from typing import Any
from urllib.parse import urlencode

import orjson

from domain.people import key_of
from tests.support.client import Client

Action = dict[str, Any]
DONE = ("ongoing", "occurred")
OF_PARTIES = ("country", "organisation", "person", "role")
OF_ACTIONS = ("kind", "status", "outcome", "topic", "publisher", "subject")
GROUPS = (*OF_PARTIES, *OF_ACTIONS)


def timeline(client: Client, query: str = "") -> list[Action]:
    """Every action that the query leaves."""
    answer = client.get(f"/api/timeline.ndjson?{query}")
    assert answer.status_code == 200, answer.text
    return [orjson.loads(line) for line in answer.content.splitlines()]


def pinned(client: Client, query: str = "") -> str:
    """The query at the moment that the timeline answers it for."""
    answer = client.json(f"/api/timeline?limit=1&{query}")
    clocks = ("as_of", "position", "recorded_by")
    kept = [part for part in query.split("&") if part and part.partition("=")[0] not in clocks]
    return "&".join([*kept, f"as_of={answer['as_of']}", f"position={answer['position']}"])


def day(action: Action) -> str | None:
    found: str | None = action["occurred"]["earliest"] or action["occurred"]["latest"]
    return found


def of_party(party: Action, name: str) -> str | None:
    if name == "person":
        return key_of(party["person"], party["title"]) if party["person"] else None
    value: str | None = party[name]
    return value


def values(action: Action, name: str) -> set[str]:
    """The values that an action has in a group of its own."""
    if name == "publisher":
        return {report["publisher"] for report in action["reports"]}
    found = action[{"topic": "topics", "subject": "subjects"}.get(name, name)]
    return set(found) if isinstance(found, list) else {found} - {None}


def grouped(action: Action, groups: Iterable[str]) -> set[tuple[str, ...]]:
    """Every combination of values; those of participants are of one and the same participant."""
    found = set()
    for party in action["participants"] if set(groups) & set(OF_PARTIES) else [{}]:
        own = [({of_party(party, name)} - {None}) if name in OF_PARTIES else values(action, name) for name in groups]
        found |= set(product(*own))
    return found


def period(day: str, interval: str) -> str:
    """Of a day from the year 1000 on."""
    written = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}
    return date.fromisoformat(day).strftime(written[interval])


def periods(action: Action, interval: str | None, spread: bool = False) -> dict[str | None, float]:
    """The share of an action that falls in each period, day by day."""
    found, first = action["occurred"], day(action)
    if first is None or interval is None:
        return {None: 1}
    last = (found["latest"] if spread else None) or first
    days = list(_days(date.fromisoformat(first), date.fromisoformat(last)))
    return {name: number / len(days) for name, number in Counter(period(one, interval) for one in days).items()}


def _days(first: date, last: date) -> Iterator[str]:
    return ((first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1))


def counts(
    actions: Iterable[Action], interval: str | None, groups: Iterable[str], spread: bool = False
) -> Counter[Any]:
    """(period, value, ...) -> how many."""
    found: Counter[Any] = Counter()
    for action in actions:
        for name, share in periods(action, interval, spread).items():
            for group in grouped(action, groups):
                found[name, *group] += share
    return found


def countries(action: Action) -> set[str]:
    return {party["country"] for party in action["participants"]} - {None}


def done(actions: Iterable[Action]) -> list[Action]:
    return [action for action in actions if action["status"] in DONE]


def pairs(actions: Iterable[Action]) -> Counter[tuple[str, str]]:
    """(a, b), either way round -> in how many actions both take part."""
    return Counter(pair for action in actions for pair in permutations(countries(action), 2))


def visits(actions: Iterable[Action]) -> Counter[tuple[str, str]]:
    """(visitor, host) -> visits; without a host the place receives."""
    found: Counter[tuple[str, str]] = Counter()
    for action in actions:
        parties = action["participants"]
        hosts = {party["country"] for party in parties if party["role"] == "host"} - {None}
        place = {(action["place"] or {}).get("country")} - {None}
        guests = {party["country"] for party in parties if party["role"] == "visitor"} - {None}
        found.update((guest, host) for guest, host in product(guests, hosts or place) if guest != host)
    return found


def keyed(rows: Iterable[Action]) -> dict[Any, float]:
    """Rows of key and count; every key once."""
    listed = list(rows)
    found = {row["key"]: row["count"] for row in listed}
    assert len(found) == len(listed)
    return found


def counted(client: Client, query: str, interval: str | None, groups: tuple[str, ...] = (), **more: str) -> Action:
    """(period, value, ...) -> count, as the API answers; every row once and in order."""
    given = {"interval": interval, "group_by": ",".join(groups), **more}
    address = f"/api/counts?{query}&{urlencode({name: value for name, value in given.items() if value})}"
    return rows_of_counts(client.json(address)["results"], groups)


def rows_of_counts(rows: list[Action], groups: tuple[str, ...]) -> Action:
    keys = [(row["period"], *(row[name] for name in ("group", "group2")[: len(groups)])) for row in rows]
    assert keys == sorted(set(keys), key=lambda key: (key[0] is None, key[0] or "", key[1:]))
    return dict(zip(keys, (row["count"] for row in rows), strict=True))


def nothing(interval: str | None, groups: tuple[str, ...]) -> Action:
    """What is counted where there is nothing: one number in all is 0, else there is no row."""
    return {} if interval or groups else {(None,): 0}


def matrix(rows: list[Action]) -> dict[tuple[str, str], int]:
    """Relations either way round; the rows in their order, and told apart by who else takes part."""
    assert all(row["a"] < row["b"] and row["count"] == row["bilateral"] + row["multilateral"] for row in rows)
    order = [(-row["count"], row["a"], row["b"]) for row in rows]
    assert order == sorted(order)
    return {pair: row["count"] for row in rows for pair in permutations((row["a"], row["b"]))}

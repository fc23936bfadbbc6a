"""What the view of one country, organisation or person must answer: a plain loop over the actions of a timeline."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from statistics import median_low
from typing import Any

from tests.support.model import Query, fits
from tests.support.tally import Action, countries, day, done, of_party, visits

Party = tuple[str, str]
"""What it is - country, organisation, person - and its key."""


def parts(action: Action, party: Party, role: str | None = None) -> list[Action]:
    """The participants that are the party or stand for it."""
    kind, key = party
    return [one for one in action["participants"] if of_party(one, kind) == key and role in (None, one["role"])]


def profile(actions: list[Action], party: Party, query: Query | None = None) -> dict[str, Any]:
    """Of all actions those of the party that a query leaves, and for a country the visits to it, too.

    Without a query the actions are what one has left.
    """
    own = of(actions, party, query)
    left = own if _of_its_own(party, query) else [action for action in actions if query is None or fits(action, query)]
    begun = list if query and "status" in query else done
    return {
        "count": len(own),
        "by_kind": Counter(action["kind"] for action in own),
        "by_role": Counter(role for action in own for role in {one["role"] for one in parts(action, party)}),
        "by_year": Counter(year_of(action) for action in own),
        "by_outcome": Counter(action["outcome"] for action in own if action["outcome"]),
        "announced": {outcome: promised(own, outcome) for outcome in ("open", "met", "lapsed", "cancelled")},
        "counterparts": counterparts(begun(own), party),
        "made": made(begun(own), party),
        "received": received(begun(left), party),
        **course(actions, party, query),
    }


def _of_its_own(party: Party, query: Query | None) -> bool:
    """Whether only what the party takes part in is looked at; a country receives visits without taking part itself."""
    named = {} if query is None or "country" in query else query.keys() & {"role", "organisation", "person"}
    return party[0] != "country" or bool(named)


def of(actions: Iterable[Action], party: Party, query: Query | None) -> list[Action]:
    """What a query leaves of a party; one that names others of its kind asks for what it does together with them."""
    kind, key = party
    if query is None or kind in query:
        return [action for action in actions if parts(action, party) and (query is None or fits(action, query))]
    return [action for action in actions if fits(action, {**query, kind: [key]})]


def year_of(action: Action) -> str | None:
    found = day(action)
    return found[:4] if found else None


def counterparts(actions: Iterable[Action], party: Party) -> dict[str, tuple[int, str | None]]:
    """Country -> (how many, the last day); without those that the party stands for in the same action."""
    found: dict[str, list[str]] = {}
    for action in actions:
        for country in countries(action) - {one["country"] for one in parts(action, party)}:
            found.setdefault(country, []).append(day(action) or "")
    return {country: (len(days), max(days) or None) for country, days in found.items()}


def hosts(action: Action) -> set[str]:
    """The countries that receive: those that host it, else the one it takes place in."""
    found = {one["country"] for one in action["participants"] if one["role"] == "host"} - {None}
    return found or {(action["place"] or {}).get("country")} - {None}


def made(actions: Iterable[Action], party: Party) -> Counter[str]:
    found: Counter[str] = Counter()
    for action in actions:
        guests = [one["country"] for one in parts(action, party, "visitor")]
        found.update(host for host in hosts(action) if any(guest != host for guest in guests))
    return found


def received(actions: list[Action], party: Party) -> Counter[str]:
    if party[0] == "country":
        here = visits(action for action in actions if party[1] in hosts(action))
        return Counter({guest: number for (guest, host), number in here.items() if host == party[1]})
    found: Counter[str] = Counter()
    for action in actions:
        homes = {one["country"] or (action["place"] or {}).get("country") for one in parts(action, party, "host")}
        guests = {one["country"] for one in action["participants"] if one["role"] == "visitor"} - {None}
        found.update(guest for guest in guests if homes - {guest})
    return found


def promised(own: list[Action], outcome: str) -> tuple[int, list[int] | None]:
    """How many have the outcome, and the fewest, the median and the most days from the word to the day it named."""
    found = [action for action in own if action["outcome"] == outcome]
    ahead = [
        (date.fromisoformat(named) - date.fromisoformat(action["known_from"][:10])).days
        for action in found
        if (named := day(action))
    ]
    return len(found), [min(ahead), median_low(ahead), max(ahead)] if ahead else None


def course(actions: list[Action], party: Party, query: Query | None) -> dict[str, Any]:
    """The first, the last and the next action, and what lapsed; by day and id."""
    dated = _in_order(of(actions, party, query))
    coming = [action for action in dated if (action["status"], action["outcome"]) == ("planned", "open")]
    lapsed = [action for action in dated if action["outcome"] == "lapsed"]
    return {
        "first": dated[0] if dated else None,
        "last": dated[-1] if dated else None,
        "next_planned": coming[0] if coming else None,
        "lapsed": lapsed[::-1][:20],
    }


def _in_order(actions: Iterable[Action]) -> list[Action]:
    return sorted((action for action in actions if day(action)), key=lambda action: (day(action), action["id"]))


def answered(body: dict[str, Any]) -> dict[str, Any]:
    """The same of an answer; every key once, and every list in order of its counts."""
    lists = {name: body[name] for name in ("by_kind", "by_role", "by_year", "by_outcome")} | body["visits"]
    names = ("count", "first", "last", "next_planned", "lapsed")
    found = {name: _keyed(rows, ranked=name != "by_year") for name, rows in lists.items()}
    told = {row["outcome"]: (row["count"], row["ahead"] and list(row["ahead"].values())) for row in body["announced"]}
    met = {row["key"]: (row["count"], row["last"]) for row in body["counterparts"]}
    _keyed(body["counterparts"], ranked=True)
    return {**found, "announced": told, "counterparts": met, **{name: body[name] for name in names}}


def _keyed(rows: list[Action], ranked: bool) -> dict[Any, int]:
    order = [(-row["count"] if ranked else 0, row["key"] is None, row["key"] or "") for row in rows]
    assert order == sorted(set(order))
    return {row["key"]: row["count"] for row in rows}

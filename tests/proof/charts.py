"""The proof of the charts: the numbers drawn are those of plain loops."""

from collections import Counter
from datetime import date
from typing import Any

from tests.proof.numbers import INTERVALS, ranked
from tests.proof.seen import Seen, same
from tests.support import tally
from tests.support.model import Action, Query


def activity(seen: Seen) -> None:
    """The bars hold the counts by period, family of kinds and state."""
    query, interval = seen.query(), seen.random.choice(INTERVALS)
    figure = _drawn(seen, "activity", {**query, **({"interval": [interval]} if interval else {})})
    shown, meta = seen.shown(query), figure["layout"]["meta"]
    same(meta["total"], len(shown))
    dated = [action for action in shown if tally.day(action)]
    found: Counter[Any] = Counter()
    for trace in figure["data"]:
        for period, number in zip(trace["meta"]["periods"], trace["y"], strict=True):
            found[period, trace["meta"]["state"]] += number
    expected = Counter((tally.period(tally.day(one) or "", meta["interval"]), _state(one)) for one in dated)
    same(found, expected)
    assert not dated or meta["undated"] == len(shown) - len(dated)


def knowledge(seen: Seen) -> None:
    """The bars hold how many became known in a period, by how long after they happened."""
    query, interval = seen.query(), seen.random.choice(INTERVALS[1:])
    figure = _drawn(seen, "knowledge", {**query, "interval": [interval]})
    found: Counter[Any] = Counter()
    for trace in figure["data"]:
        if trace["type"] == "bar":
            for period, number in zip(trace["meta"]["periods"], trace["y"], strict=True):
                found[period, trace["meta"]["lag"]] += number
    shown = seen.shown(query)
    same(found, Counter((tally.period(one["known_from"][:10], interval), _lag(one)) for one in shown))


def _lag(action: Action) -> str:
    if (named := tally.day(action)) is None:
        return "undated"
    days = (date.fromisoformat(action["known_from"][:10]) - date.fromisoformat(named)).days
    reach = {"ahead": -1, "day": 0, "week": 7, "month": 31, "year": 366}
    return next((name for name, most in reach.items() if days <= most), "later")


def _state(action: Action) -> str:
    status = action["status"]
    return "done" if status in tally.DONE else "planned" if status in ("planned", "postponed") else "called off"


def relations(seen: Seen) -> None:
    """Cells hold what /api/relations counts, of the countries that take part in most actions."""
    query, pairs, members, most = _together(seen)
    figure = _drawn(seen, "relations", {**query, "most": [str(most)]})
    if not members:
        same(figure["data"], [])
        return
    [heat] = figure["data"]
    same((heat["x"], heat["y"]), (members[:most], members[:most]))
    same(figure["layout"]["meta"]["countries_left_out"], len(members[most:]))
    cells = {(a, b): heat["text"][row][column] for row, a in enumerate(heat["y"]) for column, b in enumerate(heat["x"])}
    same(cells, {pair: str(pairs[pair] or "") for pair in cells})


def network(seen: Seen) -> None:
    """Lines hold the same, of the same countries."""
    query, pairs, members, most = _together(seen)
    meta = _drawn(seen, "network", {**query, "most": [str(most)]})["layout"]["meta"]
    same(sorted(meta.get("countries", [])), sorted(members[:most]))
    found = {(a, b): number for a, b, number in meta.get("pairs", [])}
    same(found, {(a, b): pairs[a, b] for a, b in pairs if a < b and {a, b} <= set(members[:most])})


def _together(seen: Seen) -> tuple[Query, Counter[tuple[str, str]], list[str], int]:
    """A query, its pairs, the countries in them by how active they are, and how many of those to draw."""
    query, most = seen.query(), seen.random.choice([1, 2, 14])
    pairs = tally.pairs(seen.begun(query))
    members = [code for code, _ in ranked(seen.shown(query), "country") if any(code in pair for pair in pairs)]
    return query, pairs, members, most


def framed(seen: Seen) -> None:
    """The page around a chart holds its figure, or asks for it."""
    assert seen.get("/api/charts/activity.html", seen.query(most=1)).status_code == 200


def world(seen: Seen) -> None:
    """Circles hold what /api/countries counts, lines the visits."""
    query = seen.query()
    meta = _drawn(seen, "map", query)["layout"]["meta"]
    went = tally.visits(seen.begun(query))
    active = dict(ranked(seen.shown(query), "country"))
    assert {code: number for code, number in zip(meta.get("countries", []), meta.get("counts", []), strict=True)} == {
        **{host: 0 for _, host in went},
        **active,
    }
    assert {(visitor, host): number for visitor, host, number in meta.get("visits", [])} == went


def timeline(seen: Seen) -> None:
    """The marks are the actions with a date, and those without are listed apart; lanes count what stands in them."""
    query, by = seen.query(), seen.random.choice(["country", "kind", "organisation", "topic"])
    shown, meta = (
        seen.shown(query),
        _drawn(seen, "timeline", {**query, "lanes": [by]})["layout"]["meta"],
    )
    dated = [action for action in shown if tally.day(action)]
    assert sorted((one["id"], one["kind"], one["title"]) for one in meta["actions"]) == sorted(map(_mark, dated))
    assert sorted((one["id"], one["kind"], one["title"]) for one in meta["undated"]) == sorted(
        _mark(action) for action in shown if action not in dated
    )
    if not {"from", "to", by} & query.keys():
        same(meta["total"], len(dated))
        assert {lane["key"]: lane["count"] for lane in meta["lanes"] if lane["key"]} == dict(ranked(dated, by))


def _mark(action: Action) -> tuple[str, str, str]:
    return action["id"], action["kind"], action["title"]


def _drawn(seen: Seen, name: str, query: Query) -> Any:
    answer = seen.get(f"/api/charts/{name}", query)
    assert answer.status_code == 200, answer.text
    return answer.json()

"""The proof of what looks back: the facts of an action, one publisher's word, differences, days of change, the log."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.events import Fact, Reported
from domain.instants import parse_instant, write_instant
from tests.proof.seen import Seen, same
from tests.proof.telling import NEVER, logged
from tests.support import feed as feeds
from tests.support import model
from tests.support.model import Action, Query
from tests.support.oracle import breakpoints, known, known_since

PLACE = ("id", "source_ref", "recorded_at", "version", "position")
"""What is not compared of an action."""


def history(seen: Seen) -> None:
    """Every fact that was held of an action, once it is known; what is said of each rests on facts that are held."""
    id = _some(seen)
    held = seen.held.get(id, [])
    since = known_since(held)
    if since is None or seen.at < since:
        assert seen.get(f"/api/actions/{id}/history").status_code == 404
        return
    body = seen.body(f"/api/actions/{id}/history")
    rows = [logged(fact) for fact in held]
    same([{name: row[name] for name in own} for row, own in zip(body["results"], rows, strict=True)], rows)
    known_by_then = {fact.position for fact in held if fact.clock <= seen.at or isinstance(fact.payload, Reported)}
    same({row["position"] for row in body["results"] if row["effect"] != "later"}, known_by_then)
    assert {by for row in body["results"] for by in row["by"]} <= known_by_then
    told = {name: made["fact"] and made["fact"]["position"] for name, made in body["fields"].items()}
    assert {position for position in told.values() if position} <= known_by_then
    same(told["known_from"], min((fact for fact in held if _tells(fact)), key=_place).position)
    heard = [row["position"] for row in body["results"] for one in row["changed"] if one["field"] == "known_from"]
    same(heard, [told["known_from"]])


def _some(seen: Seen) -> UUID:
    return seen.random.choice([*{fact.action for fact in seen.facts}, NEVER])


def _tells(fact: Fact) -> bool:
    return fact.payload.type in ("reported", "corroborated")


def _place(fact: Fact) -> tuple[datetime, int]:
    return fact.clock, fact.position


def according(seen: Seen) -> None:
    """The publisher of the first report, by its own facts alone."""
    held = seen.held.get(_some(seen), [])
    if not held or seen.at < (known_since(held) or seen.at):
        return
    publisher = held[0].payload.report.publisher
    own = [fact for fact in held if (report := getattr(fact.payload, "report", None)) and report.publisher == publisher]
    state = known(own, seen.at, seen.position)
    answer = seen.get(f"/api/actions/{own[0].action}", {"according_to": [publisher]})
    assert answer.status_code == (200 if state else 404)
    assert state is None or answer.content == model.as_bytes(model.plain(state))


def log(seen: Seen) -> None:
    """From any position on to the end, page by page; what was not public yet is left out."""
    after = seen.random.randint(0, seen.position)
    expected = [logged(fact) for fact in seen.facts if after < fact.position <= seen.position and fact.clock <= seen.at]
    page = seen.body("/api/events", {"after": [str(after)], "limit": [seen.random.choice(["2", "3", "100"])]})
    found = page["results"]
    while page["next"]:
        page = seen.json(page["next"])
        found += page["results"]
    same(found, expected)


def differences(seen: Seen) -> None:
    """Between an earlier moment and this one: what came, what went, and each field that is another one."""
    query, by_date = seen.query(), seen.random.random() < 0.5
    asked = {f"occurred_{name}" if name in ("from", "to") else name: values for name, values in query.items()}
    if by_date:
        moments = [parse_instant("0001-01-01T00:00:00Z"), *breakpoints(seen.facts)]
        start = seen.random.choice([at for at in moments if at <= seen.at])
        clocks = {"from": write_instant(start), "to": write_instant(seen.at), "position": str(seen.position)}
        before = model.actions(seen.facts, start, seen.position)
    else:
        first = seen.random.randint(0, seen.position)
        at = write_instant(seen.at)
        clocks = {"from_position": str(first), "to_position": str(seen.position), "as_of": at}
        before = model.actions(seen.facts, seen.at, first)
    limit = seen.random.choice(["1", "3", "100"])
    pages = _pages(seen, {**asked, **{name: [text] for name, text in clocks.items()}, "limit": [limit]})
    was, now = ({one["id"]: one for one in model.timeline(side, query)} for side in (before, seen.actions))
    later = {one["id"]: one for one in seen.actions}
    same(_moved(pages, "added"), _by_id(now[id] for id in now.keys() - was.keys()))
    same(_moved(pages, "withdrawn"), _by_id(later[id] for id in was.keys() - now.keys()))
    rows = [(one["id"], one["field"], one["before"], one["after"]) for page in pages for one in page["changed"]]
    fields = [_fields(was[id], now[id]) for id in sorted(was.keys() & now.keys())]
    same(sorted(rows, key=_named), sorted((row for own in fields for row in own), key=_named))
    for fact in (one["fact"] for page in pages for side in SIDES for one in page[side] if one["fact"]):
        assert by_date or first < fact["position"] <= seen.position
        assert not by_date or start < parse_instant(fact["reported_at"]) <= seen.at


SIDES = ("added", "changed", "withdrawn")


def _pages(seen: Seen, query: Query) -> list[dict[str, Any]]:
    pages = [seen.json(seen.address("/api/diff", query, at=False))]
    while pages[-1]["next"]:
        pages.append(seen.json(pages[-1]["next"]))
    return pages


def _moved(pages: list[dict[str, Any]], side: str) -> list[Action]:
    rows = (one for page in pages for one in page[side])
    return _by_id({name: value for name, value in one.items() if name not in ("why", "fact", "report")} for one in rows)


def _by_id(actions: Iterable[Action]) -> list[Action]:
    return sorted(actions, key=lambda action: str(action["id"]))


def _fields(was: Action, now: Action) -> list[tuple[str, str, Any, Any]]:
    return [(was["id"], name, was[name], now[name]) for name in was if name not in PLACE and was[name] != now[name]]


def _named(row: tuple[str, str, Any, Any]) -> tuple[str, str]:
    return row[:2]


def changes(seen: Seen) -> None:
    """The days on which a view differs from that of the day before are all there."""
    query = seen.query(most=1)
    rows = {row["day"]: row["count"] for row in seen.results("/api/changes", query)}
    same(list(rows), sorted(rows))
    for day in {at.astimezone(UTC).date() for at in breakpoints(seen.facts) if at <= seen.at}:
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        sides = (midnight - MICROSECOND, min(seen.at, midnight + timedelta(days=1) - MICROSECOND))
        was, now = (
            {one["id"]: one for one in model.timeline(model.actions(seen.facts, at, seen.position), query)}
            for at in sides
        )
        turned = sum(was.get(id) != now.get(id) for id in was.keys() | now.keys())
        assert rows.get(day.isoformat(), 0) >= turned, (day, rows, turned)


MICROSECOND = timedelta(microseconds=1)


def feed(seen: Seen) -> None:
    """Each change of what the filters leave, the newest first, page by page."""
    query = seen.query(most=1)
    address: str | None = seen.address("/api/timeline.atom", {**query, "limit": [seen.random.choice(["3", "100"])]})
    found = []
    while address:
        content = seen.client.fetch(address).content
        found += [entry.change for entry in feeds.read(content)]
        address = feeds.link(content, "next")
    same(found, feeds.expected(seen.facts, query, seen.at, seen.position))


def timemap(seen: Seen) -> None:
    """The last fact of each day of recording."""
    last = {fact.recorded_at.date(): fact.position for fact in seen.facts}
    lines = seen.client.fetch("/api/timemap/timeline").text.splitlines()
    found = [int(line.partition("position=")[2].partition("&")[0]) for line in lines if 'rel="memento"' in line]
    same(found, list(last.values())[:100])

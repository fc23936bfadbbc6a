"""The proof of the timeline in all its formats, and of single actions."""

import csv
import io
from uuid import UUID

from domain.instants import write_instant
from domain.people import key_of
from tests.proof.seen import Seen, same
from tests.proof.telling import NEVER
from tests.support import model
from tests.support.model import Action, Query


def timeline(seen: Seen) -> None:
    """Page by page, to the byte."""
    limit = seen.random.choice([1, 2, 3, 500])
    query = {**seen.query(most=4), "sort": [seen.random.choice(["date", "-date"])], "limit": [str(limit)]}
    rest = expected = [model.as_bytes(action) for action in seen.shown(query)]
    counted = seen.random.choice([{}, {"count": ["true"]}])
    answer = seen.get("/api/timeline", {**query, **counted})
    while True:
        page, rest = rest[:limit], rest[limit:]
        head = f'],"as_of":"{write_instant(seen.at)}","position":{seen.position},'.encode()
        assert answer.content.startswith(b'{"results":[' + b",".join(page) + head), (answer.text, page)
        assert answer.json().get("total") == ({"value": len(expected)} if counted else None)
        assert "permalink" in answer.links and ("next" in answer.links) == bool(rest)
        if not (following := answer.json()["next"]):
            break
        answer = seen.client.fetch(following)
    assert not rest
    last, pinned = answer.json(), seen.json(answer.links["permalink"]["url"])
    assert all(pinned[name] == last[name] for name in ("results", "as_of", "position"))


def ndjson(seen: Seen) -> None:
    """Everything, whatever its status."""
    query = {"status": model.STATUSES, "sort": [seen.random.choice(["date", "-date"])]}
    expected = b"".join(model.as_bytes(action) + b"\n" for action in seen.shown(query))
    same(seen.get("/api/timeline.ndjson", query).content, expected)


def table(seen: Seen) -> None:
    query = seen.query(most=2)
    rows = list(csv.reader(io.StringIO(seen.get("/api/timeline.csv", query).text, newline="")))
    expected = [_row(action) for action in seen.shown(query)]
    assert rows[1:] == [list(row.values()) for row in expected]
    assert not expected or rows[0] == list(expected[0])


def _row(action: Action) -> dict[str, str]:
    occurred, place, parties = action["occurred"], action["place"] or {}, action["participants"]
    named = [", ".join(filter(None, (one[name] for name in _NAMED))) + f" ({one['role']})" for one in parties]
    cells = {
        **{name: action[name] for name in ("id", "kind", "status", "outcome", "reason", "title", "summary", "quote")},
        "conditions": action["conditions"],
        **{name: occurred[name] for name in ("edtf", "earliest", "latest", "basis")},
        "place": place.get("name"),
        "place_country": place.get("country"),
        "participants": named,
        "countries": dict.fromkeys(one["country"] for one in parties if one["country"]),
        **{name: action[name] for name in ("subjects", "topics")},
        "publishers": dict.fromkeys(report["publisher"] for report in action["reports"]),
        "urls": [report["url"] for report in action["reports"] if report["url"]],
        **{name: action[name] for name in ("source_ref", "known_from", "recorded_at", "version", "position")},
    }
    return {
        name: str(cell or "") if isinstance(cell, str | int | None) else "; ".join(cell) for name, cell in cells.items()
    }


_NAMED = ("person", "title", "country", "organisation")


def action(seen: Seen) -> None:
    """One of all that were ever recorded, or none: as it is, as a redirection, or as nothing."""
    id = seen.random.choice([*{fact.action for fact in seen.facts}, NEVER])
    [state] = [one for one in seen.actions if one["id"] == str(id)] or [None]
    answer = seen.get(f"/api/actions/{id}")
    if state is None:
        same(answer.status_code, 404)
        return
    if state["merged_into"]:
        same((answer.status_code, answer.headers["cache-control"]), (308, "no-store"))
        path, _, query = answer.headers["location"].partition("?")
        same((path, query), (f"/api/actions/{state['merged_into']}", seen.address("").removeprefix("?")))
        answer = seen.get(f"/api/actions/{id}", {"redirect": ["no"]})
    same(answer.content, model.as_bytes(state))
    assert answer.headers["etag"].startswith(f'"{state["version"]}-')
    again = seen.get(f"/api/actions/{id}", {"redirect": ["no"]}, if_none_match=answer.headers["etag"])
    same((again.status_code, again.content), (304, b""))


def similar(seen: Seen) -> None:
    if not seen.actions:
        same(seen.get(f"/api/actions/{NEVER}/similar").status_code, 404)
        return
    state = seen.random.choice(seen.actions)
    rows = [{"action": other, "reasons": reasons} for other, reasons in alike(state, seen.actions)]
    same(seen.results(f"/api/actions/{state['id']}/similar"), rows)


def alike(state: Action, actions: list[Action]) -> list[tuple[Action, list[str]]]:
    """Of the same kind, on days that overlap, with more than half of the participants of the smaller in both."""
    own, occurred = _parties(state), state["occurred"]
    if occurred["edtf"] is None:
        return []
    sides = {"from": occurred["earliest"], "to": occurred["latest"]}
    query: Query = {"kind": [state["kind"]], **{name: [day] for name, day in sides.items() if day}}
    found = []
    for other in model.timeline(actions, query):
        theirs = _parties(other)
        shared = [party for party in own if party in theirs]
        if other["id"] != state["id"] and len(shared) > min(len(own), len(theirs)) / 2:
            both = ", ".join(key for _, key in shared)
            reasons = [
                f"same kind: {other['kind']}",
                f"dates overlap: {other['occurred']['edtf']}",
                f"both: {both}",
            ]
            found.append((len(shared), other, reasons))
    ranked = sorted(found, key=lambda row: (-row[0], row[1]["id"]))[:10]
    return [(other, reasons) for _, other, reasons in ranked]


def _parties(action: Action) -> list[tuple[str, str]]:
    found = {}
    for party in action["participants"]:
        person = party["person"] and key_of(party["person"], party["title"])
        named = {"country": party["country"], "organisation": party["organisation"], "person": person}
        found |= dict.fromkeys((name, key) for name, key in named.items() if key)
    return list(found)


def page(seen: Seen) -> None:
    """The table of the page names the same actions in the same order."""
    text = seen.get("/").text
    found = [UUID(part.partition('"')[0].partition("?")[0]) for part in text.split('href="/actions/')[1:]]
    if not {"recorded_by"} & seen.when.keys():
        assert list(dict.fromkeys(found)) == [UUID(action["id"]) for action in seen.shown({})]

"""The pages of countries, organisations and people, and the list that leads to them."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.dates import first_day_not_over
from domain.instants import parse_instant
from domain.people import key_of
from service.api import counts, parties
from service.api import timeline as listing
from service.api.moved import moved
from service.charts.words import NAMES
from service.web.about import About
from service.web.links import FOLDERS
from service.web.reading import Endpoint, Json, Reading
from service.web.templating import render
from service.web.words import OUTCOMES

router = APIRouter(include_in_schema=False)
LISTED, PROMISES, COMING, MOST = 12, 6, 4, 240
"""Actions that a page lists itself; the timeline has all of them."""


@router.get("/countries")
async def all_parties(request: Request) -> Response:
    """Every country, organisation and person that takes part, the most active first."""
    reading = Reading(request)
    total = await reading.ask(listing.answer, limit=1, count="true")
    lists = [await _list(reading, kind) for kind in FOLDERS]
    return render(request, "parties.html", lists=lists, answer=total, active="Countries", dated=True)


async def _list(reading: Reading, kind: str) -> Json:
    """The most active of a kind: name, actions, address; and how many there are in all."""
    rows = (await reading.ask(counts.count, group_by=kind))["results"]
    rows.sort(key=lambda row: -row["count"])
    counted = [(row["group"], row["count"]) for row in rows[:MOST]]
    named = [(NAMES[kind](key), count, reading.links.together(kind, key)) for key, count in counted]
    return {"kind": kind, "folder": FOLDERS[kind], "count": len(rows), "rows": named}


@router.get("/countries/{code}")
async def country(code: str, request: Request) -> Response:
    """A country: what it does, with whom, and what became of what it announced."""
    return await _page(request, "country", parties.country, code)


@router.get("/organisations/{code}")
async def organisation(code: str, request: Request) -> Response:
    """The same of an organisation."""
    return await _page(request, "organisation", parties.organisation, code)


@router.get("/people/{slug}")
async def person(slug: str, request: Request) -> Response:
    """The same of a person."""
    return await _page(request, "person", parties.person, slug)


async def _page(request: Request, kind: str, endpoint: Endpoint, named: str) -> Response:
    reading = Reading(request)
    profile = await reading.ask(endpoint, named)
    about = About(kind, profile["name"], ((kind, profile[kind]),))
    if profile[kind] != named:
        return moved(request, about.path)
    context = {"profile": profile, "offices": _offices(profile), **await told(reading, about)}
    return render(request, "party.html", about=about, active="Countries", dated=True, **context)


def _offices(profile: Json) -> list[tuple[str | None, str | None, str | None]]:
    """As what a person takes part in the first and the last action: title, country, organisation."""
    found = [
        (one["title"], one["country"], one["organisation"])
        for action in (profile["last"], profile["first"])
        for one in (action or {"participants": []})["participants"]
        if one["person"] and key_of(one["person"], one["title"]) == profile.get("person")
    ]
    return list(dict.fromkeys(found))


async def told(reading: Reading, about: About) -> Json:
    """What is listed on the page of a party or a pair: its months, its promises, what is to come, what was last."""
    own = about.asked(reading.query)
    recent = await reading.ask(listing.answer, **own, sort="-date", limit=LISTED, count="true")
    months = await reading.ask(counts.count, **own, interval="month", group_by="status")
    return {
        "answer": recent,
        "promises": await _promises(reading, own),
        "months": _by_month(months["results"]),
        "coming": await _coming(reading, own, recent["as_of"]),
        "listed": recent["results"],
        "total": recent["total"]["value"],
        "timeline": about.on_timeline(reading.query),
    }


async def _coming(reading: Reading, own: dict[str, list[str]], as_of: str) -> list[Json]:
    """What is planned, dated and not over, the next one first; nothing where the filters leave no such thing."""
    wanted = {"status": "planned", "outcome": "open"}
    left = [one in (reading.query.getlist(name) or [one]) for name, one in wanted.items()]
    if reading.query.get("date_match") != "within":  # what is open overlaps the days to come
        today = first_day_not_over(parse_instant(as_of)).isoformat()
        wanted["from"] = max(today, reading.query.get("from", ""))
    first = wanted.get("from", "")
    if not all(left) or reading.query.get("to", first) < first:
        return []
    found = await reading.ask(listing.answer, **own, **wanted, limit=COMING)
    return [one for one in found["results"] if one["occurred"]["earliest"] or one["occurred"]["latest"]]


async def _promises(reading: Reading, own: dict[str, list[str]]) -> list[Json]:
    """What became of what was announced ahead, each outcome with how many there are and the latest of them."""
    counted = await reading.ask(counts.count, **own, group_by="outcome")
    found = {row["group"]: row["count"] for row in counted["results"]}
    wanted = reading.query.getlist("outcome") or list(OUTCOMES)
    return [
        {"outcome": name, "count": found.get(name, 0), "actions": await _latest(reading, own, name)}
        for name in OUTCOMES
        if name in wanted
    ]


async def _latest(reading: Reading, own: dict[str, list[str]], outcome: str) -> list[Json]:
    """What is open with the next one first."""
    sort = "date" if outcome == "open" else "-date"
    answer = await reading.ask(listing.answer, **own, outcome=outcome, sort=sort, limit=PROMISES)
    actions: list[Json] = answer["results"]
    return actions


def _by_month(rows: list[Json]) -> list[dict[str, Any]]:
    """For each month, newest first and the undated last: done or going on, planned or put off, called off."""
    months: dict[str | None, dict[str, Any]] = {}
    for row in rows:
        month = months.setdefault(row["period"], {"month": row["period"], "done": 0, "planned": 0, "gone": 0})
        column = {"occurred": "done", "ongoing": "done", "planned": "planned", "postponed": "planned"}
        month[column.get(row["group"], "gone")] += row["count"]
    return sorted(months.values(), key=lambda one: one["month"] or "", reverse=True)

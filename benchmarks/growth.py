"""Every read by itself: milliseconds with these actions, and beside those with fewer."""

import json
import statistics
import time
import urllib.request
from collections.abc import Iterator, Mapping

from benchmarks.figures import Figure
from benchmarks.load import once
from benchmarks.reads import NUMBERS, OWN, PAGE, PAST, PASTS, THEN

AIM = 1.5
SECONDS, LEAST, MOST = 1.5, 3, 40
"""How long each read is asked for in turn, and how often."""
WHOLE = {
    "facets": "/api/facets?",
    "facets, one country": "/api/facets?country=AGO",
    "words": f"{PAGE}&q=summit+energy",
    "a person": "/api/people/minister-7?",
    "changes, one country": "/api/changes?country=AGO",
    "differences of a week": "/api/diff?from=2015-05-25&to=2015-06-01&limit=100",
    "countries": "/api/countries?",
    "relations": "/api/relations?",
    "the log": "/api/events?after=1000",
    "chart of the timeline": "/api/charts/timeline?",
    "chart of the timeline, one country and range": OWN.replace("/api/timeline?limit=100", "/api/charts/timeline?"),
    "chart of activity": "/api/charts/activity?",
    "chart of relations": "/api/charts/relations?",
    "chart of knowledge": "/api/charts/knowledge?",
    "chart of the map": "/api/charts/map?",
    "feed": "/api/timeline.atom?",
    "page of HTML": "/?",
}
READS = {
    "page of 100": PAGE,
    "page for one country and range": OWN,
    "the same as of a past day": f"{OWN}&{PAST}",
    "newest first": f"{PAGE}&sort=-date",
    "newest first as of 30 years ago": f"{PAGE}&sort=-date&{THEN}",
    **NUMBERS,
    **PASTS,
    **WHOLE,
}


def grown(product: str, beside: str | None, fewer: int) -> Iterator[Figure]:
    """The two in turn; `beside` serves `fewer` actions, or there is no such store."""
    shares = {}
    others = _paths(beside) if beside else {}
    for name, path in _paths(product).items():
        here, there = _in_turn(product + path, beside and beside + others[name])
        yield Figure(name, here, table="reads")
        if there:
            shares[name] = here / there
            yield Figure(name, shares[name], AIM, least=False, table="growth")
    if shares:
        name = f"p50 of the read that grew most / with {fewer:,} actions"
        yield Figure(name, max(shares.values()), AIM, least=False)


def _paths(product: str) -> Mapping[str, str]:
    """An action is named by its id."""
    first = json.load(urllib.request.urlopen(product + OWN))["results"][0]["id"]
    return {**READS, "an action": f"/api/actions/{first}", "history of an action": f"/api/actions/{first}/history"}


def _in_turn(url: str, beside: str | None) -> tuple[float, float | None]:
    once(url)
    here: list[float] = []
    there: list[float] = []
    until = time.perf_counter() + SECONDS
    while len(here) < LEAST or (time.perf_counter() < until and len(here) < MOST):
        here.append(once(url))
        if beside:
            there.append(once(beside))
    return statistics.median(here), statistics.median(there) if there else None

"""Every address that can be read at a moment, and what answers there: for promises that all of them keep."""

from service import charts

ACTION = "2cda5093-afe1-5e7f-8cbf-f77da58b89c1"
"""Starmer's visit to Washington, in the demonstration's data."""
READS = {
    "/api/timeline": "country=GBR&kind=visit&count=true",
    "/api/timeline.ndjson": "kind=visit",
    "/api/timeline.csv": "kind=visit",
    "/api/timeline.atom": "kind=visit",
    "/api/actions/{id}": "",
    "/api/actions/{id}/history": "",
    "/api/actions/{id}/similar": "",
    "/api/counts": "interval=month&group_by=kind",
    "/api/facets": "country=GBR",
    "/api/changes": "kind=visit",
    "/api/countries": "",
    "/api/countries/{code}": "kind=visit",
    "/api/organisations/{code}": "",
    "/api/people/{slug}": "kind=visit",
    "/api/relations": "country=GBR",
    "/api/relations/{a}/{b}": "",
    "/api/events": "limit=5",
    "/api/charts/{name}": "kind=visit",
}
"""Path, as OpenAPI has it -> a query with a short answer on the demonstration's data."""
COMPARED = {"/api/diff": "from=2025-02-18&to=2025-03-01"}
"""The same of what compares two moments: one clock is theirs, only the other can be pinned."""
PAGES = ("/api/charts/{name}.html",)
"""What shows an answer in a page, which itself may change; the answer in it is pinned."""
PLACES = {"{id}": ACTION, "{code}": "GBR", "{slug}": "keir-starmer", "{a}": "GBR", "{b}": "USA"}
CHARTS = tuple(chart.name for chart in charts.ALL)


def reads(action: str = ACTION) -> list[str]:
    """An address of each, without a moment."""
    return [_filled(path, action) + (f"?{query}" if query else "") for path, query in _each_chart()]


def _each_chart() -> list[tuple[str, str]]:
    rest = [(path, query) for path, query in READS.items() if "{name}" not in path]
    drawn = [(path, query) for path, query in READS.items() if "{name}" in path]
    return rest + [(path.replace("{name}", name), query) for path, query in drawn for name in CHARTS]


def _filled(path: str, action: str) -> str:
    places = {**PLACES, "{id}": action, "{code}": "NATO" if "organisations" in path else "GBR"}
    for place, value in places.items():
        path = path.replace(place, value)
    return path


def at(address: str, query: str) -> str:
    """An address with more parameters."""
    return f"{address}{'&' if '?' in address else '?'}{query}"

"""Every address that can be read, and its proof. Who adds an address adds its proof, or a test fails.

A proof asks its address at the moment of a `Seen`, with queries of its own choice, and compares with a plain loop.
"""

from collections.abc import Callable

from fastapi import FastAPI

from domain.kinds import KINDS
from service import charts as drawn
from tests.proof import charts, lists, numbers, pasts
from tests.proof.seen import Seen

CHARTS: dict[str, Callable[[Seen], None]] = {
    "timeline": charts.timeline,
    "activity": charts.activity,
    "relations": charts.relations,
    "network": charts.network,
    "map": charts.world,
    "knowledge": charts.knowledge,
}


def figures(seen: Seen) -> None:
    for prove in CHARTS.values():
        prove(seen)


def single(seen: Seen) -> None:
    lists.action(seen)
    pasts.according(seen)


def kinds(seen: Seen) -> None:
    assert [row["name"] for row in seen.json("/api/kinds")["results"]] == list(KINDS)


def ready(seen: Seen) -> None:
    head = seen.facts[-1].position if seen.facts else 0
    assert seen.json("/readyz") == {"status": "ok", "head": head, "position": head, "behind": 0}


def metrics(seen: Seen) -> None:
    head = seen.facts[-1].position if seen.facts else 0
    assert {f"timeline_{name}_position {head}" for name in ("log", "projected")} <= {
        *seen.client.fetch("/metrics").text.splitlines()
    }


PROOFS: dict[str, Callable[[Seen], None]] = {
    "/api/timeline": lists.timeline,
    "/api/timeline.ndjson": lists.ndjson,
    "/api/timeline.csv": lists.table,
    "/api/timeline.atom": pasts.feed,
    "/api/actions/{id}": single,
    "/api/actions/{id}/history": pasts.history,
    "/api/actions/{id}/similar": lists.similar,
    "/api/counts": numbers.counts,
    "/api/facets": numbers.facets,
    "/api/countries": numbers.countries,
    "/api/countries/{code}": numbers.country,
    "/api/organisations/{code}": numbers.organisation,
    "/api/people/{slug}": numbers.person,
    "/api/relations": numbers.relations,
    "/api/relations/{a}/{b}": numbers.relation,
    "/api/events": pasts.log,
    "/api/diff": pasts.differences,
    "/api/changes": pasts.changes,
    "/api/timemap/{path}": pasts.timemap,
    "/api/charts/{name}": figures,
    "/api/charts/{name}.html": charts.framed,
    "/api/kinds": kinds,
    "/readyz": ready,
    "/metrics": metrics,
}
NOTHING_RECORDED = {"/healthz": "says only that the process answers"}
"""Addresses that show nothing of the log, and why."""


def of(app: FastAPI) -> set[str]:
    """Every address that can be read, and each chart by its name; pages have tests of their own."""
    documented = {path for path, item in app.openapi()["paths"].items() if "get" in item}
    return documented | {f"/api/charts/{chart.name}" for chart in drawn.ALL}


def proved() -> set[str]:
    """What `of` must be."""
    return {*PROOFS, *NOTHING_RECORDED, *(f"/api/charts/{name}" for name in CHARTS)}


def everything(seen: Seen) -> None:
    """One complete comparison."""
    for address, prove in {**PROOFS, "/": lists.page}.items():
        noted(address, prove, seen)


def noted(address: str, prove: Callable[[Seen], None], seen: Seen) -> None:
    """An error says what was asked last."""
    try:
        prove(seen)
    except Exception as error:
        error.add_note(f"{address} at {seen.at}, position {seen.position}: {seen.client.asked}")
        raise

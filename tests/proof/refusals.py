"""Requests that are refused whatever was told before, and record nothing: ill-formed, not allowed, or ahead of time."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from domain.instants import write_instant
from tests.proof.telling import NEVER, Told
from tests.support.client import REPORT, reported

ILL: list[Any] = [
    b"",
    b"[]",
    b'{"type": "reported"',
    reported(kind="party"),
    reported(title=" "),
    reported(occurred={"edtf": "2023-02-29"}),
    reported(status="retracted"),
    reported(occurred=None),
    reported(participants=[{"role": "host"}]),
    reported(subjects=["Atlantis"]),
    reported(report={**REPORT, "published_at": "2025-02-17T21:00:00"}),
    reported(report={**REPORT, "url": "ftp://example.org"}),
    reported(colour="red"),
    reported(type="confirmed"),
]
ILL_LATER: list[Any] = [
    {},
    {"type": "reported"},
    {"type": "absorbed", "from_id": str(NEVER), "reports": []},
    {"type": "released", "from_id": str(NEVER)},
    {"type": "corroborated"},
    {"type": "corrected", "changes": {}},
    {"type": "corrected", "changes": {"status": "occurred"}},
    {"type": "rescheduled", "occurred": None},
    {"type": "confirmed", "status": "cancelled"},
    {"type": "merged", "into": "case:none"},
    {"type": "cancelled", "source_ref": "case:0"},
]
READS = {
    "/api/timeline?position={ahead}": 400,
    "/api/counts?position=0&recorded_by=2026-01-01": 400,
    "/api/facets?as_of=2025-02-30": 400,
    "/api/relations?from=2025-02-14&to=2025-02-13": 400,
    "/api/timeline?cursor=x": 400,
    "/api/countries/Atlantis": 404,
    "/api/organisations/SPECTRE": 404,
    "/api/relations/GBR/UK": 404,
    "/api/charts/pie": 404,
    "/api/actions/nonsense/history": 404,
}


def without_key(told: Told, random: Random) -> None:
    key = random.choice(["", "Bearer", "Bearer dt_unknown", f"Basic {told.client.key}"])
    assert told.client.post("/api/actions", reported(), authorization=key).status_code == 401


def ill(told: Told, random: Random) -> None:
    assert told.client.post("/api/actions", random.choice(ILL)).status_code == 422


def ill_later(told: Told, random: Random) -> None:
    action = random.choice(list(told.held))
    assert told.client.post(f"/api/actions/{action}/events", random.choice(ILL_LATER)).status_code == 422


def of_nothing(told: Told, random: Random) -> None:
    assert told.client.post(f"/api/actions/{NEVER}/events", {"type": "confirmed"}).status_code == 404


def ahead(told: Told, random: Random) -> None:
    """More than a day after the time at which it would be recorded."""
    late = write_instant(told.now() + timedelta(days=1, seconds=1))
    body = random.choice([reported(reported_at=late), reported(report={**REPORT, "published_at": late})])
    assert told.client.post("/api/actions", {**body, "status": "planned"}).status_code == 422


def ill_header(told: Told, random: Random) -> None:
    action = random.choice(list(told.held))
    headers = random.choice([{"if_match": "1"}, {"if_match": '"x"'}, {"idempotency_key": "a b"}])
    answer = told.client.post(f"/api/actions/{action}/events", {"type": "confirmed"}, **headers)
    assert answer.status_code == 400


def other_version(told: Told, random: Random) -> None:
    """A fact without a date is always new, so it is held against the version."""
    action, facts = random.choice(list(told.held.items()))
    body, version = {"type": "corrected", "changes": {"title": "Another"}}, len(facts) + random.choice([-1, 1])
    answer = told.client.post(f"/api/actions/{action}/events", body, if_match=f'"{version}"')
    assert answer.status_code == 412


def into_itself(told: Told, random: Random) -> None:
    action = random.choice(list(told.held))
    body = {"type": "merged", "into": str(action), "reason": "never said before"}
    assert told.client.post(f"/api/actions/{action}/events", body).status_code == 409


def ill_read(told: Told, random: Random) -> None:
    address, status = random.choice(list(READS.items()))
    assert told.client.fetch(address.format(ahead=told.head + 1)).status_code == status


REFUSED: list[Callable[[Told, Random], None]] = [without_key, ill, of_nothing, ahead, ill_read]
REFUSED_OF_AN_ACTION: list[Callable[[Told, Random], None]] = [ill_later, ill_header, other_version, into_itself]


def refusals(told: Told) -> list[Callable[[Told, Random], None]]:
    """Those that can be tried: some need an action that is held."""
    return [*REFUSED, *(REFUSED_OF_AN_ACTION if told.held else ())]

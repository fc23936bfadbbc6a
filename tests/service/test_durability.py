"""What was answered 201 stays, once, whatever happens to the server; and of those who act on one version one wins."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Semaphore
from typing import Any

import httpx

from tests.support.console import UNMEASURED
from tests.support.postgres import free_port
from tests.support.server import LONGEST, Server, serving
from tests.support.store import first, later

KILLS, CLIENTS, ANSWERS = 10, 4, 40
"""Clients post at once; the server is killed while the answer after this many is on its way."""
Sent = tuple[str, str, dict[str, Any], dict[str, Any]]
"""The path, the Idempotency-Key, the fact, and what was answered."""


def requests(client: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Without end: a report, two facts on the same action, the next report ..."""
    for number in range(1_000_000):
        name = f"{client}:{number}"
        report = {key: value for key, value in first(name).items() if key != "type"}
        yield "/api/actions", f"{name}:report", report
        for kind in ("confirmed", "cancelled"):
            fact = {key: value for key, value in later(name, kind, on=None).items() if key != "source_ref"}
            yield f"/api/actions/{{{name}}}/events", f"{name}:{kind}", fact


def post(server: Server, client: httpx.Client, path: str, key: str, fact: dict[str, Any]) -> httpx.Response:
    return client.post(path, json=fact, headers={**server.headers, "Idempotency-Key": key})


def post_until_killed(server: Server, name: str, each: Semaphore) -> list[Sent]:
    """Everything that was answered 201; `each` is released at every answer."""
    answered: list[Sent] = []
    action = ""
    with httpx.Client(base_url=server.url, timeout=10) as client:
        for path, key, fact in requests(name):
            path = f"/api/actions/{action}/events" if "{" in path else path
            try:
                response = post(server, client, path, key, fact)
            except httpx.TransportError:
                return answered
            assert response.status_code == 201, response.text
            answered.append((path, key, fact, response.json()))
            each.release()
            action = response.json()["id"]
    return answered


def one_life(server: Server, number: int) -> list[Sent]:
    """Clients post until the server is killed in the midst of it."""
    each = Semaphore(0)
    with ThreadPoolExecutor(CLIENTS) as threads:
        posting = [threads.submit(post_until_killed, server, f"{number}:{client}", each) for client in range(CLIENTS)]
        for _ in range(ANSWERS):
            assert each.acquire(timeout=LONGEST)
        server.kill()
        return [sent for client in posting for sent in client.result()]


def check_first_answers(server: Server, answered: list[Sent]) -> None:
    """Every request again, under its key: the first answer again."""
    for path, key, fact, answer in answered:
        again = post(server, server.client, path, key, fact)
        assert (again.status_code, again.json()) == (201, answer)


def logged(server: Server) -> list[dict[str, Any]]:
    """The whole log."""
    facts, address = [], "/api/events?limit=500"
    while address:
        page = server.client.get(address).json()
        facts += page["results"]
        address = page["next"]
    return facts


def test_given_a_server_killed_ten_times_while_clients_post_then_every_201_is_there_once(tmp_path: Any) -> None:
    answered: list[Sent] = []
    with serving(str(tmp_path), "--no-demo", extra=UNMEASURED) as server:
        for number in range(KILLS):
            sent = one_life(server, number)
            server.start()
            check_first_answers(server, sent)
            answered += sent
        facts = logged(server)
    assert len(answered) >= KILLS * ANSWERS
    there = Counter((fact["id"], fact["version"], fact["position"]) for fact in facts)
    given = Counter((answer["id"], answer["version"], answer["position"]) for *_, answer in answered)
    assert set(given.values()) == {1} and all(there[place] == 1 for place in given)
    assert len({fact["source_ref"] for fact in facts if fact["type"] == "reported"}) == len(
        {fact["id"] for fact in facts}
    )
    in_flight = len(facts) - len(answered)
    assert 0 <= in_flight <= KILLS * CLIENTS  # recorded, but killed before the answer: each client has one at a time


def test_given_sixteen_writers_with_one_if_match_then_one_wins(database: str) -> None:
    several = ["--workers", "2", "--port", str(free_port())] if database.startswith("postgresql:") else []
    with serving(database, "--no-demo", *several) as server:
        report = {key: value for key, value in first("case:a").items() if key != "type"}
        action = server.client.post("/api/actions", json=report).json()["id"]
        together = Barrier(16)

        def cancel(number: int) -> int:
            headers = {**server.headers, "If-Match": '"1"'}
            with httpx.Client(base_url=server.url, headers=headers, timeout=30) as client:
                together.wait()
                body = {"type": "cancelled", "reason": f"of writer {number}"}
                return client.post(f"/api/actions/{action}/events", json=body).status_code

        with ThreadPoolExecutor(16) as threads:
            assert Counter(threads.map(cancel, range(16))) == {201: 1, 412: 15}
        assert server.client.get(f"/api/actions/{action}").json()["version"] == 2
        assert server.errors() == ""

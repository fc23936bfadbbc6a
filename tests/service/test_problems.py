"""Every problem type: a request that meets it, a page that explains it, and one shape on every path."""

from collections.abc import Callable

import httpx
import pytest

from domain import errors
from service import ledger, problems, refusals
from service.api import view
from service.api.schemas.problems import ProblemDetails
from tests.support.client import Client, Fresh, reported

Meet = Callable[[Client], httpx.Response]
NOBODY = "00000000-0000-0000-0000-000000000001"


def source_ref_taken(client: Client) -> httpx.Response:
    client.report("x:1")
    return client.post("/api/actions", reported("x:1", title="Another"))


def key_reused(client: Client) -> httpx.Response:
    client.post("/api/actions", reported("x:1"), idempotency_key="k")
    return client.post("/api/actions", reported("x:2"), idempotency_key="k")


def behind(client: Client) -> httpx.Response:
    client.restart(project=False, wait=0)
    client.report("x:1")
    return client.get(f"/api/timeline?position={client.head}")


def key_insufficient(client: Client) -> httpx.Response:
    client.restart(open_reading=False)
    return client.get("/metrics", authorization=f"Bearer {client.key}")


def without_tables(client: Client, path: str) -> httpx.Response:
    """Asks while the read models cannot be read."""
    for old, new in (("positions", "hidden"), ("hidden", "positions")):
        with client.instance.database.transaction() as execute:
            execute.rows(f"ALTER TABLE {old} RENAME TO {new}")
        if new == "hidden":
            answer = client.get(path)
    return answer


def fact(client: Client, kind: str, **headers: str) -> httpx.Response:
    return client.post(f"/api/actions/{client.report('x:1')}/events", {"type": kind}, **headers)


MEET: dict[str, Meet] = {
    "bad-query": lambda client: client.get("/api/timeline?limit=0"),
    "position-ahead": lambda client: client.get("/api/timeline?position=99"),
    "bad-header": lambda client: fact(client, "cancelled", if_match="1"),
    "key-missing": lambda client: client.post("/api/actions", {}, authorization=""),
    "key-insufficient": key_insufficient,
    "not-found": lambda client: client.get(f"/api/actions/{NOBODY}"),
    "method-not-allowed": lambda client: client.ask("DELETE", f"/api/actions/{NOBODY}"),
    "source-ref-taken": source_ref_taken,
    "not-allowed": lambda client: fact(client, "reinstated"),
    "gone": lambda client: client.get("/api/timeline?v=1&limit=3"),
    "version-mismatch": lambda client: fact(client, "cancelled", if_match='"7"'),
    "too-large": lambda client: client.post("/api/actions", b" " * 1_000_001),
    "bad-body": lambda client: client.post("/api/actions", {}),
    "idempotency-key-reused": key_reused,
    "internal": lambda client: without_tables(client, "/api/timeline"),
    "unavailable": lambda client: without_tables(client, "/readyz"),
    "behind": behind,
}


def test_given_the_table_of_problems_then_each_is_met_here() -> None:
    assert MEET.keys() == problems.TYPES.keys()


@pytest.mark.parametrize("slug", MEET)
def test_given_a_request_that_meets_it_then_the_problem_has_its_type_status_and_title(
    client: Client, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if slug == "gone":
        monkeypatch.setattr(view, "RENDERING", 2)  # as it will be once the rendering has changed
    answer, kind = MEET[slug](client), problems.TYPES[slug]
    ProblemDetails.model_validate_json(answer.content)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["status"]) == (kind.status, kind.status)
    assert (answer.json()["type"], answer.json()["title"]) == (f"/problems/{slug}", kind.title)
    assert answer.headers["cache-control"] == "no-store"


def test_given_a_retired_version_then_410_says_where_the_same_state_is_now(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "RENDERING", 2)
    detail = client.get("/api/timeline?v=1&position=0&as_of=2025-02-18").json()["detail"]
    assert client.get(detail.split()[-1]).json()["query"]["v"] == 2


@pytest.mark.parametrize("slug", problems.TYPES)
def test_given_a_problem_type_then_its_page_explains_it(demo: Client, slug: str) -> None:
    page = demo.get(f"/problems/{slug}")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert problems.TYPES[slug].title in page.text
    assert f"/problems/{slug}" in demo.get("/problems").text


PATHS = [
    "/nothing",
    "/api",
    "/api/",
    "/api/nothing",
    "/problems/nothing",
    "/docs/nothing",
    "/static/x/y",
    "/api/charts/x",
]


@pytest.mark.parametrize("path", PATHS)
def test_given_no_such_path_then_a_problem(demo: Client, path: str) -> None:
    answer = demo.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "/api/timeline"), ("GET", "/api/imports"), ("HEAD", "/api/imports")]
)
def test_given_a_method_that_does_not_fit_then_405_says_what_fits(demo: Client, method: str, path: str) -> None:
    answer = demo.ask(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
    assert answer.headers["allow"] in ("GET, HEAD", "POST")


def every_refusal(base: type[errors.Refused] = errors.Refused) -> list[type[errors.Refused]]:
    return [found for cls in base.__subclasses__() for found in (cls, *every_refusal(cls))]


@pytest.mark.parametrize(
    "refusal", [cls for cls in every_refusal() if cls.__module__.startswith(("domain", "service.led"))]
)
def test_given_any_refusal_of_the_domain_then_the_table_has_an_answer(refusal: type[errors.Refused]) -> None:
    assert any(cls in refusals.SLUGS for cls in refusal.__mro__)


@pytest.mark.parametrize(
    "refused", [errors.OtherVersion("it moved"), errors.UnknownAction("no action"), ledger.KeyReused("came before")]
)
def test_given_a_refusal_when_answered_then_its_message_is_the_detail(fresh: Fresh, refused: errors.Refused) -> None:
    with Client(fresh()) as client:

        @client.app.get("/refuse")
        async def refuse() -> None:
            raise refused

        assert client.get("/refuse").json()["detail"] == str(refused)

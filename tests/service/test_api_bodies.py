"""Bodies that no client should send, and random ones: never a 500, and a refusal records nothing."""

from collections.abc import AsyncIterator, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

import httpx
import orjson
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.events import PAYLOADS
from service.api.schemas.problems import ProblemDetails
from tests.strategies import drafts
from tests.support.client import Client, Fresh, reported
from tests.support.server import serving

GOOD = orjson.dumps(reported())
BODIES = {
    "empty": b"",
    "blank": b"  \n",
    "null": b"null",
    "array": b"[]",
    "array of a report": b"[" + GOOD + b"]",
    "text": b'"reported"',
    "number": b"17",
    "cut off": GOOD[:-1],
    "two": GOOD + GOOD,
    "Latin-1": '{"title": "\u00c9lys\u00e9e"}'.encode("latin-1"),
    "UTF-16": GOOD.decode().encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf" + GOOD,
    "NaN": b'{"title": NaN}',
    "infinity": b'{"title": Infinity}',
    "lone surrogate": b'{"title": "\\ud800"}',
    "null byte": b"\0",
    "form": b"kind=visit&title=x",
    "deep array": b"[" * 100_000,
    "deep object": b'{"a":' * 100_000,
    "deep title": b'{"title":' + b"[" * 900 + b"]" * 900 + b"}",
    "deep report": b'{"report":' + b'{"report":' * 900 + b"1" + b"}" * 901,
    **{
        f"deep {name}": orjson.dumps(reported(**{name: "@"})).replace(b'"@"', b"[" * 1_000 + b"]" * 1_000)
        for name in ("type", "id", "source_ref", "occurred", "report", "reported_at", "changes")
    },
    "huge integer": b'{"title": ' + b"9" * 4_000 + b"}",
    "huge exponent": b'{"kind": 1e999, "title": -1e999}',
    "huge text": b'{"title": "' + b"x" * 900_000 + b'"}',
    "many fields": b"{" + b",".join(b'"f%d":1' % number for number in range(20_000)) + b"}",
    "many countries": orjson.dumps(reported(subjects=["Atlantis"] * 3_000)),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize("path", ["/api/actions", "/api/actions/{}/events"])
def test_given_a_body_that_is_no_fact_then_422_and_nothing_is_recorded(demo: Client, path: str, body: bytes) -> None:
    head = demo.head
    answer = demo.post(path.format(demo.instance.log.action_of("seed:paris-summit:A5")), body)
    assert (answer.status_code, answer.json()["type"], demo.head) == (422, "/problems/bad-body", head)
    ProblemDetails.model_validate_json(answer.content)


def test_given_a_name_twice_then_the_last_one_counts(client: Client) -> None:
    body = GOOD[:-1] + b',"title":"first","title":"last"}'
    answer = client.post("/api/actions", body)
    assert client.json(answer.headers["location"])["title"] == "last"


def test_given_the_longest_texts_then_they_come_back_as_they_are(client: Client) -> None:
    title, summary = "\U0001f600" * 500, "\u00e9" * 5_000
    state = client.json(f"/api/actions/{client.report(title=title, summary=summary)}")
    assert (state["title"], state["summary"]) == (title, summary)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"occurred": "2025"}, "occurred: '2025': is not a JSON object"),
        ({"participants": {"country": "FRA"}}, "participants: is not a JSON array"),
        ({"occurred": {"edtf": "2025", "latest": ["x" * 900]}}, "latest ['xxx"),
        ({"id": ["x" * 900]}, "id: ['xxx"),
    ],
)
def test_given_a_value_of_another_shape_then_it_is_told_in_the_words_of_json_and_in_short(
    demo: Client, body: dict[str, Any], said: str
) -> None:
    detail = demo.post("/api/actions", orjson.dumps(reported(**body))).json()["detail"]
    assert said in detail and len(detail) < 300


def test_given_no_type_then_it_is_missing(demo: Client) -> None:
    answer = demo.post(f"/api/actions/{demo.instance.log.action_of('seed:paris-summit:A5')}/events", b"{}")
    assert answer.json()["detail"].startswith("type: is missing: give one of reported, corroborated, ")


@pytest.fixture
def narrow(fresh: Fresh) -> Iterator[Client]:
    """A service that takes bodies of up to 1,000 bytes."""
    with Client(fresh(), max_body=1_000, max_import=1_000) as client:
        yield client


@pytest.mark.parametrize("path", ["/api/actions", "/api/imports"])
@pytest.mark.parametrize("is_chunked", [False, True])
def test_given_a_body_that_is_too_large_then_413_and_nothing_is_recorded(
    narrow: Client, path: str, is_chunked: bool
) -> None:
    body = GOOD + b" " * (1_001 - len(GOOD))
    answer = narrow.post(path, in_chunks(body) if is_chunked else body)
    assert ("content-length" in answer.request.headers) is not is_chunked
    assert (answer.status_code, answer.json()["type"], narrow.head) == (413, "/problems/too-large", 0)


@pytest.mark.parametrize("is_chunked", [False, True])
def test_given_a_body_as_large_as_may_be_then_it_is_read(narrow: Client, is_chunked: bool) -> None:
    body = GOOD + b" " * (1_000 - len(GOOD))
    assert narrow.post("/api/actions", in_chunks(body) if is_chunked else body).status_code == 201


async def in_chunks(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 100):
        yield body[start : start + 100]


def test_given_20_megabytes_then_413(demo: Client) -> None:
    assert demo.post("/api/actions", b" " * 20_000_000).status_code == 413
    assert demo.post("/api/imports", b" " * 20_000_000).status_code == 413


def test_given_20_megabytes_from_a_client_that_sends_all_before_it_reads_then_it_reads_413(tmp_path: Path) -> None:
    with serving(str(tmp_path), "--no-demo") as server:
        connection = HTTPConnection(server.url.removeprefix("http://"))
        for path in ("/api/actions", "/api/imports"):
            connection.request("POST", path, b" " * 20_000_000, server.headers)
            answer = connection.getresponse()
            assert (answer.status, b"too-large" in answer.read()) == (413, True)
        connection.close()


fuzz = settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],  # one store for all: it only grows
)
TEXT = st.text(max_size=20) | st.sampled_from(["", "2025-02-17", "GBR", "visit", "2025-02-17T21:00:00Z", "x:1"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
FLAT = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(TEXT, SCALARS, max_size=3)
ANYTHING = FLAT | st.lists(FLAT, max_size=3) | st.dictionaries(TEXT, FLAT, max_size=3)
FIELDS = [*{name: None for payload in PAYLOADS.values() for name in payload.model_fields}, "id", "source_ref"]
CHANGED = st.dictionaries(st.sampled_from(FIELDS), ANYTHING, min_size=1, max_size=2)
BODY = ANYTHING | CHANGED | st.tuples(drafts(), CHANGED).map(lambda both: {**both[0], **both[1]})


def assert_civil(answer: httpx.Response) -> None:
    """Never a 500; what is refused is a problem."""
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        ProblemDetails.model_validate_json(answer.content)


def as_sent(body: Any) -> bytes:
    return orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY, default=str)


@fuzz
@given(st.data())
def test_given_any_json_then_it_is_recorded_or_refused_but_never_a_fault(client: Client, data: Any) -> None:
    action = client.post("/api/actions", reported("fuzz:1")).json()["id"]
    path = data.draw(st.sampled_from(["/api/actions", f"/api/actions/{action}/events", "/api/imports"]))
    headers = data.draw(st.fixed_dictionaries({}, optional={"idempotency_key": ASCII, "if_match": ASCII}))
    head = client.head
    answer = client.post(path, as_sent(data.draw(BODY)), **headers)
    assert_civil(answer)
    assert client.head == head or answer.status_code in (200, 201)
    assert_civil(client.get("/api/timeline"))


ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=8) | st.sampled_from(['"1"', "k1", "k2"])
BYTES = st.binary(max_size=12) | TEXT.map(lambda text: text.encode(errors="surrogatepass"))


@fuzz
@given(st.data())
def test_given_any_path_and_query_then_never_a_fault(demo: Client, data: Any) -> None:
    paths = {path: item["get"] for path, item in demo.app.openapi()["paths"].items() if "get" in item}
    path, operation = data.draw(st.sampled_from(sorted(paths.items(), key=lambda item: item[0])))
    names = [param["name"].encode() for param in operation.get("parameters", []) if param["in"] == "query"]
    name = st.sampled_from([*names, b"colour"]) | BYTES
    query = data.draw(st.lists(st.tuples(name, BYTES | st.sampled_from(EXAMPLES)), max_size=4))
    for part in ("id", "name", "code", "a", "b"):
        path = path.replace(
            f"{{{part}}}", quote_from_bytes(data.draw(BYTES | st.sampled_from(EXAMPLES)), safe="") or "x"
        )
    asked = "&".join(f"{quote_from_bytes(one, safe='')}={quote_from_bytes(value, safe='')}" for one, value in query)
    assert_civil(demo.get(f"{path}?{asked}"))


EXAMPLES = [
    b"GBR",
    b"UK",
    b"2025-02-18",
    b"1",
    b"0",
    b"timeline",
    b"visit",
    b"true",
    b"month",
    b"kind",
    b"-date",
    b"NATO",
]

"""The service in this process, asked over HTTP without a network; for each test a new one."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import unquote

import httpx
import orjson
import psycopg
import pytest
from starlette.types import ASGIApp, Message

from domain.instants import parse_instant
from service import keys
from service.app import create_app
from service.demo import load
from service.instance import Instance
from service.settings import Settings
from tests.support.postgres import Postgres

START = parse_instant("2026-01-01T00:00:00Z")
REPORT = {"publisher": "Reuters", "published_at": "2025-02-17T21:00:00Z"}
ANEW = (
    "SELECT setval('stored_events_notification_id_seq', 1, false);",
    "INSERT INTO positions VALUES ('live', 0, 0)",
)
Fresh = Callable[[], str]
"""Gives a value for TIMELINE_DATABASE under which nothing is recorded; for PostgreSQL it empties what is there."""


class Clock:
    """A server's clock that tests may set; it is a second later at every look, or as much as `tick` says."""

    def __init__(self, now: datetime = START, tick: timedelta = timedelta(seconds=1)) -> None:
        self.now, self.tick = now, tick

    def __call__(self) -> datetime:
        self.now += self.tick
        return self.now


class Client:
    """A running service and its only user, who holds a key of each scope."""

    def __init__(self, database: str, **settings: Any) -> None:
        self.clock, self.database, self.settings = Clock(), database, settings
        self.asked = ""
        """The last address."""
        self.runner = asyncio.Runner()
        self.open()
        self.key = keys.create(self.instance.log, "reporter", "report", self.clock())
        self.admin_key = keys.create(self.instance.log, "operator", "admin", self.clock())

    def open(self) -> None:
        self.instance = Instance(Settings(database=self.database, **self.settings), self.clock)
        self.app = create_app(self.instance)
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False),
            base_url="http://timeline.test",
            headers={"accept-encoding": "identity"},  # nothing is compressed unless a test asks
        )

    def close(self) -> None:
        self.runner.run(self.http.aclose())
        self.runner.run(self.instance.close())

    def restart(self, **settings: Any) -> None:
        """Ends the process, as far as the service can tell, and starts it on the same database."""
        self.close()
        self.settings |= settings
        self.open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        self.runner.close()

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, **content: Any) -> httpx.Response:
        self.asked = f"{method} {path}"
        return self.runner.run(self.http.request(method, path, headers=headers, **content))

    def get(self, path: str, **headers: str) -> httpx.Response:
        """`headers`: with underscores for hyphens."""
        return self.ask("GET", path, _headers(headers))

    def fetch(self, path: str, **headers: str) -> httpx.Response:
        """The same as `get` without what httpx does on its own side, which takes longer than the answer."""
        self.asked = f"GET {path}"
        named = [(name.encode(), value.encode()) for name, value in _headers(headers).items()]
        return self.runner.run(_fetched(self.app, path, named))

    def json(self, path: str) -> Any:
        """What is answered, where it must be 200."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any, **headers: str) -> httpx.Response:
        """Sends JSON, or bytes as they are, with the key unless `authorization` says otherwise."""
        content = body if isinstance(body, bytes | AsyncIterator) else orjson.dumps(body)
        named = {"authorization": f"Bearer {self.key}", **_headers(headers)}
        return self.ask("POST", path, named, content=content)

    def report(self, source_ref: str | None = None, **fields: Any) -> str:
        """Reports an action; its id."""
        answer = self.post("/api/actions", reported(source_ref, **fields))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def add(self, action: str, kind: str, on: str | None = None, **fields: Any) -> int:
        """Adds a fact, known since noon of the day `on`; its position."""
        clock = {"reported_at": f"{on}T12:00:00Z"} if on else {}
        answer = self.post(f"/api/actions/{action}/events", {"type": kind, **clock, **fields})
        assert answer.status_code == 201, answer.text
        return int(answer.json()["position"])

    @property
    def head(self) -> int:
        """The last position of the log."""
        return self.instance.log.head()


def reported(source_ref: str | None = None, **fields: Any) -> dict[str, Any]:
    """A first report; `fields` replace or add."""
    body = {"kind": "visit", "title": "A visit", "occurred": {"edtf": "2025-02-17"}, "report": REPORT}
    return body | ({} if source_ref is None else {"source_ref": source_ref}) | fields


async def _fetched(app: ASGIApp, path: str, headers: list[tuple[bytes, bytes]]) -> httpx.Response:
    """One exchange; it is not said that the client would take a compressed answer, and a fault is raised here."""
    target, _, query = path.partition("?")
    about = {"type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "scheme": "http"}
    where = {"path": unquote(target), "raw_path": target.encode(), "query_string": query.encode(), "root_path": ""}
    scope = {**about, **where, "method": "GET", "headers": [(b"host", b"timeline.test"), *headers]}
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, *parts = sent
    body = b"".join(part.get("body", b"") for part in parts)
    return httpx.Response(start["status"], headers=start["headers"], content=body)


def _headers(named: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in named.items()}


@pytest.fixture(scope="session")
def emptied_postgres(postgres: Postgres) -> Iterator[Fresh]:
    """One database with its tables, emptied for each test: a fiftieth of the time of a new one."""
    url = migrated(postgres.url(postgres.create()))
    with psycopg.connect(url, autocommit=True) as connection:
        yield lambda: emptied(connection, url)


@pytest.fixture(scope="session")
def copied_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """One folder with its tables, copied for each test: a tenth of the time of a new one."""
    made = migrated(str(tmp_path_factory.mktemp("made")))
    return lambda: str(shutil.copytree(made, tmp_path_factory.mktemp("data"), dirs_exist_ok=True))


def migrated(database: str) -> str:
    """The database, with its tables made."""
    instance = Instance(Settings(database=database))
    instance.migrate()
    asyncio.run(instance.close())
    return database


def emptied(connection: psycopg.Connection, url: str) -> str:
    """The same database with nothing recorded in it; row by row, on few rows in a tenth of the time of TRUNCATE."""
    tables = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'shape'"
    ).fetchall()
    emptying = [f"DELETE FROM {table};" for (table,) in tables]
    connection.execute("".join([*emptying, *ANEW]).encode())
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def fresh(request: pytest.FixtureRequest) -> Fresh:
    """On each database: gives one that is empty, as often as it is asked."""
    if request.param == "postgres":
        request.node.add_marker("postgres")
    empty: Fresh = request.getfixturevalue("copied_sqlite" if request.param == "sqlite" else "emptied_postgres")
    return empty


@pytest.fixture
def client(fresh: Fresh) -> Iterator[Client]:
    """A client of a service that holds nothing."""
    with Client(fresh()) as client:
        yield client


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client of a service that holds the demonstration's data, shared by all tests that only read."""
    if request.param == "sqlite":
        database = str(tmp_path_factory.mktemp("demo"))
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        database = postgres.url(postgres.create())
    with Client(migrated(database)) as client:
        load(client.instance)
        yield client

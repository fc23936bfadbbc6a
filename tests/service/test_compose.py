"""docker-compose.yml without its containers: the same commands with the same variables, on a real PostgreSQL."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from tests.support.console import SCRIPT, environment, run, succeed
from tests.support.postgres import free_port
from tests.support.server import LONGEST, Server, serving
from tests.support.store import first

COMPOSE = Path(__file__).parents[2] / "docker-compose.yml"
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
CONNECTIONS = 12
"""Each goes to whichever server process is free."""
Starting = Callable[[], "subprocess.Popen[bytes]"]


def variables(service: str) -> dict[str, str]:
    """What the file sets, with the demonstration's data asked for; the address of the database is the test's own."""
    stated = SERVICES[service]["environment"] | {"TIMELINE_DEMO": "true"}
    return {name: value for name, value in stated.items() if name != "TIMELINE_DATABASE"}


@pytest.fixture
def started_worker(postgres_url: str) -> Iterator[Starting]:
    """Starts `project`, and returns when it follows the log."""
    with ExitStack() as ending:

        def start() -> "subprocess.Popen[bytes]":
            command = [SCRIPT, *SERVICES["project"]["command"]]
            named = environment(postgres_url, variables("project"))
            worker = ending.enter_context(subprocess.Popen(command, env=named, stdout=subprocess.PIPE))
            ending.callback(worker.kill)
            assert worker.stdout and worker.stdout.readline() == b"projecting\n"
            return worker

        yield start


@contextmanager
def api(database: str) -> Iterator[Server]:
    arguments = [*SERVICES["api"]["command"][1:], "--port", str(free_port())]
    with serving(database, *arguments, extra=variables("api")) as server:
        yield server
        assert server.stop() == 0 and server.errors() == ""


def posted(server: Server, key: str, name: str) -> dict[str, Any]:
    """The answer to a first report."""
    fact = {field: value for field, value in first(name).items() if field != "type"}
    answer = server.client.post("/api/actions", json=fact, headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def shown(server: Server, answer: dict[str, Any]) -> bool:
    """Whether what was posted is shown, to each of several new connections; on a busy machine not at once."""
    address = f"{server.url}/api/actions/{answer['id']}?position={answer['position']}"
    until = time.monotonic() + LONGEST
    while httpx.get(address, timeout=LONGEST).status_code == 503 and time.monotonic() < until:
        pass  # it has waited TIMELINE_WAIT
    return {httpx.get(address, timeout=LONGEST).status_code for _ in range(CONNECTIONS)} == {200}


def is_healthy(server: Server) -> bool:
    """By the command that Docker asks, which counts the third failure."""
    command = [sys.executable if word == "python" else word for word in SERVICES["api"]["healthcheck"]["test"][1:]]
    asking = [word.replace("http://127.0.0.1:8000", server.url) for word in command]
    return any(subprocess.run(asking).returncode == 0 for _ in range(3))


def test_given_the_compose_file_when_run_then_what_is_posted_is_shown_by_every_process_also_after_a_kill(
    postgres_url: str, started_worker: Starting
) -> None:
    assert run(postgres_url, *SERVICES["migrate"]["command"], extra=variables("migrate")).stdout.startswith("key: ")
    key = succeed(postgres_url, "keys", "create", "reporter").split()[-1]
    with api(postgres_url) as server:
        worker = started_worker()
        assert is_healthy(server)
        before = posted(server, key, "case:before")
        assert shown(server, before)
        worker.kill()
        after = posted(server, key, "case:after")
        worker = started_worker()
        assert shown(server, after)
        worker.terminate()
        assert worker.wait(LONGEST) == 0

"""A running service with the demonstration data, and pages that complain of all that a visitor should never meet."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from service.statements import SOURCE_REFS

START_WITHIN = 60  # seconds
Open = Callable[[str], Page]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address; a process of its own, as users run it."""
    port, folder = free_port(), tmp_path_factory.mktemp("served")
    settings = {name: value for name, value in os.environ.items() if not name.startswith("TIMELINE_")}
    start = [sys.executable, "-c", "from service.cli import main; main()"]
    command = [*start, "serve", "--data", str(folder / "data"), "--port", str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=settings)
        try:
            wait_for(f"http://127.0.0.1:{port}", process, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    transport = httpx.HTTPTransport(retries=START_WITHIN)  # waits longer after every refusal
    with httpx.Client(transport=transport, timeout=START_WITHIN) as client:
        try:
            client.get(f"{address}/readyz").raise_for_status()
        except httpx.HTTPError:
            raise RuntimeError(f"no server (exit {process.poll()}): {log.read_text()}") from None


@pytest.fixture(scope="session")
def base_url(server: str) -> str:
    return server


@pytest.fixture
def complaints(context: BrowserContext, server: str) -> Iterator[list[str]]:
    """Requests that leave the server, errors of the page, violations of the policy: a test with any of these fails.

    A test that provokes a refusal on purpose takes its message out of this list.
    """
    found: list[str] = []

    def requested(request: Request) -> None:
        if not request.url.startswith((server, "data:", "blob:")):
            found.append(f"left the server: {request.url}")

    def logged(message: ConsoleMessage) -> None:
        if message.type == "error":
            found.append(f"console: {message.text}")

    context.on("request", requested)
    context.on("console", logged)
    context.on("weberror", lambda error: found.append(f"page error: {error.error}"))
    yield found
    assert found == []


@pytest.fixture
def open_page(page: Page, complaints: list[str]) -> Open:
    """Opens an address and waits until the page says that it is ready."""

    def opened(address: str) -> Page:
        page.goto(address)
        page.wait_for_selector("html[data-ready]", state="attached")
        return page

    return opened


@pytest.fixture
def visit() -> str:
    """The id of Starmer's visit to Washington in the demonstration data."""
    return str(action_id("seed:paris-summit:A5"))


def action_id(source_ref: str) -> UUID:
    return uuid5(SOURCE_REFS, source_ref)


@pytest.fixture
def findings() -> Callable[[Page], list[str]]:
    """What axe holds against a page: the rule, and where."""

    def run(page: Page) -> list[str]:
        violations: list[dict[str, Any]] = Axe().run(page).response["violations"]
        return [f"{one['id']}: {node['target']}" for one in violations for node in one["nodes"]]

    return run

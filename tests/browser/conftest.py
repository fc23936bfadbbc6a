"""A running service with the demonstration data, and pages that complain of all that a visitor should never meet."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid5

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    WebError,
    sync_playwright,
)

from service.statements import SOURCE_REFS
from tests.support.server import serving

Open = Callable[[str], Page]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address; a process of its own, as users run it."""
    with serving(str(tmp_path_factory.mktemp("served") / "data")) as running:
        yield running.url


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """For one file of tests: while it runs, nothing else in this process can run an event loop of its own."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    running = playwright.chromium.launch(**browser_type_launch_args)
    yield running
    running.close()


@pytest.fixture(scope="module")
def browser_context_args(base_url: str) -> dict[str, Any]:
    return {"base_url": base_url}


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """One context for each set of options, so that the browser keeps what it has fetched and compiled."""
    kept: dict[str, BrowserContext] = {}
    yield kept
    for context in kept.values():
        context.close()


@pytest.fixture
def context(
    contexts: dict[str, BrowserContext], browser: Browser, browser_context_args: dict[str, Any]
) -> Iterator[BrowserContext]:
    """A context in which nothing is left of the test before."""
    key = repr(sorted(browser_context_args.items()))
    context = contexts.get(key) or contexts.setdefault(key, browser.new_context(**browser_context_args))
    yield context
    for page in context.pages:
        if page.url.startswith("http"):
            page.evaluate("localStorage.clear()")
        page.close()
    context.clear_permissions()


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

    def failed(error: WebError) -> None:
        found.append(f"page error: {error.error}")

    heard: dict[Any, Any] = {"request": requested, "console": logged, "weberror": failed}
    for event, listener in heard.items():
        context.on(event, listener)
    yield found
    for event, listener in heard.items():
        context.remove_listener(event, listener)
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

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
    ViewportSize,
    WebError,
    sync_playwright,
)

from service.statements import SOURCE_REFS
from tests.support.server import serving

Open = Callable[[str], Page]
ONLY_VIOLATIONS = {"resultTypes": ["violations"]}  # all rules run; of those that hold, the places are not listed
USUAL_SIZE: ViewportSize = {"width": 1280, "height": 720}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address; a process of its own, as users run it."""
    with serving(str(tmp_path_factory.mktemp("served") / "data")) as running:
        yield running.url


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """For the tests in this folder: while it runs, nothing else in this process can run an event loop of its own."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    running = playwright.chromium.launch(**browser_type_launch_args)
    yield running
    running.close()


@pytest.fixture(scope="package")
def context(browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=base_url) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab in which nothing is left of the test before. It is always the same one: a new one compiles plotly.js anew,
    three quarters of the work of a test.
    """
    page = context.pages[0] if context.pages else context.new_page()
    yield page
    context.set_offline(False)
    context.clear_permissions()
    for further in context.pages[1:]:
        further.close()
    page.unroute_all()
    page.set_viewport_size(USUAL_SIZE)
    page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
    if page.url.startswith("http"):
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
    page.goto("about:blank")


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
        violations: list[dict[str, Any]] = Axe().run(page, options=ONLY_VIOLATIONS).response["violations"]
        return [f"{one['id']}: {node['target']}" for one in violations for node in one["nodes"]]

    return run

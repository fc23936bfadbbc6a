"""What every test may ask for: both databases, and a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.support import browser
from tests.support.postgres import Postgres

pytest_plugins = ["tests.support.strict", "tests.support.client"]

hypothesis.settings.register_profile("shared machine", deadline=None, derandomize=True)
hypothesis.settings.load_profile("shared machine")  # a time limit per example fails at random beside other work


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for each process of pytest-xdist; half a second."""
    with Postgres() as server:
        yield server


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest, postgres: Postgres) -> Iterator[str]:
    """The address of a new, empty database; a few hundredths of a second."""
    request.node.add_marker("postgres")
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A value for TIMELINE_DATABASE, one test on each: an empty folder, and the address of an empty database."""
    if request.param == "sqlite":
        return str(tmp_path / "data")
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium; its sandbox does not work as root."""
    arguments = ["--no-sandbox"] if browser.is_root() else []
    return browser_type_launch_args | {"executable_path": browser.find(), "args": arguments}

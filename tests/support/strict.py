"""Nothing is left out quietly: a skipped test fails, and so does a whole run without PostgreSQL or without a browser.

A plugin of pytest, loaded by tests/conftest.py.
"""

from collections import Counter
from collections.abc import Generator
from typing import Any

import pytest

NEEDED = ("postgres", "browser")
BROWSER_FIXTURES = {"page", "context", "new_context", "browser"}
passed: Counter[str] = Counter()


def fail_instead(report: pytest.TestReport | pytest.CollectReport) -> None:
    """An expected failure is a skipped test too, in pytest's own reckoning."""
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, and a skipped test is a failure: {report.longrepr}"
        vars(report).pop("wasxfail", None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    report = yield
    fail_instead(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    report = yield
    fail_instead(report)
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if BROWSER_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("browser")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Called where the run is summed up, with the reports of all worker processes."""
    if report.when == "call" and report.passed:
        passed.update(name for name in NEEDED if name in report.keywords)


def is_whole(config: pytest.Config) -> bool:
    """Whether all tests were asked for: no paths, no selection, no stop at the first failure."""
    narrowed = ("keyword", "markexpr", "deselect", "lf", "collectonly", "stepwise")
    by_path = config.args_source is pytest.Config.ArgsSource.ARGS
    return not by_path and not any(config.getoption(name, default=None) for name in narrowed)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    is_worker = hasattr(session.config, "workerinput")
    missing = [name for name in NEEDED if not passed[name]]
    if missing and not is_worker and is_whole(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    missing = [name for name in NEEDED if not passed[name]]
    if missing and is_whole(config):
        terminalreporter.write_line(f"NOT A PASS: no test ran with {' or '.join(missing)}", red=True)

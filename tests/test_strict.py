"""The promise of tests/support/strict.py, kept by running pytest on small folders of tests."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MARKED = "import pytest\n@pytest.mark.{}\ndef test_{}(): pass\n"
BOTH = MARKED.format("postgres", "data") + MARKED.format("browser", "page")
MARKERS = "markers=postgres\n browser"


def run(folder: Path, tests: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A run of pytest on one file, with the plugin alone."""
    (folder / "test_it.py").write_text(tests)
    (folder / "pytest.ini").write_text(f"[pytest]\npythonpath={ROOT}\n{MARKERS}\n")
    (folder / "conftest.py").write_text('pytest_plugins = ["tests.support.strict"]')
    command = [sys.executable, "-P", "-m", "pytest", "-q", "--disable-plugin-autoload", "-p", "xdist.plugin", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_given_tests_on_both_when_all_pass_then_success(tmp_path: Path) -> None:
    assert run(tmp_path, BOTH).returncode == 0


def test_given_no_test_in_a_browser_when_all_pass_then_failure(tmp_path: Path) -> None:
    answer = run(tmp_path, MARKED.format("postgres", "data"), "--numprocesses=1")
    assert answer.returncode == 1
    assert "NOT A PASS: no test ran with browser" in answer.stdout


def test_given_no_test_in_a_browser_when_only_some_were_asked_for_then_success(tmp_path: Path) -> None:
    assert run(tmp_path, BOTH, "-k", "data").returncode == 0


@pytest.mark.parametrize(
    "skipping",
    [
        "import unittest\ndef test_it(): raise unittest.SkipTest('why')",
        "@pytest.mark.xfail(reason='why')\ndef test_it(): assert False",
        "import unittest\nraise unittest.SkipTest('why')",
    ],
    ids=["a test", "an expected failure", "a whole file"],
)
def test_given_something_skipped_then_failure(tmp_path: Path, skipping: str) -> None:
    answer = run(tmp_path, f"{BOTH}\n{skipping}")
    assert answer.returncode != 0
    assert "a skipped test is a failure" in answer.stdout

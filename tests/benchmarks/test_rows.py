"""What is made up, what peers are given of it, and what is left out where it cannot be had."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import data, limits, mariadb, profiling, rows
from benchmarks.figures import LeftOut
from benchmarks.processes import allow_files, followed, peak
from service.instance import Instance
from service.settings import Settings
from service.statements import read_statement
from tests.support.client import Client

ACTIONS, COUNTRY = 40, "ABW"


@pytest.fixture
def filled(database: str) -> str:
    """Made-up facts, recorded in this process: a command takes a second to start."""
    instance = Instance(Settings(database=database))
    instance.migrate()
    told = [(number, read_statement(line)) for number, line in enumerate(data.lines(ACTIONS))]
    assert not instance.ledger.load(told).rejected
    asyncio.run(instance.close())
    return database


def test_given_a_number_of_actions_then_always_the_same_are_made_up(tmp_path: Path) -> None:
    for name in ("first", "second"):
        data.write(tmp_path / name, ACTIONS)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
    assert (tmp_path / "first").read_bytes().count(b'"reported"') == ACTIONS


def test_given_a_store_then_peers_have_the_rows_that_it_answers(filled: str, tmp_path: Path) -> None:
    versions, now = rows.write(filled, tmp_path)
    with Client(filled) as client:
        states = client.get(f"/api/timeline?country={COUNTRY}&as_of=2026-06-30").content
    with limits.page_reader(now, COUNTRY, "1900-01-01", "2100-01-01") as page:
        assert len(page()) > 1_000
        assert b'{"results":[%s]' % page() in states
    with closing(sqlite3.connect(versions)) as every:
        counted = every.execute("SELECT COUNT(*), COUNT(DISTINCT action) FROM versions").fetchone()
    assert counted[0] > counted[1] == ACTIONS


def test_given_a_store_then_its_limits_are_measured_and_nothing_is_left_of_them(filled: str, tmp_path: Path) -> None:
    whole, part, commit = limits.copied(filled, True), limits.copied(filled, False), limits.commit(filled)
    assert min(whole, part, commit) > 0
    assert not list(tmp_path.rglob("raw.sqlite*"))
    with Client(filled) as client:
        assert client.json("/api/timeline?limit=1")["results"]


def test_given_no_debian_then_mariadb_is_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with (
        pytest.raises(LeftOut, match="left out: MariaDB comes from Debian's packages"),
        mariadb.serving(tmp_path, tmp_path),
    ):
        pass


def test_given_a_place_in_the_program_then_it_is_called_by_whose_it_is() -> None:
    here = "tests/benchmarks/test_rows.py: test_given_a_place_in_the_program_then_it_is_called_by_whose_it_is"
    assert profiling.place(sys._getframe()) == here
    assert profiling.place(sys._getframe(1)) in ("_pytest", "pluggy")
    assert profiling.place(None) == "Python itself"


def test_given_a_process_then_its_memory_is_told() -> None:
    process = subprocess.Popen([sys.executable, "-c", "import time; kept = b'x' * 50_000_000; time.sleep(0.5)"])
    found, own = followed(process)
    assert (found is None and own is None) or (found or 0) > (own or 0) > 50
    assert peak(process.pid) == (None, None)  # it has ended


def test_given_a_number_that_none_may_have_open_then_it_is_refused() -> None:
    assert allow_files(10)
    assert not allow_files(1 << 40)

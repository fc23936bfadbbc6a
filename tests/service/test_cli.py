"""The console script as a user runs it: 0 done, 1 refused with one clear line, 2 wrong usage."""

import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from tests.support.console import SCRIPT, environment, refused, run, succeed
from tests.support.server import serving
from tests.support.store import busy_log, first, later, lines, opened

NOWHERE = "postgresql://timeline@127.0.0.1:1/timeline"


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """Of an embedded store, not made yet."""
    return str(tmp_path / "data")


REFUSED = [
    (["import", "ndjson", "no-such-file"], "no-such-file cannot be read: No such file or directory"),
    (["import", "ndjson", "."], ". cannot be read: Is a directory"),
    (["rebuild", "lanes"], "no projection is named 'lanes'; there are timeline"),
    (["keys", "revoke", "bob"], "no key in force is named 'bob'"),
    (["timeline"], "data' holds no log; `serve`, `demo` or `import` begins one there"),
    (["serve", "--workers", "2"], "--workers 2: an embedded store has one process"),
    (["serve", "--host", "no host"], "cannot listen on no host:8000: "),
    (["project"], "`project` needs a postgresql:// URL"),
]


@pytest.mark.parametrize(
    ("words", "said"), REFUSED, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_given_what_cannot_be_done_then_one_line_says_why(folder: str, words: list[str], said: str) -> None:
    assert said in refused(run(folder, *words))


@pytest.mark.parametrize("words", ["timeline", "diff --from 2025-01-01 --to 2025-02-01", "export ndjson", "keys list"])
@pytest.mark.parametrize("there", [False, True])
def test_given_a_mistyped_folder_when_read_then_refused_and_nothing_is_made(
    folder: str, words: str, there: bool
) -> None:
    if there:
        Path(folder).mkdir()
    assert "holds no log" in refused(run(folder, *words.split()))
    assert list(Path(folder).parent.rglob("*")) == ([Path(folder)] if there else [])


def test_given_an_option_that_is_not_understood_then_one_line_names_it(folder: str) -> None:
    with opened(folder):
        pass
    assert "--country: unknown country 'Atlantis'" in refused(run(folder, "timeline", "--country", "Atlantis"))


@pytest.mark.parametrize(
    ("database", "said"),
    [
        ("{tmp}/file", "cannot be used: File exists"),
        ("{tmp}/file/data", "cannot be used: Not a directory"),
        ("/proc/no/such/folder", "cannot be used: No such file or directory"),
        ("mysql://localhost/timeline", "give a folder, or a postgresql:// URL"),
        ("postgresql://[::1", "IPv6"),
        (NOWHERE, "Connection refused"),
    ],
)
def test_given_a_database_that_cannot_be_opened_then_one_line_says_why(
    tmp_path: Path, database: str, said: str
) -> None:
    (tmp_path / "file").touch()
    assert said in refused(run(database.format(tmp=tmp_path), "demo"))


@pytest.mark.parametrize("words", [["serve"], ["project"], ["migrate"]])
def test_given_postgres_is_down_then_one_line_says_so(words: list[str]) -> None:
    assert "Connection refused" in refused(run(NOWHERE, *words))


@pytest.mark.parametrize("name", ["log.sqlite", "views.sqlite"])
def test_given_a_file_that_is_no_database_then_one_line_says_so(folder: str, name: str) -> None:
    Path(folder).mkdir()
    Path(folder, name).write_bytes(b"no database" * 1_000)
    told = refused(run(folder, "demo"))
    assert "file is not a database" in told and (name == "log.sqlite" or f"{name}: file" in told)


def test_given_a_port_in_use_then_one_line_says_so_on_both_databases(folder: str, postgres_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for database, more in [(folder, []), (postgres_url, ["--workers", "2"])]:
            done = run(database, "serve", "--no-demo", "--port", port, *more)
            assert refused(done) == f"error: cannot listen on 127.0.0.1:{port}: Address already in use; try --port"


def test_given_a_folder_that_a_command_holds_then_one_line_names_it(folder: str) -> None:
    with opened(folder):
        assert f"held by process {os.getpid()}" in refused(run(folder, "demo"))
    assert run(folder, "demo").returncode == 0


@pytest.mark.parametrize(
    ("words", "variables", "said"),
    [
        (["import", "xml", "file"], {}, "'xml' is not one of"),
        (["serve", "--port", "70000"], {}, "TIMELINE_PORT: Input should be less than or equal to 65535"),
        (["demo"], {"TIMELINE_BATCH": "many"}, "TIMELINE_BATCH: Input should be a valid integer"),
    ],
)
def test_given_wrong_usage_then_2(folder: str, words: list[str], variables: dict[str, str], said: str) -> None:
    done = run(folder, *words, extra=variables)
    assert done.returncode == 2 and said in done.stderr.splitlines()[-1]
    assert not Path(folder).exists()


def test_given_rejected_lines_when_imported_then_listed_and_the_others_go_in_once(folder: str) -> None:
    sent = lines(first("case:a"), first("case:b", occurred={"edtf": "2023-02-29"}), later("case:a", "confirmed"))
    once, twice = (run(folder, "import", "ndjson", "-", sent=sent) for _ in range(2))
    assert once.stderr.splitlines()[0].startswith("-:2: occurred.edtf: ") and "2023-02-29" in once.stderr
    assert once.stderr.splitlines()[1] == "3 read, 2 recorded, 0 unchanged, 1 rejected"
    assert twice.stderr.splitlines()[1] == "3 read, 0 recorded, 2 unchanged, 1 rejected"
    assert (once.returncode, twice.returncode) == (0, 0)


def test_given_strict_and_rejected_lines_when_imported_then_1_and_nothing_recorded(folder: str) -> None:
    done = run(folder, "import", "ndjson", "--strict", "-", sent=lines(first("case:a"), {"type": "x"}))
    assert done.returncode == 1 and done.stderr.splitlines()[-1].endswith("nothing was recorded (--strict)")
    assert succeed(folder, "export", "ndjson") == ""


def test_given_an_export_when_imported_into_the_other_database_then_the_same_timeline(
    folder: str, postgres_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "facts.ndjson"
    file.write_bytes(lines(*busy_log()))
    succeed(folder, "demo")
    succeed(folder, "import", "ndjson", "--strict", str(file))
    exported = succeed(folder, "export", "ndjson").encode()
    succeed(postgres_url, "import", "ndjson", "--strict", "-", sent=exported)
    for day in ("2025-02-18", "2025-12-31"):
        words = ["timeline", "--limit", "500", "--as-of", day]
        assert len(shown := succeed(folder, *words)) > 1_000 and succeed(postgres_url, *words) == shown


def test_given_a_reader_that_goes_away_then_no_traceback(folder: str) -> None:
    succeed(folder, "demo")
    command = [SCRIPT, "export", "ndjson"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(folder)) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b"" and process.wait() == 1


def test_given_an_empty_store_when_migrated_then_the_first_key_and_the_demo_once(database: str) -> None:
    assert succeed(database, "migrate").startswith("key: dt_")
    assert succeed(database, "migrate") == ""
    assert len(succeed(database, "timeline").splitlines()) > 20


def test_given_no_demo_when_migrated_then_the_first_key_alone_and_help_says_what_else_is_made(folder: str) -> None:
    assert succeed(folder, "migrate", "--no-demo").startswith("key: dt_")
    assert succeed(folder, "timeline") == ""
    told = " ".join(succeed(folder, "migrate", "--help").split())
    assert "a first key, which is printed, and the demo data" in told


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_given_a_signal_then_the_server_ends_without_complaint(database: str, number: signal.Signals) -> None:
    with serving(database, "--no-demo") as server:
        assert server.end(number) == 0 and server.errors() == ""

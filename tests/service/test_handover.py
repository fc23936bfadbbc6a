"""Commands on a folder that a server holds: the server does the work, the command tells it."""

import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.errors import Refused
from service.handover import hand_over, listen, socket_of
from service.importing import BATCH
from tests.support.console import SCRIPT, environment, refused, run, succeed
from tests.support.output import Told
from tests.support.server import LONGEST, Server, serving
from tests.support.store import first, later, lines, load, opened


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all tests here, which use names of their own."""
    with serving(str(tmp_path_factory.mktemp("store")), "--no-demo") as server:
        yield server
        assert server.errors() == ""


def head(server: Server) -> int:
    position: int = server.client.get("/readyz").json()["head"]
    return position


def test_given_a_server_when_imported_then_it_serves_what_was_imported(server: Server, tmp_path: Path) -> None:
    file = tmp_path / "facts.ndjson"
    file.write_bytes(lines(first("import:a"), later("import:a", "confirmed"), later("import:b", "confirmed")))
    done = run(server.database, "import", "ndjson", str(file))
    assert done.returncode == 0 and done.stderr.splitlines() == [
        f"{file}:3: source_ref: no action has the source_ref 'import:b'",
        "3 read, 2 recorded, 0 unchanged, 1 rejected",
    ]
    found = server.client.get("/api/timeline", params={"source_ref": "import:a"}).json()["results"]
    assert [action["status"] for action in found] == ["occurred"]


def test_given_a_server_when_a_strict_import_is_refused_then_1_and_nothing_recorded(server: Server) -> None:
    before = head(server)
    done = run(server.database, "import", "ndjson", "--strict", "-", sent=lines(first("strict:a"), {"type": "x"}))
    assert done.returncode == 1 and done.stderr.splitlines()[0].startswith("-:2: type: ")
    assert head(server) == before


def test_given_a_server_when_a_key_is_made_then_it_writes_until_it_is_revoked(server: Server) -> None:
    key = succeed(server.database, "keys", "create", "ann").removeprefix("key: ").strip()
    fact = {name: value for name, value in first("keys:a").items() if name != "type"}

    def post() -> int:
        headers = {"Authorization": f"Bearer {key}"}
        return httpx.post(f"{server.url}/api/actions", json=fact, headers=headers).status_code

    assert post() == 201
    assert "ann\treport" in succeed(server.database, "keys", "list")
    succeed(server.database, "keys", "revoke", "ann")
    assert post() == 401


def test_given_a_server_when_a_command_is_refused_then_one_line_says_why(server: Server) -> None:
    assert "no key in force is named 'bob'" in refused(run(server.database, "keys", "revoke", "bob"))
    assert "no-such-file cannot be read" in refused(run(server.database, "import", "ndjson", "no-such-file"))


def test_given_a_server_then_reading_commands_see_what_it_holds(server: Server) -> None:
    run(server.database, "import", "ndjson", "-", sent=lines(first("read:a", title="Élysée")))
    assert "Élysée" in succeed(server.database, "timeline", "--q", "elysee")
    assert "Élysée" in succeed(server.database, "diff", "--from", "2025-02-16", "--to", "2025-02-17")
    assert '"source_ref":"read:a"' in succeed(server.database, "export", "ndjson")
    assert run(server.database, "rebuild").stderr == f"rebuilt timeline, tallies up to position {head(server)}\n"


def test_given_imports_and_posts_at_once_then_all_is_recorded(server: Server) -> None:
    def post(number: int) -> int:
        fact = {name: value for name, value in first(f"both:post:{number}").items() if name != "type"}
        return server.client.post("/api/actions", json=fact).status_code

    sent = lines(*(first(f"both:import:{number}") for number in range(1_500)))
    with ThreadPoolExecutor(3) as threads:
        imported = threads.submit(run, server.database, "import", "ndjson", "-", sent=sent)
        posted = list(threads.map(post, range(100)))
    *progress, told = imported.result().stderr.splitlines()
    assert told == "1500 read, 1500 recorded, 0 unchanged, 0 rejected"
    assert set(progress) <= {f"{read:,}" for read in range(1_501)}  # said where it takes long
    assert posted == [201] * 100
    reached = server.client.get("/readyz").json()
    assert reached["behind"] == 0


def test_given_a_server_then_its_socket_is_the_owners_alone(server: Server) -> None:
    mode = socket_of(Path(server.database)).stat().st_mode
    assert stat.S_ISSOCK(mode) and stat.S_IMODE(mode) == 0o600


def test_given_a_server_when_served_again_then_refused(server: Server) -> None:
    assert f"held by process {server.process.pid}" in refused(run(server.database, "serve", "--port", "0"))


def test_given_a_server_that_is_killed_then_the_command_says_so_and_the_folder_is_free(tmp_path: Path) -> None:
    folder, file = str(tmp_path / ("a-long-name" * 12)), tmp_path / "facts.ndjson"
    file.write_bytes(lines(*(first(f"case:{number}") for number in range(10_000))))
    with serving(folder, "--no-demo") as server:
        assert len(str(socket_of(Path(folder)))) < 108
        command = [SCRIPT, "import", "ndjson", str(file)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment(folder), text=True) as importing:
            while not head(server):
                time.sleep(0.02)
            server.kill()
            told = importing.communicate(timeout=LONGEST)[1]
    assert importing.returncode == 1 and told.startswith("error: the server went away before") and "\n" not in told[:-1]
    assert hand_over(Path(folder), "keys list", {}, Told()) is None
    socket_of(Path(folder)).unlink()
    with opened(folder) as instance:
        assert instance.log.head() % BATCH == 0 and instance.projector.catch_up() == instance.log.head()


def test_given_a_server_that_ended_then_no_socket_is_left(tmp_path: Path) -> None:
    with serving(str(tmp_path), "--no-demo") as server:
        assert socket_of(tmp_path).exists()
        server.stop()
    assert not socket_of(tmp_path).exists() and hand_over(tmp_path, "keys list", {}, Told()) is None


@pytest.fixture(scope="module")
def listening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that this process holds, and takes commands for."""
    folder = tmp_path_factory.mktemp("held")
    with opened(str(folder)) as instance:
        load(instance, *(first(f"held:{number}") for number in range(30)))
        server = listen(instance, folder)
        yield folder
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("command", "args", "said"),
    [
        ("keys list", {"nonsense": 1}, "error: TypeError: keys_list() got an unexpected keyword argument 'nonsense'"),
        ("nonsense", {}, "error: KeyError: 'nonsense'"),
        ("export", {"format": "csv"}, "error: KeyError: 'csv'"),
    ],
)
def test_given_a_command_that_fails_then_the_caller_hears_of_it_and_the_log_says_more(
    listening: Path, caplog: pytest.LogCaptureFixture, command: str, args: dict[str, Any], said: str
) -> None:
    told = Told()
    assert hand_over(listening, command, args, told) == 1
    assert told.notes == [f"{said}; the server's log says more"]
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_given_a_caller_that_goes_away_then_the_next_one_is_served(listening: Path) -> None:
    for _ in range(3):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(socket_of(listening)))
            connection.sendall(b'{"command": "export", "args": {"format": "ndjson"}}\n')
    told = Told()
    assert hand_over(listening, "export", {"format": "ndjson"}, told) == 0
    assert len(told.lines) == 30 and told.steps[-1][0] == told.steps[-1][1]


@pytest.mark.parametrize("sent", [b"", b'{"line": "one"}\n', b'{"line": "one"}\n{"line": "tw'])
def test_given_a_server_that_goes_away_while_it_is_asked_then_the_caller_is_told(tmp_path: Path, sent: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as listener, ThreadPoolExecutor(1) as caller:
        listener.bind(str(socket_of(tmp_path)))
        listener.listen()
        told = Told()
        answer = caller.submit(hand_over, tmp_path, "export", {"format": "ndjson"}, told)
        connection, _ = listener.accept()
        connection.sendall(sent)
        connection.close()
        with pytest.raises(Refused, match="the server went away before the work was done"):
            answer.result(LONGEST)
    assert told.lines == (["one"] if sent else [])

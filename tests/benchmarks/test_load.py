"""The load reads answers as they come, and counts what goes wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from benchmarks.load import crowd, once, rate, times
from benchmarks.servers import bare, free_port


class _Odd(BaseHTTPRequestHandler):
    """A long answer in one piece, one in chunks, one that is none, and a line that is cut."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path.startswith("/cut"):
            self.close_connection = True
            return
        self.send_response(503 if self.path.startswith("/none") else 200)
        if self.path.startswith("/chunks"):
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"3\r\nabc\r\n5\r\n\r\n0\r\n\r\n")
            self.wfile.flush()
            self.wfile.write(b"0\r\n\r\n")
            return
        body = b"x" * 300_000
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@contextmanager
def odd() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Odd) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "answers", "errors"), [("/", 3, 0), ("/chunks", 3, 0), ("/none", 3, 3), ("/cut", 0, 3)]
)
def test_given_answers_of_each_sort_then_they_are_counted(path: str, answers: int, errors: int) -> None:
    with odd() as url:
        load = crowd(url + path, 3, 0.0)
    assert (len(load.seconds), load.errors) == (answers, errors)


def test_given_nobody_listens_then_that_is_an_error_and_no_rate() -> None:
    url = f"http://127.0.0.1:{free_port()}/"
    assert crowd(url, 2, 0.0).errors == 2
    with pytest.raises(RuntimeError, match="were not 200"):
        rate(url)


def test_given_ready_bytes_over_loopback_then_they_are_answered() -> None:
    with bare(70_000, "benchmarks.loopback") as running:
        load = crowd(running.url, 4, 0.0)
        assert (len(load.seconds), load.errors) == (4, 0)
        assert load.share(0.5) <= load.share(0.99)
        assert once(running.url) > 0
        assert 0.2 < times(running.url, running.url) < 5

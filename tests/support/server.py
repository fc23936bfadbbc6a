"""The real service in a process of its own, over HTTP on a free port.

with serving(database, "--no-demo") as server:
    server.client.post("/api/actions", json=...)
"""

import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Timer

import httpx

from tests.support.console import SCRIPT, environment

LONGEST = 120.0
"""Seconds that a start or an end may take on a machine that has much else to do; on a quiet one it is about one."""


class Server:
    """`url`: without a slash at its end. `key`: for writing; kept over restarts, empty where the store had one."""

    def __init__(self, database: str, *args: str, extra: Mapping[str, str] | None = None) -> None:
        self.database, self.key = database, ""
        self._args, self._environment = args, environment(database, extra)
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self.start()

    def start(self) -> None:
        """Starts, or starts again, and waits until it answers. Raises RuntimeError with what it said instead."""
        command = [SCRIPT, "serve", *([] if "--port" in self._args else ["--port", "0"]), *self._args]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=self._stderr, env=self._environment, text=True
        )
        stuck = Timer(LONGEST, self.process.kill)
        stuck.daemon = True
        stuck.start()
        self.url = self._address()
        self.client = httpx.Client(base_url=self.url, headers=self.headers, timeout=LONGEST)
        while not self._answers():
            time.sleep(0.01)
        stuck.cancel()

    @property
    def headers(self) -> dict[str, str]:
        """What a client sends to be allowed to write."""
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}

    def _address(self) -> str:
        """Reads what is printed at a start, up to the address."""
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith("key: "):
                self.key = line.removeprefix("key: ").strip()
            if line.startswith("Timeline on "):
                return line.removeprefix("Timeline on ").strip()
        raise self._failed()

    def _answers(self) -> bool:
        if self.process.poll() is not None:
            self.client.close()
            raise self._failed()
        try:
            return self.client.get("/readyz").is_success
        except httpx.TransportError:
            return False

    def _failed(self) -> RuntimeError:
        self.process.communicate()
        said = self.errors()
        self._stderr.close()
        return RuntimeError(f"the server did not start: {said}")

    def errors(self) -> str:
        """All that it wrote to standard error so far."""
        self._stderr.seek(0)
        return self._stderr.read().decode()

    def kill(self) -> None:
        """SIGKILL: nothing is written down, closed or said any more."""
        self.end(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM: answers what it has taken, and ends; its exit status."""
        return self.end(signal.SIGTERM)

    def end(self, with_signal: signal.Signals) -> int:
        """Sends a signal and waits for the end; the exit status."""
        self.client.close()
        self.process.send_signal(with_signal)
        self.process.communicate(timeout=LONGEST)
        return self.process.returncode

    def close(self) -> None:
        if self.process.poll() is None:
            self.stop()
        self._stderr.close()


@contextmanager
def serving(database: str, *args: str, extra: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A running service over a folder or a URL, with the demo data unless told `--no-demo`; `extra`: variables."""
    server = Server(database, *args, extra=extra)
    try:
        yield server
    finally:
        server.close()

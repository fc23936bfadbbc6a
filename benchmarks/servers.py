"""The servers that are measured, each a process of its own on a free port."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL

SCRIPT = Path(sys.executable).with_name("diplomatic-timeline")


@dataclass(frozen=True)
class Running:
    """Where a server answers, and its process; the product's address has no slash at the end."""

    url: str
    pid: int


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def product(database: Path | str, demo: bool = False) -> Iterator[Running]:
    """The service over a folder or a URL, with the demo data where that is empty and it is asked for."""
    kind = "--demo" if demo else "--no-demo"
    command = [str(SCRIPT), "serve", kind, "--port", "0", "--data", str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            found = next(filter(None, (re.search(r"http://\S+", line) for line in process.stdout)))
            yield Running(found[0], process.pid)
        finally:
            process.terminate()


@contextmanager
def writing(database: Path | str) -> Iterator[tuple[str, str]]:
    """The service over a folder or a URL, and a key for writing that is made for this."""
    with product(database) as running:
        command = [str(SCRIPT), "keys", "create", f"bench {os.getpid()}", "--data", str(database)]
        made = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        yield running.url, made.removeprefix("key: ").strip()


@contextmanager
def bare(size: int, module: str = "benchmarks.bare") -> Iterator[Running]:
    """`size` ready bytes by a FastAPI route, or as another of our modules answers them."""
    port = free_port()
    with started([sys.executable, "-m", module, str(size), str(port)], f"http://127.0.0.1:{port}/") as running:
        yield running


@contextmanager
def started(command: Sequence[str], url: str) -> Iterator[Running]:
    """A server that says nothing, as soon as an address of it answers."""
    with subprocess.Popen(command, stdout=DEVNULL, stderr=DEVNULL) as process:
        try:
            yield Running(_answering(url), process.pid)
        finally:
            process.terminate()


def _answering(url: str) -> str:
    for _ in range(400):
        try:
            urllib.request.urlopen(url).read()
            return url
        except urllib.error.URLError:
            time.sleep(0.05)
    raise RuntimeError(f"{url} does not answer")

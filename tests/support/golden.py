"""Writes the bytes of pinned answers that tests hold every later state of the code against.

.venv/bin/python -m tests.support.golden
"""

import json
import re
import tempfile
from pathlib import Path

from projections.render import RENDERING
from service.demo import load
from tests.support.addresses import COMPARED, at, reads
from tests.support.client import Client, migrated

FOLDER = Path(__file__).parent.parent / "golden" / "pinned"
MOMENT = "as_of=2025-10-20T12:00:00Z&position=75"
"""After the last fact of the demonstration's data."""


def main() -> None:
    """Writes the folder of the present `v`; the others are what was once promised, and stay."""
    folder = FOLDER / f"v{RENDERING}"
    folder.mkdir(parents=True, exist_ok=True)
    found = addresses()
    with tempfile.TemporaryDirectory() as data, Client(migrated(data)) as client:
        load(client.instance)
        for name, address in found.items():
            (folder / name).write_bytes(client.get(address).content)
    (folder / "addresses.json").write_text(json.dumps(found, indent=1) + "\n")


def addresses() -> dict[str, str]:
    """The name of a file -> the pinned address whose bytes it holds."""
    pins = f"&v={RENDERING}"
    compared = [at(f"{path}?{query}", f"position=75{pins}") for path, query in COMPARED.items()]
    return {name_of(address): address for address in [*(at(one, MOMENT + pins) for one in reads()), *compared]}


def name_of(address: str) -> str:
    """A file's name for an address."""
    path = address.partition("?")[0].removeprefix("/api/")
    return re.sub(r"/[0-9a-f-]{36}", "", path).replace("/", "-") + ".bytes"


if __name__ == "__main__":
    main()

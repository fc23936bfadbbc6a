"""The folder of an embedded store: one process holds it, by a lock that ends with the process."""

import fcntl
import os
from pathlib import Path

from domain.errors import Refused


class FolderHeld(Refused):
    """Another process holds the folder."""


class FolderLock:
    """Holds a folder until `release` or the end of the process. Raises FolderHeld where another process does."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(self._file, 20).decode() or "unknown"
            os.close(self._file)
            raise FolderHeld(f"{folder} is held by process {holder}: one process at a time may write to it") from None
        os.truncate(self._file, 0)
        os.write(self._file, str(os.getpid()).encode())

    def release(self) -> None:
        os.close(self._file)

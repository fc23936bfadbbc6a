"""One running instance: the log, the read models, and what keeps them together; only here are classes chosen."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from domain.errors import Refused
from projections.database import Database
from projections.postgres import Postgres
from projections.sqlite import SQLite
from service.ledger import Ledger
from service.projector import Progress, Projector
from service.settings import Settings
from service.store.folder import FolderLock
from service.store.log import Log
from service.store.postgres import PostgresRecorder
from service.store.sqlite import SQLiteRecorder

logger = logging.getLogger(__name__)
LOG = "log.sqlite"


class BadDatabase(Refused):
    """The database setting names nothing that can be opened."""


def check_there_is_a_log(settings: Settings) -> None:
    """Raises BadDatabase where a folder is named that holds none; nothing is made there."""
    if "://" not in settings.database and not (Path(settings.database).expanduser() / LOG).exists():
        raise BadDatabase(f"database {settings.database!r} holds no log; `serve`, `demo` or `import` begins one there")


def _read_models(path: Path) -> SQLite:
    try:
        return SQLite(path)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise
        raise BadDatabase(f"{path}: {error}; delete it, and it is made again from the log beside it") from None


def server_clock() -> datetime:
    """The server's clock, UTC."""
    return datetime.now(UTC)


class Instance:
    """Opens what the settings name. `close` must be called; an embedded folder is held until then."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = server_clock) -> None:
        self.settings, self.clock = settings, clock
        self.run: Callable[[Coroutine[Any, Any, Any]], Any] = asyncio.run
        """How a command reads; whoever closes the instance sets the event loop that its connections belong to."""
        self.serves = False
        """Set by who lets clients in."""
        self._is_put_off = False
        self._lock: FolderLock | None = None
        self.log, self.database = self._open_postgres() if settings.is_postgres else self._open_folder()
        self.projector = Projector(self.log, self.database, settings.batch, settings.poll)
        self.ledger = Ledger(self.log, clock, recorded=self._recorded)

    def migrate(self) -> None:
        """Creates the tables that are missing, one process at a time; after an upgrade read models may begin anew."""
        self.log.migrate()
        self.projector.create()

    def _open_postgres(self) -> tuple[Log, Database]:
        return Log(PostgresRecorder(self.settings.database)), Postgres(self.settings.database)

    def _open_folder(self) -> tuple[Log, Database]:
        folder = Path(self.settings.database).expanduser()
        if "://" in self.settings.database:
            raise BadDatabase(f"database {self.settings.database!r}: give a folder, or a postgresql:// URL")
        try:
            self._lock = FolderLock(folder)
        except OSError as error:
            raise BadDatabase(f"database {self.settings.database!r} cannot be used: {error.strerror}") from None
        return Log(SQLiteRecorder(folder / LOG)), _read_models(folder / "views.sqlite")

    @contextmanager
    def put_off(self, progress: Progress) -> Iterator[None]:
        """What is recorded inside is projected at its end, which is faster; where anybody might look, at once."""
        if self._lock is None or self.serves:
            yield
            return
        self._is_put_off = True
        try:
            yield
        finally:
            self._is_put_off = False
        self._recorded(progress)

    def _recorded(self, progress: Progress | None = None) -> None:
        """What was recorded here is seen at once by whoever asks here; if not, it is recorded none the less."""
        if not self.settings.project or self._is_put_off:
            return
        try:
            self.projector.catch_up(progress=progress)
        except Exception:
            logger.exception("projecting failed; what follows the log tries again")

    async def close(self) -> None:
        self.projector.stop()
        await self.database.close()
        self.log.close()
        if self._lock:
            self._lock.release()

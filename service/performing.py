"""One command: in this process, or in the server that holds the folder. No web server is imported, so it is quick."""

import asyncio
import logging
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from domain.errors import Refused
from service.commands import COMMANDS, READING
from service.handover import hand_over
from service.instance import Instance, check_there_is_a_log
from service.settings import Settings
from service.store.folder import FolderHeld
from service.terminal import Terminal


def perform(settings: Settings, command: str, args: dict[str, Any]) -> int:
    """Runs one command; a folder that a server holds is left to that server."""
    output = Terminal()
    with told_in_one_line() as told, asyncio.Runner() as runner:
        if command in READING:
            check_there_is_a_log(settings)
        try:
            instance = Instance(settings)
        except FolderHeld:
            status = hand_over(Path(settings.database).expanduser(), command, args, output)
            if status is None:
                raise
            return status
        instance.run = runner.run
        try:
            instance.migrate()
            instance.projector.catch_up(progress=output.progress)
            output.finish()
            return COMMANDS[command](instance, output, **args)
        finally:
            output.finish()
            runner.run(instance.close())
    return told.status


_EXPLAINED = (Refused, psycopg.Error, sqlite3.Error, OSError)
"""Their messages say enough; any other is named too."""


class Told:
    """The exit status, once there was something to tell."""

    status = 0


@contextmanager
def told_in_one_line() -> Iterator[Told]:
    """A refusal or a database that does not answer becomes one line on standard error and the status 1."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    told = Told()
    try:
        yield told
    except BrokenPipeError:
        raise
    except Exception as error:  # whatever it is, a user gets a line and no traceback
        kind = "" if isinstance(error, _EXPLAINED) else f"{type(error).__name__}: "
        print(f"error: {kind}{' '.join(str(error).split())}", file=sys.stderr)
        told.status = 1

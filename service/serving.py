"""Running for long: the server, the projection worker. What both need first is made by `migrate`."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from domain.errors import Refused
from service import demo, keys
from service.app import create_app
from service.collecting import settled
from service.handover import listen, socket_of
from service.instance import Instance
from service.performing import told_in_one_line
from service.settings import Settings
from service.terminal import Terminal

FIRST_KEY = "first"
"""The name of the key that is printed at the first start."""


def serve(settings: Settings) -> int:
    """Serves until SIGTERM or SIGINT; being stopped is no failure."""
    with told_in_one_line() as told:
        if settings.workers > 1:
            _serve_many(settings)
            return 0
        instance = Instance(settings)
        instance.serves = True
        try:
            instance.migrate()
            _first_start(instance)
            listener = _listener(settings)
        except BaseException:
            asyncio.run(instance.close())
            raise
        app = create_app(instance, demo.is_loaded(instance), _lifespan(instance, listener))
        _end_well_when_stopped()
        settled()
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=5, server_header=False)
        uvicorn.Server(config).run(sockets=[listener])
    return told.status


def _serve_many(settings: Settings) -> None:
    """Several server processes over PostgreSQL; each reads its settings from the environment."""
    if not settings.is_postgres:
        raise Refused(f"--workers {settings.workers}: an embedded store has one process; give a postgresql:// URL")
    migrate(settings)
    for name, value in settings.model_dump().items():
        os.environ[f"TIMELINE_{name.upper()}"] = str(value)
    with _listener(settings) as listener:  # from now on whoever comes waits until a worker takes the request
        _say_where(listener)
        _end_well_when_stopped()
        config = uvicorn.Config(
            "service.serving:worker", factory=True, workers=settings.workers, log_level="warning", server_header=False
        )
        Multiprocess(config, sockets=[listener]).run()


def worker() -> FastAPI:
    """The application of one of several server processes."""
    instance = Instance(Settings())
    app = create_app(instance, demo.is_loaded(instance))
    settled()
    return app


def project(settings: Settings) -> int:
    """Follows the log until SIGTERM or SIGINT."""
    with told_in_one_line() as told:
        if not settings.is_postgres:
            raise Refused("an embedded store is projected by its server; `project` needs a postgresql:// URL")
        instance = Instance(settings)
        instance.migrate()
        instance.projector.start()
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        print("projecting", flush=True)
        stop.wait()
        asyncio.run(instance.close())
    return told.status


def migrate(settings: Settings) -> None:
    """Creates what is missing: tables, the first key, the demo data where it is wanted."""
    with told_in_one_line() as told:
        instance = Instance(settings)
        try:
            instance.migrate()
            _first_start(instance)
        finally:
            asyncio.run(instance.close())
    if told.status:
        sys.exit(told.status)


def _first_start(instance: Instance) -> None:
    if not keys.every(instance.log):
        print(f"key: {keys.create(instance.log, FIRST_KEY, 'admin', instance.clock())}", flush=True)
    if instance.settings.demo and instance.log.head() == 0:
        demo.load(instance)
    output = Terminal()
    instance.projector.catch_up(progress=output.progress)  # much to do after an upgrade, or where an import broke off
    output.finish()


def _listener(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        number = error.errno or 0  # below 0: the name of the host could not be resolved
        reason = os.strerror(number) if number > 0 else error.strerror
        raise Refused(f"cannot listen on {settings.host}:{settings.port}: {reason}; try --port") from None


def _end_well_when_stopped() -> None:
    """The server raises the signal that stopped it once more, when all is answered and closed."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))


def _say_where(listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    print(f"Timeline on http://{f'[{host}]' if ':' in host else host}:{port}", flush=True)


def _lifespan(instance: Instance, listener: socket.socket) -> Any:
    """Follows the log, takes handed-over commands, and says where the page is once it can be opened."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        folder = None if instance.settings.is_postgres else Path(instance.settings.database).expanduser()
        handover = listen(instance, folder) if folder else None
        if instance.settings.project:
            instance.projector.start()
        _say_where(listener)
        yield
        if handover and folder:
            handover.shutdown()
            socket_of(folder).unlink(missing_ok=True)
        await instance.close()

    return lifespan

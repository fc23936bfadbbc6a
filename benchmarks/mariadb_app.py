"""The page over a system-versioned table of MariaDB behind FastAPI: runs in an environment of its own, beside our code.

`load SOCKET FILE` makes the table from rows as `benchmarks/rows.py` writes them; `serve SOCKET PORT` answers pages.
"""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Annotated

import asyncmy
import uvicorn
from fastapi import FastAPI, Query, Response

_TABLE = (
    "CREATE TABLE actions (country VARCHAR(3) NOT NULL, day DATE NOT NULL, action CHAR(36) NOT NULL,"
    " json MEDIUMBLOB NOT NULL, known_from TIMESTAMP(6) GENERATED ALWAYS AS ROW START,"
    " known_to TIMESTAMP(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (known_from, known_to),"
    " PRIMARY KEY (country, day, action)) WITH SYSTEM VERSIONING CHARACTER SET latin1 COLLATE latin1_bin"
)
_ROWS = (
    "SELECT country, day, action, json, max(known_from, '1970-01-02'),"
    " coalesce(known_to, '2038-01-19 03:14:07.999999')"
    " FROM versions WHERE known_to IS NULL OR known_to > '1970-01-03' ORDER BY country, day, action"
)
"""Its clock begins in 1970."""
_INSERT = "INSERT INTO actions (country, day, action, json, known_from, known_to) VALUES (%s, %s, %s, %s, %s, %s)"
_PAGE = "SELECT json FROM actions{} WHERE country = ? AND day BETWEEN ? AND ? ORDER BY day, action LIMIT 100"
_NOW, _PAST = _PAGE.format(""), _PAGE.format(" FOR SYSTEM_TIME AS OF ?")

_PREPARE = (f"PREPARE now FROM '{_NOW}'", f"PREPARE past FROM '{_PAST}'")
CONNECTIONS = 8
Country = Annotated[str, Query(pattern="^[A-Z]{3}$")]


async def _cursor(socket: str, *statements: str) -> asyncmy.cursors.Cursor:
    """Of a connection of its own, which has been told these statements."""
    connection = await asyncmy.connect(unix_socket=socket, user="root", autocommit=True, charset="latin1")
    cursor = connection.cursor()
    for statement in ("SET time_zone = '+00:00'", *statements):
        await cursor.execute(statement)
    return cursor


async def load(socket: str, path: str) -> None:
    """Row by row with the times at which each was known; then the server counts what it has, to plan with."""
    history = ("CREATE DATABASE bench", "USE bench", _TABLE, "SET system_versioning_insert_history = 1")
    cursor = await _cursor(socket, *history)
    rows = sqlite3.connect(path).execute(_ROWS)
    while part := rows.fetchmany(1_000):
        await cursor.executemany(_INSERT, part)
    await cursor.execute("ANALYZE TABLE actions")


def app(socket: str) -> FastAPI:
    """One route; connections are kept open, with the two statements prepared on each."""
    free: asyncio.Queue[asyncmy.cursors.Cursor] = asyncio.Queue()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        for _ in range(CONNECTIONS):
            free.put_nowait(await _cursor(socket, "USE bench", *_PREPARE))
        yield

    made = FastAPI(lifespan=lifespan)

    @made.get("/timeline")
    async def timeline(country: Country, start: date, end: date, as_of: date | None = None) -> Response:
        cursor = await free.get()
        try:
            if as_of:
                await cursor.execute("EXECUTE past USING %s, %s, %s, %s", (as_of, country, start, end))
            else:
                await cursor.execute("EXECUTE now USING %s, %s, %s", (country, start, end))
            rows = await cursor.fetchall()
        finally:
            free.put_nowait(cursor)
        body = b'{"results":[' + b",".join(row[0] for row in rows) + b"]}"
        return Response(body, media_type="application/json")

    return made


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["load", socket, path]:
            asyncio.run(load(socket, path))
        case ["serve", socket, port]:
            uvicorn.run(app(socket), port=int(port), log_level="warning")
        case _:
            sys.exit("load SOCKET FILE, or serve SOCKET PORT")

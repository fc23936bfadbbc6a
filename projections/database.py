"""Both databases behind one small face: plain SQL with `:name` parameters, in the subset that both share."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from projections.search import Dialect

Row = tuple[Any, ...]
Params = Mapping[str, Any]
NONE: Params = {}
UNDER_WAY = "another rebuild is under way"
AT_ONCE = 500
"""Values in one list of a query; SQLite takes 999 parameters before 3.32."""

INSERTED = re.compile(r"VALUES (\(\?(?:, \?)*\))")
"""The row of a statement that inserts many."""


class Execute(Protocol):
    """Statements inside one transaction."""

    dialect: Dialect
    """Which database it is, for the few statements that differ."""

    def rows(self, sql: str, params: Params = NONE) -> list[Row]:
        """Runs one statement; its rows, if it has any."""

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """As if one statement ran for each row, whose values stand for its question marks: names cost time.

        One that inserts has none but those of its row, `VALUES (?, ...)`: many rows may go in one statement.
        """


class Database(Protocol):
    """Where read models live: transactions write, on SQLite one at a time, and bounded queries read."""

    kept: dict[str, Any]
    """What queries keep in memory between reads, under names of their own."""

    @property
    def dialect(self) -> Dialect:
        """As that of `Execute`."""

    def transaction(self) -> AbstractContextManager[Execute]:
        """All or nothing; on SQLite one at a time."""

    async def read(self, sql: str, params: Params = NONE) -> list[Row]:
        """The rows of one query that is soon answered, as those of a page are."""

    async def scan(self, sql: str, params: Params = NONE) -> list[Row]:
        """The rows of one query that may look at very many: others are answered meanwhile."""

    def create(self, find: Callable[[Execute], Sequence[str]]) -> None:
        """Runs the statements that `find` gives, in one transaction; one process at a time finds and creates.

        They create tables and indexes, in SQLite's words: TEXT, INTEGER, BLOB, WITHOUT ROWID.
        """

    def beside(self) -> AbstractContextManager["Database"]:
        """An empty database of the same sort, to build in, and gone afterwards. Refused while anybody builds in one."""

    def swapping(self, beside: Any) -> AbstractContextManager[Execute]:
        """A transaction that also sees the tables of `beside`, as ``rebuild.<table>``."""

    async def close(self) -> None: ...


def placeholders(values: Sequence[Any]) -> tuple[str, dict[str, Any]]:
    """``:p0, :p1`` and the parameters of these names."""
    params = {f"p{number}": value for number, value in enumerate(values)}
    return ", ".join(f":{name}" for name in params), params


def chunks(values: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """The values in order, at most `size` at once."""
    return (values[start : start + size] for start in range(0, len(values), size))

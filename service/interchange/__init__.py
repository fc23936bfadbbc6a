"""Formats that facts come in by and go out by: one entry a format, which the command line and the API follow."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from domain.events import Fact
from service.interchange import native, us_state
from service.ledger import Entry


class Format(NamedTuple):
    """How lines are read into statements and, where it can hold the whole log, how facts are written."""

    name: str
    read: Callable[[Iterable[bytes]], Iterator[Entry]]
    write: Callable[[Iterable[Fact]], Iterator[bytes]] | None
    about: str


# fmt: off
_TABLE = (
    Format("ndjson", native.read, native.write, "the native format, one fact a line"),
    Format("us-state-visits", us_state.read_visits, None, "visits of foreign leaders to the US, one visit a line"),
    Format("us-state-travels", us_state.read_travels, None, "travels abroad of US Presidents and Secretaries of State"),
)
# fmt: on

ALL: dict[str, Format] = {format.name: format for format in _TABLE}
"""Every format by its name, the native one first."""

"""What the console script does to an open instance. A command may run in the process that was called, or in the server
that holds the folder; either way it speaks through an `Output`.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from domain.errors import Refused
from domain.instants import to_micros
from projections import pages
from projections.readmodel import Moment
from service import demo as demonstration
from service import keys, telling
from service.api.moments import asked, projected_now
from service.api.params import CLOCKS, FILTERS, PAGING, filters
from service.asking import Output, understood
from service.comparing import diff
from service.instance import Instance
from service.interchange import ALL
from service.ledger import BATCH, Summary
from service.problems import Problem
from service.rebuild import rebuild as rebuild_all
from service.statements import InvalidBody, Statement

Found = tuple[str, int, Statement | InvalidBody]
"""The file, the line in it, and what it says."""


def load_demo(instance: Instance, output: Output) -> int:
    """Records the demonstration's data."""
    _conclude(demonstration.load(instance), output)
    return 0


def load(instance: Instance, output: Output, format: str, files: dict[str, str], strict: bool) -> int:
    """Records what files hold, name by path. Rejected lines are listed; with `strict` nothing is recorded then."""
    summary, lines, before = Summary(), 0, ("", 0)
    with ExitStack() as stack:
        opened = {name: stack.enter_context(_open(name, path)) for name, path in files.items()}
        for part in _parts(_found(format, opened), strict):
            done = instance.ledger.load([(number, said) for number, (_, _, said) in enumerate(part)], strict=strict)
            places = dict.fromkeys((name, line) for name, line, _ in part)
            summary.add(replace(done, read=len(places) - (before in places)))  # a line may say two things
            before = next(reversed(places))
            lines += len({rejected.line for rejected in done.rejected})
            output.progress(summary.read, None)
            for rejected in done.rejected:
                name, line, _ = part[rejected.line]
                output.note(f"{name}:{line}: {rejected.field or 'line'}: {rejected.reason}")
    if strict and summary.rejected:
        output.note(f"{lines} rejected, so nothing was recorded (--strict)")
        return 1
    _conclude(summary, output, lines)
    return 0


def export(instance: Instance, output: Output, format: str) -> int:
    """Writes the whole log in order of positions."""
    head, after = instance.log.head(), 0
    while facts := instance.log.read(after, BATCH):
        for line in WRITERS[format](facts):
            output.line(line.decode().rstrip("\n"))
        after = facts[-1].position
        output.progress(after, head)
    return 0


def show(instance: Instance, output: Output, query: dict[str, list[str]], limit: int) -> int:
    """The timeline as lines of text."""
    found = understood(query, (*FILTERS, *CLOCKS, *PAGING))
    rows, rest = instance.run(_read(instance, found, limit))
    for row in rows:
        output.line(telling.row(orjson.loads(row[2])))
    output.note(f"{len(rows)} of {rest} actions" if rest > len(rows) else f"{rest} actions")
    return 0


def rebuild(instance: Instance, output: Output, name: str | None) -> int:
    """Makes read models anew from the log, beside those that serve, and puts them in their place."""
    output.note(rebuild_all(instance, name, output.progress))
    return 0


def keys_create(instance: Instance, output: Output, name: str, scope: keys.Scope) -> int:
    """Makes a key and shows it, once."""
    output.line(f"key: {keys.create(instance.log, name, scope, instance.clock())}")
    return 0


def keys_list(instance: Instance, output: Output) -> int:
    """Every key by its name; the keys themselves are not kept."""
    for key in keys.every(instance.log):
        state = f"revoked {key.revoked_at}" if key.revoked_at else "in force"
        output.line(f"{key.name}\t{key.scope}\t{key.created_at}\t{state}")
    return 0


def keys_revoke(instance: Instance, output: Output, name: str) -> int:
    """Ends a key."""
    keys.revoke(instance.log, name, instance.clock())
    output.note(f"revoked {name}")
    return 0


READERS = {name: format.read for name, format in ALL.items()}
WRITERS = {name: format.write for name, format in ALL.items() if format.write}
COMMANDS: dict[str, Callable[..., int]] = {
    "demo": load_demo,
    "import": load,
    "export": export,
    "timeline": show,
    "diff": diff,
    "rebuild": rebuild,
    "keys create": keys_create,
    "keys list": keys_list,
    "keys revoke": keys_revoke,
}


def _open(name: str, path: str) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise Refused(f"{name} cannot be read: {error.strerror}") from None


def _found(format: str, files: Mapping[str, BinaryIO]) -> Iterator[Found]:
    for name, file in files.items():
        yield from ((name, line, said) for line, said in READERS[format](file))


def _parts(found: Iterator[Found], strict: bool) -> Iterator[list[Found]]:
    """What is recorded together: everything, or a batch."""
    while part := list(found if strict else islice(found, BATCH)):
        yield part


def _conclude(summary: Summary, output: Output, rejected: int = 0) -> None:
    """`rejected` counts lines; one line may have several things wrong."""
    counts = f"{summary.read} read, {summary.recorded} recorded, {summary.unchanged} unchanged"
    output.note(f"{counts}, {rejected} rejected")


async def _read(instance: Instance, found: dict[str, Any], limit: int) -> tuple[list[Any], int]:
    now = await projected_now(instance)
    try:
        at = await asked(instance, found, now)
        wanted, sort = filters(found), found.get("sort", "date")
    except Problem as error:
        raise Refused(str(error)) from None
    if at.position > now.position:
        raise Refused(f"position {at.position} lies beyond the last fact, {now.position}")
    moment = Moment(to_micros(at.as_of), at.position)
    rows = await pages.page(instance.database, wanted, moment, sort, None, limit)
    return rows, await pages.total(instance.database, wanted, moment)

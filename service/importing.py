"""The commands `import` and `demo`: facts from files, or those that the project ships, go into the log."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from domain.errors import Refused
from service import demo as demonstration
from service.asking import Output
from service.instance import Instance
from service.interchange import ALL
from service.ledger import Summary
from service.statements import InvalidBody, Statement

WHAT_COUNTS = (
    "recorded and unchanged count facts, read and rejected count lines:"
    " a line may state several facts, and a merge records one or two more with the survivor"
)
"""Said where the numbers do not add up."""
BATCH = 2_500
"""Statements recorded at once; whoever else writes waits for them."""
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
        stack.enter_context(instance.put_off(output.progress))
        for part in _parts(_found(format, opened), None if strict else BATCH):
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
    if summary.recorded + summary.unchanged + lines != summary.read:
        output.note(WHAT_COUNTS)
    _conclude(summary, output, lines)
    return 0


def _open(name: str, path: str) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise Refused(f"{name} cannot be read: {error.strerror}") from None


def _found(format: str, files: Mapping[str, BinaryIO]) -> Iterator[Found]:
    for name, file in files.items():
        yield from ((name, line, said) for line, said in ALL[format].read(file))


def _parts(found: Iterator[Found], batch: int | None) -> Iterator[list[Found]]:
    """What is recorded together: so many statements, or all."""
    while part := list(islice(found, batch)):
        yield part


def _conclude(summary: Summary, output: Output, rejected: int = 0) -> None:
    """`rejected` counts lines; one line may have several things wrong."""
    counts = f"{summary.read} read, {summary.recorded} recorded, {summary.unchanged} unchanged"
    output.note(f"{counts}, {rejected} rejected")

"""Rebuilding read models from the log, beside those that serve; they are swapped in one transaction, or not at all."""

from collections.abc import Iterator, Sequence

import projections
from domain.errors import Refused
from domain.fold import Version, versions
from projections.database import Database, Execute
from projections.readmodel import DIGESTS, Projection, reached_by, tables_of
from service.instance import Instance
from service.projector import Progress, Projector


class NotTheFold(Refused):
    """What was rebuilt differs from a fresh fold of the log; the old rows stay."""


def rebuild(instance: Instance, name: str | None, progress: Progress) -> str:
    """Builds anew the projection of this name, or all; says what was done. Raises NotTheFold, and keeps what was."""
    chosen = [projection for projection in projections.ALL if name in (None, projection.name)]
    if not chosen:
        raise Refused(f"no projection is named {name!r}; there are {', '.join(one.name for one in projections.ALL)}")
    reached = instance.projector.catch_up()
    with instance.database.beside() as beside:
        position = _rebuild(instance, beside, chosen, reached, progress)
    return f"rebuilt {', '.join(one.name for one in chosen)} up to position {position}"


def _rebuild(
    instance: Instance, beside: Database, chosen: Sequence[Projection], reached: int, progress: Progress
) -> int:
    builder = Projector(instance.log, beside, instance.settings.batch, instance.settings.poll, chosen)
    builder.create()
    builder.catch_up(until=reached, progress=progress)  # never past the models that serve
    with instance.database.swapping(beside) as execute:
        position = reached_by(execute).position
        builder.catch_up(until=position)
        with beside.transaction() as built:
            _same_as_fold(instance, chosen, built, position)
            for projection in chosen:
                _swap(execute, projection)  # inside `built`, so that nobody drops what is being copied
    return position


def _same_as_fold(instance: Instance, chosen: Sequence[Projection], built: Execute, position: int) -> None:
    """The log is folded once for all of them."""
    sums = [0] * len(chosen)
    for version in _fresh(instance, position):
        sums = [old + projection.expected(version) for old, projection in zip(sums, chosen, strict=True)]
    for projection, whole in zip(chosen, sums, strict=True):
        digest, expected = projection.digest(built), whole % DIGESTS
        if digest != expected:
            raise NotTheFold(f"{projection.name}: digest {digest:032x}, a fresh fold gives {expected:032x}")


def _fresh(instance: Instance, position: int) -> Iterator[Version]:
    """Every version of every action, folded from the log up to a position."""
    for facts in instance.log.by_action():
        yield from versions(fact for fact in facts if fact.position <= position)


def _swap(execute: Execute, projection: Projection) -> None:
    for table in tables_of(projection):
        execute.rows(f"DELETE FROM {table}")
        execute.rows(f"INSERT INTO {table} SELECT * FROM rebuild.{table}")
    for statement in projection.refill.get(execute.dialect, ()):
        execute.rows(statement)

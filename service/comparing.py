"""The command `diff`: what came into a view, changed in it and left it, as lines of text."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from domain.errors import Refused
from domain.instants import to_micros
from projections.differences import Between
from projections.readmodel import Moment
from service import telling
from service.api.bounds import QUERY, by_date, filters_of
from service.api.moments import BEFORE_THE_LOG, asked, projected_now
from service.api.params import CLOCKS
from service.asking import Output, refusal, understood
from service.differences import Changed, Compared, Moved, compare
from service.instance import Instance
from service.problems import Problem

_UNDER = " " * 11


def diff(instance: Instance, output: Output, query: dict[str, list[str]], limit: int) -> int:
    """What differs between two days of knowledge or two positions."""
    found = understood(query, (*QUERY, *CLOCKS))
    compared = instance.run(_compare(instance, found, limit))
    for line in _lines(compared):
        output.line(line)
    changed = len({one.action["id"] for one in compared.changed})
    output.note(f"{len(compared.added)} added, {changed} changed, {len(compared.withdrawn)} withdrawn")
    if compared.last:
        output.note(f"there is more than --limit {limit}: narrow the range, or compare in steps")
    return 0


async def _compare(instance: Instance, found: Mapping[str, Any], limit: int) -> Compared:
    now = await projected_now(instance)
    try:
        dates, wanted = by_date(found), filters_of(found)
        last = (await asked(instance, found, now)).position if dates else found["to_position"]
    except Problem as error:
        raise refusal(error) from None
    head = now.position
    if last > head:
        raise Refused(f"position {last} lies beyond the last fact, {head}")
    return await compare(instance, wanted, _between(instance, found, dates, last), None, limit)


def _between(instance: Instance, found: Mapping[str, Any], dates: bool, last: int) -> Between:
    if dates:
        since, until = (to_micros(found[name]) for name in ("from", "to"))
        return Between(Moment(since, last), Moment(until, last))
    newest = instance.log.newest_at(last)
    known = to_micros(found.get("as_of") or (newest.recorded_at if newest else BEFORE_THE_LOG))
    return Between(Moment(known, found["from_position"]), Moment(known, last))


def _lines(compared: Compared) -> Iterable[str]:
    yield from _moved("added", compared.added)
    for _, rows in groupby(compared.changed, key=lambda one: one.action["id"]):
        yield from _changed(list(rows))
    yield from _moved("withdrawn", compared.withdrawn)


def _moved(word: str, rows: Iterable[Moved]) -> Iterable[str]:
    for one in rows:
        yield f"{word:<10} {telling.row(one.action)}"
        yield f"{_UNDER}{telling.why(one.why, one.fact)}"


def _changed(rows: list[Changed]) -> Iterable[str]:
    yield f"{'changed':<10} {telling.row(rows[0].action)}"
    for one in rows:
        yield f"{_UNDER}{telling.change(one.field, one.before, one.after)} ({telling.made(one.fact)})"

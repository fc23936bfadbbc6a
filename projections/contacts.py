"""When a country last acted together with each of others."""

from collections.abc import Sequence
from dataclasses import replace

from projections.database import AT_ONCE, Database, chunks
from projections.estimates import often
from projections.filters import Filters, in_lane
from projections.readmodel import Moment
from projections.relations import done
from projections.wanted import MOST_SLICES, unsliced

_LAST = (
    f"(SELECT v.day FROM versions v WHERE {{one}} AND {{parts}} AND {in_lane('o.column3')} ORDER BY v.day DESC LIMIT 1)"
)


async def last_together(database: Database, country: str, others: Sequence[str], at: Moment) -> dict[str, str | None]:
    """other country -> the last day of an action that has begun and that both take part in; None where none has a day.

    Of each two the lane of the rarer one is read, from its end until the other turns up: rows to read are few, since
    who is frequent soon turns up in any lane, and the lane of who is rare is short.
    """
    counts = await often(database, [country, *others])
    found: dict[str, str | None] = {}
    for some in chunks(others, AT_ONCE // 4):
        pairs = [sorted((country, other), key=lambda one: counts.get(one, 0)) for other in some]
        found |= dict(zip(some, await _last_days(database, pairs, at), strict=True))
    return found


async def _last_days(database: Database, pairs: Sequence[Sequence[str]], at: Moment) -> list[str | None]:
    """The last day of each pair of a lane to read and who else takes part."""
    asked = replace(await unsliced(database, done(Filters()), at), lanes=["o.column2"])
    named = {
        f"{name}{number}": code for number, pair in enumerate(pairs) for name, code in zip("ab", pair, strict=True)
    }
    values = ", ".join(f"({number}, :a{number}, :b{number})" for number in range(len(pairs)))
    days: list[set[str]] = [set() for _ in pairs]
    for slices in chunks([one for run in asked.runs if run.first for one in asked.slices(run)], MOST_SLICES):
        last = ", ".join(_LAST.format(one=one, parts=asked.parts) for one in slices)
        rows = await database.scan(
            f"SELECT {last} FROM (VALUES {values}) o ORDER BY o.column1", {**asked.params, **named}
        )
        for own, row in zip(days, rows, strict=True):
            own.update(filter(None, row))
    return [max(own, default=None) for own in days]

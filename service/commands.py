"""What the console script does to an open instance. A command may run in the process that was called, or in the server
that holds the folder; either way it speaks through an `Output`.
"""

from collections.abc import Callable
from typing import Any

import orjson

from domain.errors import Refused
from domain.instants import to_micros
from projections import pages
from projections.readmodel import Moment
from service import keys, telling
from service.api.moments import asked, projected_now
from service.api.params import CLOCKS, FILTERS, PAGING, filters
from service.asking import Output, refusal, understood
from service.comparing import diff
from service.importing import load, load_demo
from service.instance import Instance
from service.interchange import ALL
from service.ledger import AT_ONCE
from service.problems import Problem
from service.rebuild import rebuild as rebuild_all


def export(instance: Instance, output: Output, format: str) -> int:
    """Writes the whole log in order of positions."""
    head, after = instance.log.head(), 0
    while facts := instance.log.read(after, AT_ONCE):
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
    whole = f"{rest} action{'' if rest == 1 else 's'}"
    output.note(f"{len(rows)} of {whole}" if rest > len(rows) else whole)
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
READING = ("export", "timeline", "diff", "keys list")
"""Commands that begin no log where there is none: the folder was mistyped."""


async def _read(instance: Instance, found: dict[str, Any], limit: int) -> tuple[list[Any], int]:
    now = await projected_now(instance)
    try:
        at = await asked(instance, found, now)
        wanted, sort = filters(found), found.get("sort", "date")
    except Problem as error:
        raise refusal(error) from None
    if at.position > now.position:
        raise Refused(f"position {at.position} lies beyond the last fact, {now.position}")
    moment = Moment(to_micros(at.as_of), at.position)
    rows = await pages.page(instance.database, wanted, moment, sort, None, limit)
    return rows, await pages.total(instance.database, wanted, moment)

"""What answers with JSON that is not paged have in common."""

from collections.abc import Sequence
from typing import Any

import orjson
from starlette.responses import Response

from projections.counts import Count
from service.api.query import echo
from service.api.view import View


def listed(seen: View, results: Any, **rest: Any) -> Response:
    """Results that are not paged, with their moment and what was understood."""
    return single(seen, {"results": results, **rest})


def single(seen: View, members: dict[str, Any]) -> Response:
    """A single thing: its members, its moment and what was understood."""
    told = orjson.dumps(members)
    query = orjson.dumps(echo(seen.found))
    return seen.respond(b'%s,%s,"query":%s}' % (told[:-1], seen.head(), query), tagged=b"%d %s" % (seen.position, told))


def keyed(found: Sequence[Count]) -> list[dict[str, Any]]:
    """Counts of one group as rows of key and count."""
    return [{"key": row.group[0], "count": row.count} for row in found]

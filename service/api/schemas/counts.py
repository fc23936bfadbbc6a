"""Numbers: by period and group, for each filter, for each day on which something changed."""

from typing import Annotated

from service.api.schemas.common import Answer, Keyed, Shape, Total, like


class CountRow(Shape):
    period: Annotated[str | None, like("2025-02", about="null for what has no date, and without an interval")]
    group: Annotated[str | None, like("visit")]
    group2: Annotated[str | None, like("GBR", about="the second group, where two were asked for")] = None
    count: Annotated[float, like(12, about="whole, but with spread=true")]


class CountList(Answer):
    """Actions counted by period and group."""

    results: list[CountRow]


class FacetList(Answer):
    """For each group that counts may have, how many of the shown actions have each value."""

    results: Annotated[dict[str, list[Keyed]], like({"kind": [{"key": "visit", "count": 12}]})]
    total: Total


class ChangeRow(Shape):
    day: Annotated[str, like("2025-02-20", about="of the reported clock, UTC")]
    count: Annotated[int, like(2, about="actions that became known, were read differently, or were known no more")]


class ChangeList(Answer):
    """The days on which what was known changed, oldest first."""

    results: list[ChangeRow]

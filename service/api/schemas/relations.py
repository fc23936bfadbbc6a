"""Countries in pairs: all of them, and one."""

from typing import Annotated

from service.api.schemas.actions import Action
from service.api.schemas.common import Answer, Country, Keyed, Shape, like


class PairRow(Shape):
    a: Country
    b: Annotated[Country, like("USA")]
    count: Annotated[int, like(9)]
    bilateral: Annotated[int, like(4, about="actions that no third country takes part in")]
    multilateral: Annotated[int, like(5)]


class PairList(Answer):
    """Pairs of countries that act together, the most frequent first."""

    results: list[PairRow]


class Trip(Shape):
    visitor: Country
    host: Annotated[Country, like("USA")]
    count: Annotated[int, like(3)]


class Pair(Answer):
    """Two countries and what they do together."""

    a: Country
    b: Annotated[Country, like("USA")]
    names: Annotated[dict[str, str], like({"GBR": "United Kingdom", "USA": "United States"})]
    count: Annotated[int, like(9)]
    by_month: list[Keyed]
    visits: list[Trip]
    actions: list[Action]
    actions_url: Annotated[str, like("/api/timeline?country=GBR&country=USA&match=all", about="all of them")]

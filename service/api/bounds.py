"""The bounds that two states are compared between: two days of knowledge, or two positions of the log."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from projections.filters import Filters
from service.api.params import FILTERS, PAGING, filters
from service.api.query import INTEGER, Param, bad_query, in_order
from service.api.values import moment, whole
from service.statements import FieldError

_DATES = tuple(param for param in FILTERS if param.name in ("from", "to"))
COMPARING = (
    Param("from", moment, "compare what was known then, an instant or a day (its end, UTC)", "2025-02-18"),
    Param("to", moment, "with what was known then", "2025-03-01"),
    Param("from_position", whole(0, 2**62), "instead: compare what this log held up to it", "15", schema=INTEGER),
    Param("to_position", whole(0, 2**62), "with what it held up to that one", "75", schema=INTEGER),
    *(replace(param, name=f"occurred_{param.name}") for param in _DATES),
)
QUERY = (*(param for param in FILTERS if param not in _DATES), *COMPARING, *PAGING[:2])
_PAIRS = {("from", "to"): ("as_of",), ("from_position", "to_position"): ("position", "recorded_by")}
"""What goes together, and the clocks that it leaves no room for."""


def by_date(found: Mapping[str, Any]) -> bool:
    """Whether two days of knowledge are to be compared, else two positions.

    Raises Problem naming the parameter where one is missing, too many, ahead of the other, or contradicts them.
    """
    given = [name for pair in _PAIRS for name in pair if name in found]
    for pair in _PAIRS:
        if given == [*pair]:
            _check(found, pair)
            return pair == ("from", "to")
    if not given:
        raise bad_query(FieldError(("from",), "is missing; give from and to, or from_position and to_position"))
    if len(given) == 1:
        [other] = [name for pair in _PAIRS for name in pair if given[0] in pair and name != given[0]]
        raise bad_query(FieldError((other,), f"is missing; {given[0]} alone is not enough"))
    raise bad_query(FieldError((given[-1],), f"does not go with {given[0]}; give two dates or two positions"))


def _check(found: Mapping[str, Any], pair: tuple[str, str]) -> None:
    first, last = pair
    in_order(found, first, last)
    for clock in _PAIRS[pair]:
        if clock in found:
            raise bad_query(FieldError((clock,), f"cannot be given together with {first} and {last}; leave it out"))


def filters_of(found: Mapping[str, Any]) -> Filters:
    """The filters of a comparison. Raises Problem where `occurred_to` lies before `occurred_from`."""
    in_order(found, "occurred_from", "occurred_to")
    bounds = {param.name for param in COMPARING}
    dates = {name: found[f"occurred_{name}"] for name in ("from", "to") if f"occurred_{name}" in found}
    return filters({**{name: value for name, value in found.items() if name not in bounds}, **dates})

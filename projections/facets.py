"""What the tallies keep, as version rows `v` have it: by which column each facet counts, and which rows count.

projections/cells.py has the same facets of states.
"""

from dataclasses import dataclass, replace

from projections.cells import ALIKE
from projections.groups import COLUMNS, joins
from projections.ties import BOTH, DONE, GUESTS, HOST

_PART_OF = " AND EXISTS (SELECT 1 FROM parties m WHERE m.state = v.state AND m.country = :lane)"
_HAS_BEGUN = f" AND v.status IN {DONE}"


@dataclass(frozen=True, slots=True)
class Facet:
    """How version rows are counted by a facet: by which column, what is joined for it, and what a row must meet."""

    column: str
    joined: str = ""
    more: str = ""


OF_ALL = {
    "year": Facet("SUBSTR(v.day, 1, 4)"),
    "month": Facet("SUBSTR(v.day, 1, 7) || ' ' || v.kind || ' ' || v.status"),
    "ahead": Facet("v.outcome || ' ' || COALESCE(CAST({named} - v.heard AS TEXT), '')"),
    "pair": Facet("a.country || ' ' || b.country", BOTH, _HAS_BEGUN),
    "two": Facet("a.country || ' ' || b.country", BOTH, f"{_HAS_BEGUN} AND v.countries = 2"),
    "visit": Facet(f"g.country || ' ' || {HOST}", GUESTS, f"{_HAS_BEGUN} AND {HOST} <> g.country"),
    **{facet: Facet(column, joins([facet])) for facet, column in COLUMNS.items()},
}
OF_ONE = {
    "own role": Facet("p.role", joins(["role"]), " AND p.country = :lane"),
    "with": Facet(
        "o.country", " JOIN parties o ON o.state = v.state", f"{_PART_OF}{_HAS_BEGUN} AND o.country <> :lane"
    ),
    "visits": Facet(HOST, GUESTS, f"{_HAS_BEGUN} AND g.country = :lane AND {HOST} <> :lane"),
    "visitors": Facet("g.country", GUESTS, f"{_HAS_BEGUN} AND {HOST} = :lane AND g.country <> :lane"),
    **{facet: replace(OF_ALL[facet], more=OF_ALL[facet].more + _PART_OF) for facet in ALIKE},
}
"""In the lane of one country."""

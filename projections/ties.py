"""What ties two countries: taking part in one action, and a visit. Each rule stands here twice, over states and rows,
and in projections/profiles.py for the rows of any party.

A visit is an action in which a country has the role visitor; it is received by the countries that host it, else by the
country it takes place in. Ties are those of actions that have begun.
"""

from collections.abc import Iterator
from itertools import combinations, product

from domain.fold import State
from projections.rows import EVERYTHING

DONE = ("ongoing", "occurred")
"""What has begun."""
BOTH = " JOIN parties a ON a.state = v.state JOIN parties b ON b.state = v.state AND a.country < b.country"
GUESTS = (
    " JOIN parties g ON g.state = v.state AND g.role = 'visitor' AND g.country IS NOT NULL"
    " LEFT JOIN parties h ON h.state = v.state AND h.role = 'host' AND h.country IS NOT NULL"
)
"""`g` visits; `h` hosts, if anyone does."""
HOST = "COALESCE(h.country, v.place)"
Tie = tuple[str, str, str]
"""lane, facet, value"""


def ties(state: State) -> Iterator[Tie]:
    """What an action that has begun adds to the lanes of its countries, and to that of all.

    There `pair` has two codes in their order, with a blank between; `two` those beside whom nobody else takes part;
    `visit` guest and host.
    """
    if state.status not in DONE:
        return
    countries = sorted({party.country for party in state.content["participants"] if party.country})
    for a, b in combinations(countries, 2):
        yield EVERYTHING, "pair", f"{a} {b}"
        yield a, "with", b
        yield b, "with", a
    if len(countries) == 2:
        yield EVERYTHING, "two", " ".join(countries)
    for guest, host in visits(state):
        yield EVERYTHING, "visit", f"{guest} {host}"
        yield guest, "visits", host
        yield host, "visitors", guest


def visits(state: State) -> set[tuple[str, str]]:
    """Who visits whom: (guest, host)."""
    parties, place = state.content["participants"], state.content["place"]
    by_role = {role: {party.country for party in parties if party.role == role and party.country} for role in _ROLES}
    hosts = by_role["host"] or ({place.country} if place and place.country else set())
    return {(guest, host) for guest, host in product(by_role["visitor"], hosts) if guest != host}


_ROLES = ("visitor", "host")

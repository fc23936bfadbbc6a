"""Random queries of the timeline, over the small pools of tests/strategies.py."""

from hypothesis import strategies as st

from domain.events import OUTCOMES, STATUSES
from domain.parties import ROLES
from tests.support.model import Query

DAYS = ["2024-12-31", "2025-02-01", "2025-02-12", "2025-02-13", "2025-02-14", "2025-02-16", "2025-12-31", "2030-01-01"]


def _some(*pool: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True)


def _one(*pool: str) -> st.SearchStrategy[list[str]]:
    return st.sampled_from([[value] for value in pool])


FILTERS: dict[str, st.SearchStrategy[list[str]]] = {
    "country": _some("GBR", "UK", "us", "FRA"),
    "role": _some(*ROLES[:3], "speaker"),
    "organisation": _some("NATO", "Nato", "EU"),
    "person": _some("Keir Starmer", "KEIR  stármer", "Donald Trump", "Starmer", "Trump Donald"),
    "party": _some("country:UK", "country:FRA", "organisation:Nato", "person:keir-starmer"),
    "kind": _some("visit", "summit", "statement", "call"),
    "status": _some(*STATUSES),
    "outcome": _some(*OUTCOMES),
    "topic": _some("ukraine", "defence-spending", "Ukraine"),
    "publisher": _some("Reuters", "AFP", "dpa"),
    "subject": _some("UKR", "Russian Federation", "GBR"),
    "source_ref": _some("case:0", "case:1", "case:9"),
    "q": _some("starmer", "ELYSEE paris", "visit washington", "security", "secur", "1 b", "backstop", "us backstop"),
    "from": _one(*DAYS),
    "to": _one(*DAYS),
    "date_match": _one("overlap", "within"),
    "match": _one("any", "all"),
    "sort": _one("date", "-date"),
    "limit": _one("1", "2", "3", "500"),
    "count": _one("true", "false"),
}


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """None to four filters, and how to page."""
    names = draw(st.lists(st.sampled_from(list(FILTERS)[:-3]), max_size=4, unique=True))
    query = {name: draw(FILTERS[name]) for name in [*names, "sort", "limit", "count"]}
    if {"from", "to"} <= query.keys():
        query["from"], query["to"] = sorted([query["from"], query["to"]])
    return query

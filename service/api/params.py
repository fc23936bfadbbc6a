"""Query parameters that several routes take: what each is called, how it is read, and what it means."""

from collections.abc import Mapping
from typing import Any

from domain.events import OUTCOMES, STATUSES
from domain.kinds import KINDS
from domain.parties import ROLES
from projections.filters import Filters
from service.api.query import BOOLEAN, DAY, INTEGER, Param, in_order, vocabulary
from service.api.values import boolean, country, day, moment, organisation, party, some, whole, words

_INSTANT = {"type": "string"}

FILTERS = (
    Param("country", country, "a participant's country: alpha-3, alpha-2, name or alias", "GBR", many=True),
    vocabulary("role", ROLES, "the role of that same participant"),
    Param("organisation", organisation, "the organisation of that same participant", "NATO", many=True),
    Param(
        "person",
        some,
        "that same participant's name, in any recorded spelling; a single word needs its title in front if unrecorded",
        "Keir Starmer",
        many=True,
    ),
    Param("party", party, "who takes part besides; each of them, in whatever role", "country:GBR", many=True),
    vocabulary("kind", list(KINDS), "the kind of action"),
    vocabulary("status", STATUSES, "the status; retracted and merged actions are shown only when asked for here"),
    vocabulary("outcome", OUTCOMES, "what became of what was announced ahead"),
    Param("topic", some, "a topic, as written", "security-guarantees", many=True),
    Param("publisher", some, "who published one of its reports", "seed article", many=True),
    Param("subject", country, "a country that is talked about", "UKR", many=True),
    Param("source_ref", some, "the name its first report gave it", "seed:paris-summit:A5", many=True),
    Param(
        "q",
        words,
        'words, "phrases" and prefix* that all stand in title, summary, quote, persons or place',
        "backstop",
        many=True,
    ),
    Param("from", day, "first day; what overlaps is shown, undated actions are left out", "2025-02-01", schema=DAY),
    Param("to", day, "last day, inclusive", "2025-03-05", schema=DAY),
    vocabulary("date_match", ("overlap", "within"), "overlap, or wholly inside", many=False),
    vocabulary("match", ("any", "all"), "all: every country named takes part", many=False),
)
CLOCKS = (
    Param("as_of", moment, "as it was known then: an instant, or a day (its end, UTC)", "2025-02-18", schema=_INSTANT),
    Param("position", whole(0, 2**62), "as this log held it up to this position", "40", schema=INTEGER),
    Param("recorded_by", moment, "as this log held it at this instant", "2026-11-22", schema=_INSTANT),
    Param("v", whole(0, 10_000), "version of rendering and vocabulary, in pinned addresses", "1", schema=INTEGER),
)
PAGING = (
    Param("limit", whole(1, 500), "actions on a page, 100 unless told", "100", schema=INTEGER),
    Param("cursor", some, "where the page before ended, from `next`", "WyIyMDI1LTAyLTE3Il0"),
    vocabulary("sort", ("date", "-date"), "oldest or newest first; undated last", many=False),
    Param("count", boolean, "true adds how many there are in all", "true", schema=BOOLEAN),
)


def filters(found: Mapping[str, Any]) -> Filters:
    """The filters among the parameters found. Raises Problem where `to` lies before `from`."""
    in_order(found, "from", "to")
    also = tuple(tuple(text.split(":", 1)) for text in found.get("party", ()))
    names = {param.name for param in FILTERS} - {"from", "to", "party"}
    named = {name: value for name, value in found.items() if name in names}
    return Filters(start=found.get("from"), end=found.get("to"), also=also, **named)

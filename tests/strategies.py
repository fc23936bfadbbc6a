"""Hypothesis strategies: histories of one action, as the log holds them, and stories of several, as clients send them.

Everything is drawn from small pools around a few days, so that clocks meet, dates lapse and reports repeat. A pool of
ready values is also what keeps the strategies quick.
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate, permutations
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import strategies as st

from domain.content import Content, Occurred, Report
from domain.events import (
    Absorbed,
    Cancelled,
    Changes,
    Confirmed,
    Corrected,
    Corroborated,
    Fact,
    Merged,
    Payload,
    Postponed,
    Reinstated,
    Released,
    Reported,
    Rescheduled,
    Retracted,
    Stated,
)
from domain.instants import parse_instant
from domain.parties import Participant, Place

T = TypeVar("T")
DAY_ONE = datetime(2025, 2, 10, tzinfo=UTC)
LATE = datetime(2025, 6, 1, tzinfo=UTC)
"""After every clock: when an archive is loaded."""
ACTION, OTHER, THIRD = (UUID(int=number) for number in (0xA, 0xB, 0xC))

_HOURS = [timedelta(0), timedelta(hours=12), timedelta(days=1, microseconds=-1)]
INSTANTS = [DAY_ONE + timedelta(days=day) + hour for day in range(7) for hour in _HOURS]
NEAR = ["2025-02-11", "2025-02-12~", "2025-02-14", "2025-02-13/2025-02-15", "[2025-02-11..2025-02-16]"]
OPEN = ["2025-02-12/..", "../2025-02-13", "[..2025-02-14]", "[2025-02-13..]"]
FAR = ["2025-02", "2025", "2024-12-31", "2025-02-1X", "2030"]
DATES = NEAR + NEAR + OPEN + FAR
OCCURRED = [Occurred(), *(Occurred(edtf=date, basis="stated") for date in DATES)]
REASONS = [None, "called off", "the source withdrew it"]
PLACES = [None, Place(country="FRA"), Place(country="UKR"), Place(name="Élysée Palace, Paris", country="FRA")]
PEOPLE = [
    Participant(country="GBR", person="Keir Starmer", title="Prime Minister", role="visitor"),
    Participant(country="USA", person="Donald Trump", role="host"),
    Participant(organisation="NATO"),
    Participant(title="leaders of other European nations, unnamed"),
    Participant(country="GBR", organisation="NATO", role="delegate"),
    Participant(country="USA", role="visitor"),
    Participant(country="FRA", role="host"),
    Participant(country="UKR", person="Volodymyr Zelenskyy", role="visitor"),
    Participant(country="UKR", person="Zelensky", title="President"),
    Participant(organisation="NATO", role="host"),
    Participant(organisation="EU", person="Ursula von der Leyen", role="visitor"),
]

instants = st.sampled_from(INSTANTS)
occurred = st.sampled_from(OCCURRED)
dated = st.sampled_from(OCCURRED[1:])
reasons = st.sampled_from(REASONS)


def some(*pool: T, most: int = 2) -> st.SearchStrategy[tuple[T, ...]]:
    """None to `most` different ones, in any order: a single draw."""
    return st.sampled_from([one for size in range(most + 1) for one in permutations(pool, size)])


_CONTENT: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(["visit", "summit", "statement"]),
    "title": st.sampled_from(["Starmer to visit Washington", "Summit in Paris", "<b>Élysée</b> & =1+1"]),
    "summary": st.sampled_from([None, "Talks on security."]),
    "quote": st.sampled_from([None, "there must be a US backstop"]),
    "conditions": some("a lasting peace agreement", "a US security guarantee"),
    "occurred": occurred,
    "place": st.sampled_from(PLACES),
    "participants": some(*PEOPLE, most=3),
    "subjects": some("UKR", "RUS"),
    "topics": some("ukraine", "defence-spending"),
}
assert list(_CONTENT) == list(Content.model_fields)

statuses = st.sampled_from(["planned", "ongoing", "occurred", "postponed", "cancelled"])
REPORTS = [
    Report(publisher=publisher, url=url, published_at=at)
    for at in INSTANTS
    for publisher, url in [("Reuters", None), ("AFP", "https://example.org/news/1")]
]
reports = st.sampled_from(REPORTS)
reported = st.builds(
    Reported, source_ref=st.sampled_from([None, "case:a"]), report=reports, status=statuses, **_CONTENT
)
changes = st.fixed_dictionaries({}, optional=_CONTENT).filter(bool).map(Changes.model_validate)
_EXTRA = {"reason": reasons, "report": st.none() | reports, "reported_at": st.none() | instants}
_addition = partial(st.builds, **_EXTRA)


_SURVIVORS = st.sampled_from([OTHER, THIRD])


def _additions(into: st.SearchStrategy[UUID]) -> list[st.SearchStrategy[Any]]:
    return [
        *[_addition(Corroborated, report=reports)] * 3,  # those older than the first report are what is hard
        _addition(Corrected, changes=changes),
        _addition(Rescheduled, occurred=dated),
        *[_addition(Postponed, occurred=st.none() | occurred)] * 2,
        *[_addition(Confirmed, occurred=st.none() | occurred, status=st.sampled_from(["ongoing", "occurred"]))] * 2,
        *[_addition(Cancelled), _addition(Reinstated)] * 2,  # so that not most histories end under a halt
        _addition(Retracted),
        _addition(Merged, into=into),
    ]


_BROUGHT = [
    st.builds(Absorbed, from_id=_SURVIVORS, reports=some(*REPORTS[::9])),
    st.builds(Released, from_id=_SURVIVORS),
]


def one_kind(kinds: list[st.SearchStrategy[T]]) -> st.SearchStrategy[T]:
    """Each as likely as it is often in the list, which `one_of` would not heed."""
    return st.sampled_from(kinds).flatmap(lambda kind: kind)


payloads: st.SearchStrategy[Any] = one_kind([*_additions(_SURVIVORS), *_BROUGHT, *_BROUGHT])


def additions(into: st.SearchStrategy[UUID] = _SURVIVORS) -> st.SearchStrategy[Any]:
    """Any fact that a client may add after the first report; `into`: what a merge may name."""
    return one_kind(_additions(into))


merges_and_ends: st.SearchStrategy[Any] = one_kind(
    [*[st.builds(Merged, into=st.just(OTHER), reported_at=instants)] * 4, st.builds(Reinstated, reported_at=instants)]
)
"""Little else than merges, for circles."""


def sized(elements: st.SearchStrategy[T], smallest: int, largest: int) -> st.SearchStrategy[list[T]]:
    """Every length is as likely as any other; Hypothesis alone keeps lists short."""
    return st.integers(smallest, largest).flatmap(lambda size: st.lists(elements, min_size=size, max_size=size))


@st.composite
def histories(draw: st.DrawFn, min_size: int = 1, max_size: int = 8) -> list[Fact]:
    """The facts of one action in the order of the log, the first report first.

    All recorded long afterwards, as an archive is, or as the days went by. Then what is dated ahead counts from the
    moment it was recorded.
    """
    told = [draw(reported), *draw(sized(payloads, min_size - 1, max_size - 1))]
    servers = draw(st.sampled_from([st.just(LATE), instants, st.sampled_from([*INSTANTS, LATE])]))
    recorded = accumulate([draw(servers) for _ in told], max)
    positions = accumulate(draw(st.sampled_from([1, 1, 2, 40])) for _ in told)
    return [
        Fact(ACTION, version, position, at, min(draw(_clock(payload, at)), at), payload)
        for version, (payload, at, position) in enumerate(zip(told, recorded, positions, strict=True), start=1)
    ]


def _clock(payload: Payload, recorded_at: datetime) -> st.SearchStrategy[datetime]:
    """What the server makes of a merge has the clock of that merge, so any."""
    if isinstance(payload, Absorbed | Released):
        return instants
    report = payload.report.published_at if payload.report else recorded_at
    return st.just(payload.reported_at or report)


def native(payload: Stated, **names: Any) -> dict[str, Any]:
    """A fact as a client sends it, a line of the native format; `names`: source_ref, id or into."""
    return payload.model_dump(mode="json", exclude_unset=True) | {"type": payload.type} | names


def drafts() -> st.SearchStrategy[dict[str, Any]]:
    """A first report in the native format, that has no name of its own or `case:a`."""
    return reported.map(native)


@st.composite
def stories(
    draw: st.DrawFn, actions: int = 3, max_size: int = 12, later: st.SearchStrategy[Any] | None = None
) -> list[dict[str, Any]]:
    """Lines of the native format in an order in which they can be sent: the actions `case:0`, `case:1` ... and facts.

    Some of the facts are refused, and should be: reinstating what stands, merging in a circle. `later`: the facts to
    choose from.
    """
    names = [f"case:{number}" for number in range(actions)]
    lines = [native(draw(reported), source_ref=name) for name in names]
    for addition in draw(sized(additions() if later is None else later, 0, max_size)):
        into = {"into": draw(st.sampled_from(names))} if isinstance(addition, Merged) else {}
        lines.append(native(addition, source_ref=draw(st.sampled_from(names)), **into))
    return lines


def moments(breakpoints: list[datetime]) -> st.SearchStrategy[datetime]:
    """Anything between the first clock and the last change, mostly the changes themselves and a microsecond beside."""
    beside = [point + timedelta(microseconds=step) for point in breakpoints for step in (-1, 0, 1)]
    span = st.datetimes(datetime(2025, 1, 1), datetime(2025, 7, 1)).map(
        lambda at: parse_instant(at.replace(tzinfo=UTC))
    )
    return st.sampled_from(beside) | st.sampled_from(beside) | span

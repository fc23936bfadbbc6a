"""What the state machine tells: facts in the native format, of few actions.

As functions of Hypothesis, since those write themselves short where a failure is told.
"""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from domain.instants import write_instant
from tests.strategies import INSTANTS, LATE, additions, merges_and_ends, native, reported, sized

NAMES = [f"case:{number}" for number in range(4)]
NOBODY = ["case:9", "00000000-0000-0000-0000-000000000009"]
seeds = st.integers(0, 2**32)
times = st.sampled_from([None, None, None, *INSTANTS[9:], LATE, LATE + timedelta(days=100)])
"""What the server's clock is set to next; it may be set back."""


@st.composite
def firsts(draw: st.DrawFn, least: int, most: int) -> list[Any]:
    """First reports in the native format, each under a name of its own."""
    payloads = draw(sized(reported, least, most))
    return [native(payload, source_ref=name) for payload, name in zip(payloads, NAMES, strict=False)]


_later = st.sampled_from([write_instant(at) for at in INSTANTS[12:]])


@st.composite
def lines(draw: st.DrawFn, most: int = 4) -> list[dict[str, Any]]:
    """A few facts in the native format, of few actions; some are refused, and should be."""
    found = []
    for _ in range(draw(st.integers(most // 3, most))):
        found.append(_line(draw))
        if found[-1]["type"] == "merged" and draw(st.booleans()):
            found.append({"type": "reinstated", "source_ref": found[-1]["source_ref"], "reported_at": draw(_later)})
    return found


def _line(draw: st.DrawFn) -> dict[str, Any]:
    name = draw(st.sampled_from([*NAMES * 4, NOBODY[0]]))
    which = draw(st.integers(0, 9))
    if which == 0:
        return native(draw(reported), source_ref=name)
    line = native(draw(merges_and_ends if which < 3 else additions()), source_ref=name)
    others = [other for other in NAMES if other != name]
    return {**line, "into": draw(st.sampled_from([*others * 6, name, *NOBODY]))} if "into" in line else line

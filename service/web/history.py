"""How a record came to be what it is: its facts in the order in which they became known, and what each changed."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from domain.events import Fact, report_of
from domain.evidence import known_between
from domain.fold import State
from domain.instants import write_instant
from projections.render import render
from service.web import words

Json = dict[str, Any]
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
FACTS = {
    "reported": "First reported",
    "corroborated": "Another report says the same",
    "corrected": "Corrected",
    "rescheduled": "Another date",
    "postponed": "Put off",
    "confirmed": "Confirmed",
    "cancelled": "Called off",
    "retracted": "Report withdrawn",
    "merged": "Found to be the same as another action",
    "reinstated": "Restored",
    "absorbed": "Took in the reports of a duplicate",
    "released": "Gave back the reports of a duplicate",
}
FIELDS = {
    "kind": "Kind",
    "title": "Title",
    "summary": "Summary",
    "quote": "Quote",
    "conditions": "Conditions",
    "occurred": "Date",
    "place": "Place",
    "participants": "Who takes part",
    "subjects": "Talked about",
    "topics": "Topics",
    "status": "Status",
    "outcome": "Outcome",
    "reason": "Reason",
    "reports": "Reports",
    "merged_into": "Same as",
}
_FACTS_SAY = ("reason", "reports", "merged_into")
"""Fields that the facts themselves tell."""


def moments(facts: Iterable[Fact], as_of: datetime, now: datetime, position: int, traced: Json) -> list[Json]:
    """The moments on the reported clock at which something was said; `later` than `as_of` where it is not known yet.

    Whether a plan lapses after `now` nobody knows. `traced` is the history as the API gives it, which says what became
    of each fact.
    """
    became = {row["position"]: _became(row) for row in traced["results"]}
    before: Json | None = None
    told = []
    for together in known_between(facts, _BEFORE_ALL, max(as_of, now), position):
        after = _rendered(together[-1].state)
        since = together[0].since
        told.append(
            {
                "since": write_instant(since),
                "later": since > as_of,
                "facts": [
                    _fact(fact, became)
                    for fact in {step.fact.position: step.fact for step in together if step.fact}.values()
                ],
                "lapsed": any(step.fact is None for step in together),
                "changed": _changed(before, after) if before else [],
            }
        )
        before = after
    return told


def _rendered(state: State) -> Json:
    found: Json = orjson.loads(render(state))
    return found


def _changed(before: Json, after: Json) -> list[tuple[str, str, str]]:
    """Of each field that is read otherwise than before: what it is called, and both values in words."""
    compared = [(label, name) for name, label in FIELDS.items() if name not in _FACTS_SAY]
    said = [(label, words.value(name, before[name]), words.value(name, after[name])) for label, name in compared]
    return [(label, old, new) for label, old, new in said if old != new]


def _became(row: Json) -> str:
    """What became of a fact, in words; empty where it stands, or where nothing need be said."""
    others = " and ".join(f"the fact at position {position}" for position in row["by"])
    said = {
        "overridden": f"Replaced since by {others}.",
        "halted": f"Covered by {others}.",
        "nothing": "It says what was known already.",
    }
    return said.get(row["effect"], "")


def _fact(fact: Fact, became: Mapping[int, str]) -> Json:
    payload = fact.payload
    report = report_of(payload)
    return {
        "type": payload.type,
        "label": FACTS[payload.type],
        "reason": getattr(payload, "reason", None),
        "other": getattr(payload, "into", None) or getattr(payload, "from_id", None),
        "publisher": report and report.publisher,
        "url": report and report.url,
        "reported_at": write_instant(fact.clock),
        "recorded_at": write_instant(fact.recorded_at),
        "position": fact.position,
        "became": became.get(fact.position, ""),
    }

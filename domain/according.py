"""One publisher's word: what is known of an action from the facts alone that rest on its reports."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from domain.course import course_at, in_order
from domain.effects import Fate, fates
from domain.events import Fact, Reported, report_of
from domain.evidence import evidence


def publishers(facts: Iterable[Fact]) -> list[str]:
    """Whose reports the facts rest on, each once, in the order in which the public heard of them."""
    reports = [report_of(fact.payload) for fact in in_order(facts)]
    return list(dict.fromkeys(report.publisher for report in reports if report))


def according_to(facts: Sequence[Fact], publisher: str) -> list[Fact]:
    """The facts of a publisher, to be folded by themselves; none where it said nothing.

    A fact without a report is nobody's word but the log's, and is left out; so is what the server makes of a merge.
    Where the publisher did not report the action first, its first fact speaks of the action as it was known just
    before: a `reported` fact in its name, with that content and status and its clock, takes the first one's place.
    """
    own = _own(facts, publisher)
    if not own or any(isinstance(fact.payload, Reported) for fact in own):
        return own
    first = next(fact for fact in facts if isinstance(fact.payload, Reported))
    return [replace(first, clock=own[0].clock, payload=_spoken_of(facts, own[0])), *own]


def fates_according_to(facts: Sequence[Fact], publisher: str, as_of: datetime) -> list[Fate]:
    """What became of each fact of a publisher, as if nobody else had said anything after its first word."""
    own = _own(facts, publisher)
    found = {fate.fact.position: fate for fate in fates(according_to(facts, publisher), as_of)}
    if own and not any(isinstance(fact.payload, Reported) for fact in own):
        opening = found[own[0].position]
        effect = "stands" if opening.effect == "nothing" else opening.effect
        found[own[0].position] = replace(opening, effect=effect, before=None, given=opening.after)
    return [found[position] for position in sorted(fact.position for fact in own)]


def evidence_according_to(facts: Sequence[Fact], publisher: str, as_of: datetime) -> Mapping[str, Fact | None]:
    """Field -> the fact of a publisher that it stands on; what was known before stands on its first word."""
    own = {fact.position: fact for fact in _own(facts, publisher)}
    first = next(iter(own.values()), None)
    found = evidence(according_to(facts, publisher), as_of)
    return {name: fact and own.get(fact.position, first) for name, fact in found.items()}


def _own(facts: Iterable[Fact], publisher: str) -> list[Fact]:
    told = ((fact, report_of(fact.payload)) for fact in in_order(facts))
    return [fact for fact, report in told if report and report.publisher == publisher]


def _spoken_of(facts: Sequence[Fact], fact: Fact) -> Reported:
    """The action as it was known just before a fact, in the name of its report."""
    course, report = course_at(facts, fact.clock, fact.position), report_of(fact.payload)
    source_ref = next(one.payload.source_ref for one in facts if isinstance(one.payload, Reported))
    stated = {"source_ref": source_ref, "report": report, "status": course.standing_status}
    return Reported(**course.content, **stated, reported_at=fact.clock)

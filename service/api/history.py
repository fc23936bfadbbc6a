"""GET /api/actions/{id}/history: every fact of an action, what became of each, and what each field stands on."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.according import according_to, evidence_according_to, fates_according_to, publishers
from domain.content import UNDATED
from domain.course import known_from
from domain.effects import Fate, fates
from domain.events import Fact, report_of
from domain.evidence import FIELDS, differing, evidence, value
from domain.fold import fold
from domain.instants import write_instant
from projections.render import render
from service.api.answers import listed
from service.api.documentation import documented
from service.api.params import CLOCKS
from service.api.query import Param, bad_query
from service.api.schemas.history import History
from service.api.values import some
from service.api.view import View, view
from service.interchange.native import fields
from service.problems import Problem
from service.statements import FieldError

router = APIRouter(prefix="/api")
ACCORDING = Param("according_to", some, "a publisher, as written: what is known from its facts alone", "seed article")
EMPTY = (None, (), UNDATED)


@router.get("/actions/{id}/history", **documented((*CLOCKS, ACCORDING), History))
async def history(id: UUID, request: Request) -> Response:
    """Every fact ever recorded of an action up to `position`, in the order of the log, and what became of it."""
    seen = await view(request, ACCORDING)
    found, stands_on = _explained(seen, await held(seen, id))
    results = [_traced(fate, stands_on["known_from"]) for fate in found]
    return listed(seen, results, next=None, fields={name: made_by(stands_on[name]) for name in FIELDS})


def _explained(seen: View, facts: Sequence[Fact]) -> tuple[Sequence[Fate], Mapping[str, Fact | None]]:
    """What became of each fact, and the fact that each field stands on; of one publisher's alone where one is named."""
    if publisher := seen.found.get("according_to"):
        return fates_according_to(facts, publisher, seen.as_of), evidence_according_to(facts, publisher, seen.as_of)
    return fates(facts, seen.as_of), evidence(facts, seen.as_of)


async def held(seen: View, action: UUID) -> Sequence[Fact]:
    """The facts of an action up to the position asked for. Raises Problem where it was not known at the moment.

    With `according_to`, where that publisher said nothing of it: by then, or at all.
    """
    facts = (await asyncio.to_thread(seen.instance.log.facts_of, [action]))[action]
    found = [fact for fact in facts if fact.position <= seen.position]
    if not found or seen.as_of < known_from(found):
        raise unknown(action, seen)
    if publisher := seen.found.get("according_to"):
        _has_told(found, publisher)
        if seen.as_of < known_from(according_to(found, publisher)):
            raise unknown(action, seen, f" from {publisher}")
    return found


def _has_told(facts: Sequence[Fact], publisher: str) -> None:
    if publisher not in (names := publishers(facts)):
        told = ", ".join(map(repr, names))
        raise bad_query(FieldError(("according_to",), f"{publisher!r} stated none of its facts; these did: {told}"))


def unknown(action: UUID, seen: View, of_whom: str = "") -> Problem:
    """That there was no such action at the moment of a view."""
    at = f"{write_instant(seen.as_of)}, position {seen.position}"
    return Problem("not-found", f"no action {action} was known{of_whom} at {at}")


def state_of(seen: View, facts: Sequence[Fact]) -> bytes:
    """An action as a publisher alone tells of it, as rendered."""
    state = fold(according_to(facts, seen.found["according_to"]), seen.as_of)
    assert state
    return render(state)


def logged(fact: Fact) -> dict[str, object]:
    """A fact with its place in the log and all its clocks."""
    version = {"version": fact.version, "type": fact.payload.type}
    return {"position": fact.position, "id": str(fact.action), **version, **_clocks(fact), **fields(fact.payload)}


def _clocks(fact: Fact) -> dict[str, str]:
    return {"recorded_at": write_instant(fact.recorded_at), "reported_at": write_instant(fact.clock)}


def made_by(fact: Fact | None) -> dict[str, Any]:
    """The fact that made something what it is, in short, and the report that it carries; null where time did."""
    if fact is None:
        return {"fact": None, "report": None}
    reason, report = getattr(fact.payload, "reason", None), report_of(fact.payload)
    told = {"position": fact.position, "version": fact.version, "type": fact.payload.type, **_clocks(fact)}
    return {"fact": {**told, "reason": reason}, "report": report and report.model_dump(mode="json")}


def _traced(fate: Fate, heard: Fact | None) -> dict[str, Any]:
    by, told = [fact.position for fact in fate.by], {**_given(fate), **_changed(fate)}
    if fate.fact == heard and fate.after:
        told["known_from"] = (None, write_instant(fate.after.known_from))
    rows = [{"field": name, "before": told[name][0], "after": told[name][1]} for name in FIELDS if name in told]
    return {**logged(fate.fact), "effect": fate.effect, "by": by, "changed": rows}


def _given(fate: Fate) -> dict[str, tuple[Any, Any]]:
    """Field -> nothing, and the value that the fact gave it from when the public first heard of the action.

    Not `known_from`: that is of the fact by which it heard, whichever the log held first.
    """
    if not fate.given:
        return {}
    new: Mapping[str, Any] = orjson.loads(render(fate.given))
    return {name: (None, new[name]) for name in FIELDS[:-1] if value(fate.given, name) not in EMPTY}


def _changed(fate: Fate) -> dict[str, tuple[Any, Any]]:
    """Field -> what was shown just before a fact and just after it, where they differ."""
    if not (fate.before and fate.after):
        return {}
    old, new = orjson.loads(render(fate.before)), orjson.loads(render(fate.after))
    return {name: (old[name], new[name]) for name in differing(fate.before, fate.after)}

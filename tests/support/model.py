"""What the timeline must answer, said a second time: a plain loop over all actions, with tests/support/oracle.py.

It filters, sorts and renders in plain Python and shares no code with projections/ and service/.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from domain.content import Occurred
from domain.events import Fact
from domain.people import key_of, person_key
from tests.support.oracle import Known, known

STATUSES = ["planned", "ongoing", "occurred", "postponed", "cancelled", "retracted", "merged"]
MEANT = {"UK": "GBR", "us": "USA", "Ukraine": "UKR", "Russian Federation": "RUS", "Nato": "NATO"}
"""What the names in queries mean; who a person is is asked of domain/people.py."""
Query = dict[str, list[str]]
Action = dict[str, Any]


def histories(facts: Iterable[Fact]) -> list[list[Fact]]:
    """The facts of one action after the other."""
    found: dict[Any, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.action, []).append(fact)
    return list(found.values())


def actions(facts: Iterable[Fact], at: datetime, position: int) -> list[Action]:
    """Every action known at a moment, whatever its status."""
    states = [known(history, at, position) for history in histories(facts)]
    return [plain(state) for state in states if state]


def timeline(actions: Iterable[Action], query: Query) -> list[Action]:
    """Those that the query leaves, in its order."""
    return _ordered([one for one in actions if fits(one, query)], query)


def plain(state: Known) -> Action:
    """An action in the fields and the order of CONTRACT.md."""
    content = {name: _plain(value) for name, value in state.content.items()}
    return {
        "id": str(state.id), "kind": content.pop("kind"), "status": state.status, "outcome": state.outcome,
        "reason": state.reason, "merged_into": state.merged_into and str(state.merged_into), **content,
        "reports": [_plain(report) for report in state.reports], "source_ref": state.source_ref,
        "known_from": _instant(state.known_from), "recorded_at": _instant(state.recorded_at),
        "version": state.version, "position": state.position,
    }  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, Occurred):
        days = {"earliest": value.earliest and str(value.earliest), "latest": value.latest and str(value.latest)}
        return {"edtf": value.edtf, **days, "basis": value.basis}
    if isinstance(value, BaseModel):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, datetime):
        return _instant(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def as_bytes(action: Action) -> bytes:
    return json.dumps(action, ensure_ascii=False, separators=(",", ":")).encode()


def fits(action: Action, query: Query) -> bool:
    """Whether the action meets every filter."""
    return (
        action["status"] in query.get("status", ["planned", "ongoing", "occurred", "postponed", "cancelled"])
        and all(action[name] in query[name] for name in ("kind", "outcome", "source_ref") if name in query)
        and _listed(action["topics"], query.get("topic"))
        and _listed(action["subjects"], _meant(query.get("subject")))
        and _listed([report["publisher"] for report in action["reports"]], query.get("publisher"))
        and _parties_fit(action["participants"], query)
        and all(_takes_part(action["participants"], *text.split(":")) for text in query.get("party", ()))
        and ("q" not in query or any(set(_words(text)) <= _said(action) for text in query["q"]))
        and _days_fit(action["occurred"], query)
    )


def _listed(values: Sequence[str], wanted: list[str] | None) -> bool:
    return wanted is None or any(value in wanted for value in values)


def _meant(texts: list[str] | None) -> list[str] | None:
    return None if texts is None else [MEANT.get(text, text) for text in texts]


def _parties_fit(parties: list[Action], query: Query) -> bool:
    """Country, role, organisation and person speak of one and the same participant."""
    countries = _meant(query.get("country"))
    if countries and query.get("match") == ["all"]:
        return all(_one_fits(parties, query, [country]) for country in countries)
    named = {"country", "role", "organisation", "person"} & query.keys()
    return not named or _one_fits(parties, query, countries)


def _one_fits(parties: list[Action], query: Query, countries: list[str] | None) -> bool:
    persons = [person_key(person) for person in query.get("person", ())]
    return any(
        (countries is None or party["country"] in countries)
        and ("role" not in query or party["role"] in query["role"])
        and ("organisation" not in query or party["organisation"] in (_meant(query["organisation"]) or ()))
        and (not persons or (party["person"] and key_of(party["person"], party["title"]) in persons))
        for party in parties
    )


def _takes_part(parties: list[Action], kind: str, name: str) -> bool:
    wanted = MEANT.get(name, name)
    return any(_words(party[kind] or "") == _words(wanted) for party in parties)


def _words(text: str) -> list[str]:
    plain = "".join(letter for letter in unicodedata.normalize("NFD", text) if unicodedata.category(letter) != "Mn")
    return re.findall(r"\w+", plain.casefold())


def _said(action: Action) -> set[str]:
    place = action["place"] or {"name": None}
    texts = [action["title"], action["summary"], action["quote"], place["name"]]
    texts += [party["person"] for party in action["participants"]]
    return {word for text in texts if text for word in _words(text)}


def _days_fit(occurred: Action, query: Query) -> bool:
    """Overlap with earliest..latest, an open side reaching any day; within: no day outside."""
    first, last = query.get("from", ["0000"])[0], query.get("to", ["9999-99"])[0]
    if not {"from", "to"} & query.keys():
        return True
    if occurred["earliest"] is None and occurred["latest"] is None:
        return False
    earliest, latest = occurred["earliest"] or "0000-00", occurred["latest"] or "9999-98"
    if query.get("date_match") == ["within"]:
        return first <= earliest and latest <= last
    return latest >= first and earliest <= last


def _ordered(actions: list[Action], query: Query) -> list[Action]:
    """By earliest, else latest; ties by id; the undated last, by id, either way."""

    def key(action: Action) -> tuple[str, str]:
        return action["occurred"]["earliest"] or action["occurred"]["latest"] or "", action["id"]

    dated = sorted((one for one in actions if key(one)[0]), key=key, reverse=query.get("sort") == ["-date"])
    return dated + sorted((one for one in actions if not key(one)[0]), key=key)

"""The bytes of an action as the API gives it, made once, when a state is projected."""

from typing import Any

import orjson

from domain.events import Content, Occurred
from domain.fold import State
from domain.instants import write_instant

RENDERING = 1
"""`v` in a pinned URL: counts up when the rendering or the vocabulary changes."""


def as_json(state: State) -> dict[str, Any]:
    """An action in the fields and the order of the API."""
    content = {name: _plain(state.content[name]) for name in Content.model_fields}
    return {
        "id": str(state.id),
        "kind": content.pop("kind"),
        "status": state.status,
        "outcome": state.outcome,
        "reason": state.reason,
        "merged_into": state.merged_into and str(state.merged_into),
        **content,
        "reports": [report.model_dump(mode="json") for report in state.reports],
        "source_ref": state.source_ref,
        "known_from": write_instant(state.known_from),
        "recorded_at": write_instant(state.recorded_at),
        "version": state.version,
        "position": state.position,
    }


def render(state: State) -> bytes:
    """UTF-8 JSON without blanks."""
    return orjson.dumps(as_json(state))


def _plain(value: Any) -> Any:
    if isinstance(value, Occurred):
        earliest, latest = value.earliest, value.latest
        return {
            "edtf": value.edtf,
            "earliest": earliest and earliest.isoformat(),
            "latest": latest and latest.isoformat(),
            "basis": value.basis,
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.model_dump() if hasattr(value, "model_dump") else value

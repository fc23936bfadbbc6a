"""The bytes of an action as the API gives it: made once for the read models, when a state is projected."""

from pydantic_core import to_json

from domain.fold import State
from domain.instants import write_instant

RENDERING = 1
"""`v` in a pinned URL: counts up when the rendering or the vocabulary changes."""


def render(state: State) -> bytes:
    """UTF-8 JSON without blanks."""
    content, occurred = dict(state.content), state.occurred
    when = {
        "edtf": occurred.edtf, "earliest": occurred.earliest, "latest": occurred.latest, "basis": occurred.basis
    }  # fmt: skip
    members = {
        "id": state.id,
        "kind": content.pop("kind"),
        "status": state.status,
        "outcome": state.outcome,
        "reason": state.reason,
        "merged_into": state.merged_into,
        **content,
        "occurred": when,
        "reports": state.reports,
        "source_ref": state.source_ref,
        "known_from": write_instant(state.known_from),
        "recorded_at": write_instant(state.recorded_at),
        "version": state.version,
        "position": state.position,
    }
    return to_json(members)

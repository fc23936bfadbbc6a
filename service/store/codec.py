"""Facts as stored events: the topic is the payload's own name, the state a JSON object with a schema version.

    {"v": 1, "recorded_at": "...", "clock": "...", "fact": {...}, "meta": {...}}

Fields at their default are left out; `meta` is left out where it is empty.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from eventsourcing.persistence import Notification, StoredEvent

from domain.events import PAYLOADS, Corrected, Fact, Payload
from domain.instants import parse_instant, write_instant
from projections.database import Row

Json = dict[str, Any]
Upcast = Callable[[Json], Json]

UPCASTS: Sequence[Mapping[str, Upcast]] = ()
"""Step n, by topic, makes a `fact` of schema version n + 1 one of n + 2; a topic without a step is unchanged."""
SCHEMA = 1 + len(UPCASTS)


def encode(fact: Fact) -> StoredEvent:
    """The position is the database's to give, so it is not part of the state."""
    state: Json = {
        "v": SCHEMA,
        "recorded_at": write_instant(fact.recorded_at),
        "clock": write_instant(fact.clock),
        "fact": payload_json(fact.payload),
    }
    if fact.metadata:
        state["meta"] = fact.metadata
    return StoredEvent(str(fact.action), fact.version, fact.payload.type, orjson.dumps(state))


def decode(stored: StoredEvent, position: int, upcasts: Sequence[Mapping[str, Upcast]] = UPCASTS) -> Fact:
    """The inverse of `encode`, for every schema version that was ever written."""
    state = orjson.loads(stored.state)
    content = state["fact"]
    for step in upcasts[state["v"] - 1 :]:
        content = step[stored.topic](content) if stored.topic in step else content
    return Fact(
        action=UUID(str(stored.originator_id)),
        version=stored.originator_version,
        position=position,
        recorded_at=parse_instant(state["recorded_at"]),
        clock=parse_instant(state["clock"]),
        payload=PAYLOADS[stored.topic].model_validate(content),
        metadata=state.get("meta", {}),
    )


def decode_notification(notification: Notification) -> Fact:
    """A stored event as the log gives it, with its position."""
    return decode(notification, notification.id)


def decode_row(row: Row) -> Fact:
    """A row of position, action, version, topic and state."""
    return decode(StoredEvent(row[1], row[2], row[3], bytes(row[4])), row[0])


def recorded_time(state: bytes) -> datetime:
    """When a stored fact was recorded."""
    return parse_instant(orjson.loads(state)["recorded_at"])


def payload_json(payload: Payload) -> Json:
    """A payload without its type and the fields at their default; of a correction, exactly the fields it names."""
    content = payload.model_dump(mode="json", exclude_defaults=True)
    if isinstance(payload, Corrected):
        content["changes"] = payload.changes.model_dump(mode="json", exclude_unset=True)
    return content

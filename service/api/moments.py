"""Finding the moment that a request asks for: K on the reported clock, N a position of the log; and waiting for N."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from domain.instants import from_micros
from projections.readmodel import reached
from service.api.query import bad_query
from service.instance import Instance
from service.problems import Problem
from service.statements import FieldError

BEFORE_THE_LOG = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for; `recorded_at` is that of the position it names, None where it names none, or 0."""

    as_of: datetime
    position: int
    recorded_at: datetime | None = None


async def asked(instance: Instance, found: Mapping[str, Any], now: Asked, paged: bool = False) -> Asked:
    """The moment of parameters that were understood, where nothing asked for means `now`.

    Where it is `paged`, now is the moment of an earlier page, whose position stays. Raises Problem where two of the
    parameters contradict each other.
    """
    if "position" in found and "recorded_by" in found:
        raise bad_query(FieldError(("recorded_by",), "cannot be given together with position; leave one out"))
    if "position" in found:
        recorded_at = await asyncio.to_thread(instance.log.recorded_at, found["position"])
        return Asked(found.get("as_of", recorded_at or BEFORE_THE_LOG), found["position"], recorded_at)
    if "recorded_by" in found and paged:
        return Asked(found.get("as_of", found["recorded_by"]), now.position)
    if "recorded_by" in found:
        position = await asyncio.to_thread(instance.log.position_at, found["recorded_by"])
        return Asked(found.get("as_of", found["recorded_by"]), position)
    return Asked(found.get("as_of", now.as_of), now.position)


async def asked_of_then(instance: Instance, found: Mapping[str, Any], now: Asked, then: datetime) -> Asked:
    """The moment of the answer that was given at an instant of the recorded clock; a later one than now means now."""
    then = min(then, now.as_of)
    return await asked(instance, {"as_of": then, **found, "recorded_by": then}, now)


async def projected_now(instance: Instance) -> Asked:
    """Now, at the position that the read models have reached."""
    at = await reached(instance.database)
    return Asked(max(instance.clock(), from_micros(at.recorded_at)), at.position)


async def logged_now(instance: Instance) -> Asked:
    """Now, at the end of the log, whatever the read models have reached."""
    head = await asyncio.to_thread(instance.log.head)
    recorded_at = await asyncio.to_thread(instance.log.recorded_at, head)
    return Asked(max(instance.clock(), recorded_at or BEFORE_THE_LOG), head)


async def wait_for(instance: Instance, position: int) -> None:
    """Until the read models have reached a position, for a bounded time. Raises Problem where they do not."""
    if (await reached(instance.database)).position >= position:
        return
    await not_ahead(instance, position)
    if not await reaches(instance, position):
        raise Problem("behind", f"position {position} is recorded but not projected yet", headers={"Retry-After": "1"})


async def not_ahead(instance: Instance, position: int) -> None:
    """Raises Problem where the log has not come so far."""
    if position > (head := await asyncio.to_thread(instance.log.head)):
        raise Problem("position-ahead", f"position {position} lies beyond the last fact, {head}")


async def reaches(instance: Instance, position: int) -> bool:
    """Whether the read models reach a position within the time that a request waits."""
    until = time.monotonic() + instance.settings.wait
    while (await reached(instance.database)).position < position:
        if time.monotonic() > until:
            return False
        await asyncio.sleep(0.02)
    return True

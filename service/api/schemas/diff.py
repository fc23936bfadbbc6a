"""What differs between two moments."""

from typing import Annotated, Any, Literal

from pydantic import Field

from service.api.schemas.actions import Action
from service.api.schemas.common import Id, Moment, Position, Shape, like
from service.api.schemas.history import ByFact, ByReport


class MovedAction(Action):
    """An action, as it is at the later moment, that came into the view or left it."""

    why: Annotated[
        Literal["reported", "reinstated", "retracted", "merged", "lapsed", "changed"],
        like("reported", about="what made it so; changed: another change brought it into the filters, or out of them"),
    ]
    fact: ByFact
    report: ByReport


class FieldChange(Shape):
    """A field of an action that the view shows on both sides."""

    id: Id
    title: Annotated[str, like("Starmer meets Trump at the White House", about="at the later moment")]
    field: Annotated[str, like("status")]
    before: Annotated[Any, like("planned")]
    after: Annotated[Any, like("occurred")]
    fact: ByFact
    report: ByReport


class Side(Shape):
    as_of: Moment
    position: Position


class Diff(Shape):
    """What differs between two moments."""

    added: list[MovedAction]
    changed: list[FieldChange]
    withdrawn: list[MovedAction]
    next: Annotated[str | None, like("/api/diff?from=2025-02-18&to=2025-03-01&cursor=WzE3Mzk4")]
    as_of: Annotated[Moment, like("2025-03-01T23:59:59.999999Z", about="that of the later side")]
    position: Position
    from_: Annotated[Side, Field(alias="from")]
    to: Side
    query: Annotated[dict[str, Any], like({"country": ["GBR"]}, about="what was understood")]

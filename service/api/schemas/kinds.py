"""The vocabulary of kinds."""

from typing import Annotated

from domain.kinds import KINDS
from service.api.schemas.common import Shape, like


class KindRow(Shape):
    name: Annotated[str, like("visit")]
    plover: Annotated[str | None, like("CONSULT")]
    mode: Annotated[str | None, like("visit")]
    cameo: Annotated[list[str], like(["042", "043"])]
    definition: Annotated[str, like(KINDS["visit"].definition)]
    label: Annotated[str, like("Visit")]


class KindList(Shape):
    """The vocabulary of kinds."""

    results: list[KindRow]

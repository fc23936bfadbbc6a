"""What is answered where a request is refused."""

from typing import Annotated

from service.api.schemas.common import Shape, like


class Wrong(Shape):
    loc: Annotated[list[str | int], like(["country"])]
    msg: Annotated[str, like("unknown country 'Atlantis'")]


class ProblemDetails(Shape):
    """An error (RFC 9457)."""

    type: Annotated[str, like("/problems/bad-query")]
    title: Annotated[str, like("A query parameter is wrong")]
    status: Annotated[int, like(400)]
    detail: Annotated[str, like("country: unknown country 'Atlantis'")]
    errors: list[Wrong] | None = None

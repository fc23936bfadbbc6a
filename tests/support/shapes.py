"""Reading an answer by the shape that OpenAPI gives it."""

from typing import Any

import httpx
from pydantic import BaseModel


def read_as(shape: type[BaseModel], answer: httpx.Response) -> Any:
    """What the shape finds in the bytes. Raises ValidationError where they have another."""
    return shape.model_validate_json(answer.content).model_dump(mode="json", by_alias=True, exclude_unset=True)

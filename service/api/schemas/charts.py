"""A figure."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict

from service.api.schemas.common import like


class Figure(BaseModel):
    """A Plotly figure."""

    model_config = ConfigDict(extra="allow")

    data: Annotated[list[dict[str, Any]], like([{"type": "scatter", "x": ["2025-02-27"], "y": [0]}])]
    layout: Annotated[dict[str, Any], like({"height": 400})]

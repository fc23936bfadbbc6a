"""To where what was asked for stands now."""

from fastapi import Request
from starlette.responses import RedirectResponse, Response


def moved(request: Request, path: str) -> Response:
    """308 to another path, under the same query. Nobody may keep it: what was merged can be parted again."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(path + query, 308, {"Cache-Control": "no-store"})

"""/problems/<slug>: what each problem type means, for whoever follows the `type` of one."""

from html import escape

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from service.api.query import parse
from service.problems import TYPES, Problem, ProblemType

router = APIRouter(prefix="/problems", include_in_schema=False)
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"></head>
<body>{body}</body></html>"""


@router.get("")
async def all_problems(request: Request) -> Response:
    """Every problem type."""
    parse(request.query_params, ())
    items = "".join(f'<li><a href="/problems/{kind.slug}">{escape(kind.title)}</a></li>' for kind in TYPES.values())
    return HTMLResponse(_PAGE.format(title="Problem types", body=f"<h1>Problem types</h1><ul>{items}</ul>"))


@router.get("/{slug}")
async def problem(slug: str, request: Request) -> Response:
    """One problem type."""
    parse(request.query_params, ())
    if slug not in TYPES:
        raise Problem("not-found", f"no problem type is called {slug!r}")
    return HTMLResponse(_PAGE.format(title=escape(TYPES[slug].title), body=_body(TYPES[slug])))


def _body(kind: ProblemType) -> str:
    return (
        f"<h1>{escape(kind.title)}</h1><p>HTTP status {kind.status}</p><p>{escape(kind.explanation)}</p>"
        '<p><a href="/problems">All problem types</a></p>'
    )

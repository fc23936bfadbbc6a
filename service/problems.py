"""The types of problems: one table says how each is called, under which status it is answered, and what it means."""

from dataclasses import dataclass

from service.statements import FieldError


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A problem type: its slug is the end of its URL, `explanation` what /problems/<slug> says."""

    slug: str
    status: int
    title: str
    explanation: str


class Problem(Exception):
    """A refusal that only HTTP knows: a bad query, a missing key, a body that is too large."""

    def __init__(self, slug: str, detail: str, *found: FieldError, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.kind, self.errors, self.headers = TYPES[slug], found, headers or {}


def bad_header(name: str, message: str) -> Problem:
    """A problem that names a header."""
    return Problem("bad-header", f"{name} {message}", FieldError((name,), message))


def _types(*rows: tuple[str, int, str, str]) -> dict[str, ProblemType]:
    return {slug: ProblemType(slug, status, title, text) for slug, status, title, text in rows}


# fmt: off
TYPES = _types(
    ("bad-query", 400, "A query parameter is wrong",
     "A parameter is unknown, given twice, or has a value that is not understood. `errors` names each, with what would"
     " be right; GET /docs lists all parameters."),
    ("position-ahead", 400, "The log has not come so far",
     "`position` lies beyond the last fact recorded. GET /api/events shows the log; leave the parameter out for now."),
    ("bad-header", 400, "A header is wrong", "`errors` names the header and what would be right."),
    ("key-missing", 401, "A key is needed",
     "Send `Authorization: Bearer <key>`. The first start of the server prints one; `keys create` makes more."),
    ("key-insufficient", 403, "The key does not allow this",
     "The key is in force, but its scope is too narrow. `keys create --scope admin` makes one for operators."),
    ("not-found", 404, "There is nothing here",
     "No action, country or page has this address, or it was not known at the moment asked for by `as_of` or"
     " `position`."),
    ("method-not-allowed", 405, "The method does not fit the address", "`Allow` in the headers lists what fits."),
    ("source-ref-taken", 409, "The source_ref is in use",
     "Another report stands under this source_ref or id. Add a `corrected` fact to that action, or choose another"
     " name."),
    ("not-allowed", 409, "The action does not allow this fact",
     "Just before the fact's own place in the order of clocks the action is retracted, merged, or has nothing to"
     " reinstate; or a merge would lead back to itself. `detail` says which."),
    ("gone", 410, "This version of the rendering is retired",
     "The `v` of the address is no longer rendered. `detail` says where the same state is now."),
    ("version-mismatch", 412, "The action has moved on",
     "`If-Match` names a version that the action no longer has. Read it again, and decide again."),
    ("too-large", 413, "The body is too large", "docs/settings.md says how large a body may be. Split an import."),
    ("bad-body", 422, "The body is wrong",
     "`errors` names each field that is wrong, with the value and what would be right. Nothing was recorded."),
    ("idempotency-key-reused", 422, "The Idempotency-Key came before",
     "The same key was used with another path or body. Take a new key for a new request."),
    ("internal", 500, "The server failed", "A fault of the server, written to its log. Nothing is half done."),
    ("unavailable", 503, "The database does not answer", "The server is up, its database is not. Ask again later."),
    ("behind", 503, "The views have not come so far",
     "The log holds the position, the views do not yet. Ask again after `Retry-After` seconds."),
)
# fmt: on

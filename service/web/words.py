"""What the pages say in words: moments, people, statuses, the values of fields."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from starlette.datastructures import QueryParams

from domain.dates import parse
from domain.kinds import KINDS
from domain.people import key_of, person_key, shown_name
from service.charts import words

Json = dict[str, Any]
OUTCOMES = {
    "met": ("Met", "It took place, or goes on"),
    "open": ("Open", "Its day is not over, or not known"),
    "lapsed": ("Lapsed", "Its day is over, and no report says that it happened"),
    "cancelled": ("Cancelled", "It was called off"),
}
"""What became of what was announced: in a word, and in full."""
BASIS = {
    "stated": "the report states it",
    "derived": "it follows from what the report says",
    "inferred": "it was inferred by whoever recorded it",
    "external": "it is known from elsewhere",
}
ROLES = {"addressee": "addressed", "participant": ""}
"""Of the roles that are not said by their own name."""


def day(text: str) -> str:
    found = date.fromisoformat(text[:10])
    return f"{found.day} {found:%b} {found.year}"


def time(text: str) -> str:
    return f"{day(text)}, {text[11:16]} UTC"


def month(text: str) -> str:
    return f"{date.fromisoformat(f'{text}-01'):%b %Y}"


def when(occurred: Json) -> str:
    is_span = bool(occurred["edtf"]) and parse(occurred["edtf"]).is_span
    said = words.when(occurred, is_span) or "no date"
    return said[0].upper() + said[1:]


def certainty(occurred: Json) -> str:
    """What is not certain of a date, as a sentence; empty where nothing is doubtful or nothing is known."""
    edtf, earliest, latest = occurred["edtf"], occurred["earliest"], occurred["latest"]
    if not edtf:
        return "No report says when."
    doubt = {"~": "The date is approximate.", "?": "The date is uncertain.", "%": "The date is uncertain, approximate."}
    if edtf[-1] in doubt:
        return doubt[edtf[-1]]
    if parse(edtf).is_span:
        return "" if earliest and latest else "It lasts; one end of it is not known."
    if earliest and latest and earliest != latest:
        days = (date.fromisoformat(latest) - date.fromisoformat(earliest)).days + 1
        return f"It falls on one of {days:,} days; which one is not known."
    return "" if earliest and latest else "The day is known on one side only."


def origin(actions: Iterable[Json]) -> str:
    """Who published what is listed."""
    named = list(dict.fromkeys(report["publisher"] for action in actions for report in action["reports"]))
    return f"Reports by {', '.join(named[:3])}{' and others' if len(named) > 3 else ''}" if named else ""


def person_path(person: str, title: str | None) -> str:
    return f"/people/{key_of(person, title)}"


def look(action: Json) -> str:
    """The look that a mark of this action has, as the page's styles call it."""
    if action["outcome"] == "lapsed":
        return "lapsed"
    return "cancelled" if action["status"] in ("retracted", "merged") else str(action["status"])


def asked(query: QueryParams) -> list[str]:
    """The filters of a page, each in a few words."""
    return [FILTERS[name](value) for name, value in query.multi_items() if name in FILTERS]


def _with(text: str) -> str:
    kind, _, key = text.partition(":")
    return f"with {words.NAMES.get(kind, str)(key)}"


FILTERS: dict[str, Callable[[str], str]] = {
    "country": words.country_name,
    "role": lambda name: f"as {name}",
    "organisation": words.organisation_name,
    "person": lambda name: shown_name(person_key(name)),
    "party": _with,
    "kind": lambda name: KINDS[name].label,
    "status": str.capitalize,
    "outcome": str.capitalize,
    "topic": str,
    "publisher": lambda name: f"published by {name}",
    "subject": lambda code: f"about {words.country_name(code)}",
    "source_ref": lambda name: f"reported as {name}",
    "q": lambda text: f"“{text}”",
    "from": lambda text: f"from {day(text)} on",
    "to": lambda text: f"until {day(text)}",
    "date_match": lambda name: (
        "wholly inside the window" if name == "within" else "inside the window or across its edge"
    ),
    "match": lambda name: "with all countries named" if name == "all" else "with any country named",
}


def role(name: str) -> str:
    return ROLES.get(name, name)


def place(found: Json) -> str:
    country = found["country"] and words.country_name(found["country"])
    return ", ".join(part for part in (found["name"], country) if part)


def value(field: str, found: Any) -> str:
    """The value of a field in a few words."""
    if found is None or found == []:
        return "none"
    match field:
        case "occurred":
            return when(found)
        case "place":
            return place(found)
        case "kind":
            return KINDS[found].label
        case "participants":
            return "; ".join(_party(one) for one in found)
        case "subjects":
            return ", ".join(words.country_name(code) for code in found)
        case _:
            return "; ".join(found) if isinstance(found, list) else str(found)


def _party(one: Json) -> str:
    named = [one["person"], one["title"], one["country"] and words.country_name(one["country"]), one["organisation"]]
    return ", ".join(part for part in [*named, role(one["role"])] if part)

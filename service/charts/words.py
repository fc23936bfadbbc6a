"""Text on a chart: dates, statuses and hover boxes in words, and how wide a text is."""

import html
import textwrap
from collections.abc import Callable
from datetime import date
from typing import Any

from domain.countries import COUNTRIES
from domain.kinds import KINDS
from domain.organisations import ORGANISATIONS
from domain.people import shown_name

_NARROW, _WIDE = frozenset("iljtfrI.,':;|![]() -"), frozenset("mwMW@%")


DASH = "\N{EN DASH}"


def width(text: str) -> float:
    """Pixels at 12 px in a usual sans-serif font, rather a little more than too few."""
    return sum(4.3 if sign in _NARROW else 10.6 if sign in _WIDE else 8.2 if sign.isupper() else 7.0 for sign in text)


def cut(text: str, room: float) -> str:
    """The text, shortened to fit into a room of so many pixels; empty where not even a word fits."""
    if width(text) <= room:
        return text
    kept = text
    while kept and width(kept) + 8 > room:
        kept = kept[:-1]
    return f"{kept.rstrip(' ,:;-')}…" if len(kept) > 5 else ""


def days(first: date, last: date) -> str:
    if first == last:
        return f"{first:%a} {first.day} {first:%b} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{DASH}{last.day} {last:%b} {last.year}"
    start = f"{first.day} {first:%b}" + ("" if first.year == last.year else f" {first.year}")
    return f"{start} {DASH} {last.day} {last:%b} {last.year}"


def when(occurred: dict[str, Any], is_span: bool) -> str:
    """An uncertain date in words; an empty text where nothing is known."""
    first, last = (date.fromisoformat(day) if day else None for day in (occurred["earliest"], occurred["latest"]))
    about = "about " if str(occurred["edtf"]).endswith(("~", "?", "%")) else ""
    if first and last:
        return _between(first, last, is_span, about)
    if first:
        return f"from {days(first, first)} on" if is_span else f"on or after {days(first, first)}"
    if last:
        return f"until {days(last, last)}" if is_span else f"on or before {days(last, last)}"
    return ""


def _between(first: date, last: date, is_span: bool, about: str) -> str:
    return f"{about}{days(first, last)}" if is_span or first == last else f"one day within {days(first, last)}"


def status(action: dict[str, Any]) -> str:
    if action["outcome"] == "lapsed":
        return "Lapsed: no report says that it happened"
    conditional = ", on conditions" if action["conditions"] else ""
    return str(action["status"]).capitalize() + conditional


def party(participant: dict[str, Any]) -> str:
    """A country's name, else the organisation's, else whatever is known."""
    if participant["country"]:
        return country_name(participant["country"])
    if participant["organisation"]:
        return organisation_name(participant["organisation"])
    return str(participant["person"] or participant["title"])


def country_name(code: str) -> str:
    return COUNTRIES[code].name if code in COUNTRIES else code


def organisation_name(code: str) -> str:
    return ORGANISATIONS[code].name if code in ORGANISATIONS else code


NAMES: dict[str, Callable[[str], str]] = {
    "country": country_name,
    "organisation": organisation_name,
    "person": shown_name,
}
"""How a party of each kind is called."""


def hover(action: dict[str, Any], when: str) -> str:
    """What a mark says in full. Plotly reads a little HTML, so what a report says is escaped."""
    where = f" · {action['place']['name'] or country_name(action['place']['country'])}" if action["place"] else ""
    parties = list(dict.fromkeys(map(party, action["participants"])))
    more = f" +{len(parties) - 6}" if len(parties) > 6 else ""
    lines = [
        f"<b>{_lines(action['title'], 44)}</b>",
        f"{KINDS[action['kind']].label} · {status(action)}",
        html.escape(f"{when or 'no date'}{where}", quote=False),
        _lines(", ".join(parties[:6]) + more, 52),
    ]
    return "<br>".join(line for line in lines if line)


def _lines(text: str, length: int) -> str:
    return "<br>".join(html.escape(line, quote=False) for line in textwrap.wrap(text, length))

"""Changes as an Atom feed (RFC 4287): an entry for each change of an action, the newest first.

Addresses in it are relative to the feed's own: its bytes are the same whatever name the server is reached by.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID, uuid5
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from domain.instants import write_instant
from projections.render import RENDERING
from service import telling
from service.differences import Json
from service.feed import Entry
from service.interchange.table import participant
from service.statements import SOURCE_REFS

MEDIA = "application/atom+xml"
TITLE = "Diplomatic timeline"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LABELS = {"absorbed": "Joined by another", "released": "Parted from another"}
"""What merges do to the one that survives; other facts are called by their type."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a feed says of itself: the filters in words, when it last changed, its links (relation, type, address)."""

    view: str
    updated: datetime
    links: Sequence[tuple[str, str, str]]


def write(head: Head, entries: Sequence[Entry]) -> bytes:
    """The feed, as XML in UTF-8."""
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    _text(feed, "id", uuid5(SOURCE_REFS, f"changes:{head.view}").urn)
    _text(feed, "title", f"{TITLE}: {head.view}" if head.view else TITLE)
    _text(feed, "updated", write_instant(head.updated))
    _text(SubElement(feed, "author"), "name", TITLE)
    _text(feed, "generator", "diplomatic-timeline")
    for rel, media, href in head.links:
        SubElement(feed, "link", {"rel": rel, "type": media, "href": href})
    feed.extend(_entry(entry) for entry in entries)
    text: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text


def _entry(entry: Entry) -> Element:
    action, found = entry.action, Element("entry")
    _text(found, "id", _name(entry).urn)
    _text(found, "title", f"{_label(entry)}: {action['title']}")
    _text(found, "updated", write_instant(entry.at))
    for publisher in dict.fromkeys(report["publisher"] for report in action["reports"]):
        _text(SubElement(found, "author"), "name", publisher)
    for value in (action["kind"], action["status"]):
        SubElement(found, "category", {"term": value})
    for rel, media, href in _links(entry):
        SubElement(found, "link", {"rel": rel, "type": media, "href": _writable(href)})
    _text(found, "summary", summary(entry))
    return found


def _name(entry: Entry) -> UUID:
    """The same for good: of an action and the newest fact of the moment, or the instant at which time changed it."""
    told = f"fact {entry.fact.version}" if entry.fact else f"lapsed {write_instant(entry.at)}"
    return uuid5(UUID(entry.action["id"]), told)


def _label(entry: Entry) -> str:
    """What happened, in a word: the fact that changed the status, else the newest."""
    if entry.is_new:
        return "Reported"
    decisive = [one.fact for one in entry.changed if one.field == "status"]
    fact = decisive[0] if decisive else entry.fact
    return _LABELS.get(fact.payload.type, fact.payload.type.capitalize()) if fact else "Lapsed"


def _links(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """The action's page, its state from then on, and where its reports are to be read."""
    id = entry.action["id"]
    pins = {"as_of": write_instant(entry.at), "position": entry.position, "v": RENDERING}
    itself = {"redirect": "no"} if entry.action["merged_into"] else {}
    yield "alternate", "text/html", f"/actions/{id}"
    yield "related", "application/json", f"/api/actions/{id}?{urlencode({**pins, **itself})}"
    for url in dict.fromkeys(report["url"] for report in entry.action["reports"] if report["url"]):
        yield "via", "text/html", url


def summary(entry: Entry) -> str:
    """The change in words: of what is new what it is, else which fields changed; and by which fact."""
    told = (
        _what_it_is(entry.action)
        if entry.is_new
        else [telling.change(one.field, one.before, one.after) for one in entry.changed]
    )
    gone = "" if entry.is_shown else "No longer in this view"
    parts = [*told, telling.made(entry.fact), gone]
    return " ".join(f"{part[0].upper()}{part[1:].rstrip('.')}." for part in parts if part)


def _what_it_is(action: Json) -> list[str]:
    when, who = action["occurred"]["edtf"] or "no date", "; ".join(map(participant, action["participants"]))
    quote = f'"{action["quote"]}"' if action["quote"] else ""
    return [f"{action['kind']}, {action['status']}, {when}", who, action["summary"] or "", quote]


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _writable(text)


def _writable(text: str) -> str:
    """What XML cannot hold, even escaped, is shown as unknown."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)

"""Atom feeds, read and held against what RFC 4287 asks for; and what a feed of changes must list, by a plain loop."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from domain.events import Fact
from domain.instants import parse_instant
from tests.support.model import Query, fits, histories, plain
from tests.support.oracle import breakpoints, known, known_since

ATOM = "{http://www.w3.org/2005/Atom}"
Change = tuple[str, datetime]
"""An action, and since when it is what it is."""


@dataclass(frozen=True)
class Entry:
    """What a reader of feeds sees of an entry; `links` by their relation, the first of each."""

    id: str
    title: str
    updated: str
    summary: str
    links: dict[str, str]

    @property
    def change(self) -> Change:
        return self.links["alternate"].removeprefix("/actions/"), parse_instant(self.updated)


def read(content: bytes) -> list[Entry]:
    """The entries of a feed, which must be whole."""
    feed = ElementTree.fromstring(content)
    assert feed.tag == f"{ATOM}feed"
    assert_whole(feed)
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")][:2] == ["self", "alternate"]
    assert text(feed.find(f"{ATOM}author"), "name")
    found = [entry(one) for one in feed.findall(f"{ATOM}entry")]
    assert len({one.id for one in found}) == len(found)
    return found


def entry(found: Element) -> Entry:
    assert_whole(found)
    links = {link.attrib["rel"]: link.attrib["href"] for link in reversed(found.findall(f"{ATOM}link"))}
    return Entry(*(text(found, name) for name in ("id", "title", "updated", "summary")), links)


def assert_whole(found: Element) -> None:
    """Exactly one id, title and date; the id is an address that names no place."""
    for name in ("id", "title", "updated"):
        assert len(found.findall(f"{ATOM}{name}")) == 1 and text(found, name)
    assert text(found, "id").startswith("urn:uuid:")
    assert parse_instant(text(found, "updated"))


def text(found: Element | None, name: str) -> str:
    assert found is not None
    return found.findtext(f"{ATOM}{name}") or ""


def link(content: bytes, rel: str) -> str | None:
    """The feed's own link of a relation."""
    links = ElementTree.fromstring(content).findall(f"{ATOM}link")
    return next((one.get("href") for one in links if one.get("rel") == rel), None)


def expected(facts: list[Fact], query: Query, at: datetime, position: int) -> list[Change]:
    """Every change known at a moment of what the query leaves before it or after it, the newest first."""
    found = []
    for history in histories(fact for fact in facts if fact.position <= position):
        for point in points(history):
            sides = known(history, point - timedelta(microseconds=1)), known(history, point)
            if point <= at and any(fits(plain(side), query) for side in sides if side):
                found.append((str(history[0].action), point))
    return sorted(found, key=lambda change: (change[1], change[0]), reverse=True)


def points(history: list[Fact]) -> set[datetime]:
    """When a fact became known of an action that is known then, and when it lapsed."""
    since = known_since(history)
    if since is None:
        return set()
    told = {max(fact.clock, since) for fact in history}
    return told | {at for at in breakpoints(history) if at > since and outcomes(history, at) == ("open", "lapsed")}


def outcomes(history: list[Fact], at: datetime) -> tuple[str | None, str | None]:
    before, after = known(history, at - timedelta(microseconds=1)), known(history, at)
    return before and before.outcome, after and after.outcome

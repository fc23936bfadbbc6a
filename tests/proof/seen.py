"""One moment of a service: what must be known there, and how it is asked."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import httpx

from domain.events import Fact
from domain.instants import write_instant
from tests.proof.queries import filters
from tests.support import model
from tests.support.client import Client
from tests.support.model import Action, Query


def same(found: object, expected: object) -> None:
    """An assertion that says both, outside of pytest too."""
    assert found == expected, f"answered\n{found}\nmust be\n{expected}"


@dataclass
class Seen:
    """`when` is how the moment is asked for; `actions` is every action known there, whatever its status."""

    client: Client
    facts: list[Fact]
    random: Random
    when: Query
    at: datetime
    position: int
    actions: list[Action]
    pinned: dict[str, bytes] = field(default_factory=dict)
    """Addresses whose bytes must never change, and what they answered."""

    @property
    def held(self) -> dict[UUID, list[Fact]]:
        """The facts of each action up to the position."""
        found = model.histories(fact for fact in self.facts if fact.position <= self.position)
        return {facts[0].action: facts for facts in found}

    def query(self, most: int = 2) -> Query:
        return filters(self.random, most)

    def shown(self, query: Query) -> list[Action]:
        """What the timeline shows, in its order."""
        return model.timeline(self.actions, query)

    def begun(self, query: Query) -> list[Action]:
        """What relations, counterparts and visits count: what goes on or is over, unless `status` says otherwise."""
        return self.shown(query if "status" in query else {**query, "status": ["ongoing", "occurred"]})

    def get(self, path: str, query: Query | None = None, **headers: str) -> httpx.Response:
        return self.client.fetch(self.address(path, query), **headers)

    def address(self, path: str, query: Query | None = None, at: bool = True) -> str:
        """`at`: at this moment."""
        return f"{path}?{urlencode({**(query or {}), **(self.when if at else {})}, doseq=True)}"

    def json(self, address: str) -> Any:
        """What any address answers, where it must be 200."""
        answer = self.client.fetch(address)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def body(self, path: str, query: Query | None = None) -> Any:
        """The answer, where it must be 200 and of this moment; the bytes of a pinned one are kept to be compared."""
        answer = self.get(path, query)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        assert (body["as_of"], body["position"]) == (write_instant(self.at), self.position)
        if {"as_of", "position", "v"} <= self.when.keys():
            assert answer.headers["cache-control"] == "public, max-age=86400"
            self.pinned[self.address(path, query)] = answer.content
        return body

    def results(self, path: str, query: Query | None = None) -> Any:
        return self.body(path, query)["results"]

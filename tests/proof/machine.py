"""The state machine: a service that is told random facts over HTTP; after each step every address must be right.

Right is what a plain loop over tests/support/oracle.py gives, at a random moment, mostly at or beside a change, and at
a random earlier position.
"""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import projections
from domain.errors import Refused
from domain.fold import fold
from service.rebuild import rebuild
from tests.proof import endpoints, lists
from tests.proof.lines import firsts, lines, seeds, times
from tests.proof.queries import clocks, moment
from tests.proof.refusals import refusals
from tests.proof.seen import Seen
from tests.proof.telling import Told
from tests.strategies import INSTANTS, LATE
from tests.support import model
from tests.support.client import Client, Fresh
from tests.support.oracle import Known, known

GLANCES = 6
"""Moments at which all actions are looked at, beside the one at which all addresses are."""
DESCRIBED: dict[str, Callable[[], dict[str, Any]]] = {}


class Proof(RuleBasedStateMachine):
    """`fresh` gives a database that holds nothing; `done` is told at the end of an example what was compared."""

    fresh: Fresh
    done: Callable[[Counter[str]], None]
    folds = True
    """Whether the fold itself is compared too, which is not asked where it is broken on purpose."""

    def __init__(self) -> None:
        super().__init__()
        self.client = Client(type(self).fresh())
        self.client.clock.tick = timedelta(0)
        self._describe()
        self.told = Told(self.client)
        self.pinned: dict[str, bytes] = {}
        self.counted: Counter[str] = Counter()
        self.random, self.steps = Random(0), 0

    @initialize(first=firsts(2, 4), rest=lines(12), seed=seeds, now=st.sampled_from([LATE] * 3 + INSTANTS[12:]))
    def begin(self, first: list[Any], rest: list[dict[str, Any]], seed: int, now: Any) -> None:
        """Loads an archive, or what the days brought."""
        self.random, self.client.clock.now = Random(seed), now
        self.told.load([*first, *rest], dry_run=False)

    @rule(new=lines(4), seed=seeds, now=times)
    def tell(self, new: list[dict[str, Any]], seed: int, now: Any) -> None:
        """One fact after the other; the client may say which version it has read, and may name its request."""
        self._at(seed, now)
        for number, line in enumerate(new):
            version = self.random.choice([None, None, None, 1, 2, 3]) if line["type"] != "reported" else None
            self.told.post(line, version, key=self.random.choice([None, f"{self.steps}-{number}"]))

    @rule(first=firsts(1, 1), seed=seeds, now=times)
    def report(self, first: list[Any], seed: int, now: Any) -> None:
        """A report that has no name, or an id."""
        self._at(seed, now)
        line = {name: value for name, value in first[0].items() if name != "source_ref"}
        self.told.post({**line, **self.random.choice([{}, {"id": f"00000000-0000-4000-8000-{seed:012}"}])})

    @rule(new=lines(6), seed=seeds, now=times)
    def load(self, new: list[dict[str, Any]], seed: int, now: Any) -> None:
        self._at(seed, now)
        self.told.load(new, dry_run=self.random.random() < 0.2)

    @rule(seed=seeds)
    def repeat(self, seed: int) -> None:
        """A request that is sent again gets its first answer; its key with another body is refused."""
        self._at(seed, None)
        for path, body, key, first in self.told.keyed[-2:]:
            assert self.client.post(path, body, idempotency_key=key).content == first
            assert self.client.post(path, {**body, "reason": "another"}, idempotency_key=key).status_code == 422
        for refuse in self.random.sample(refusals(self.told), 3):
            refuse(self.told, self.random)
        assert self.told.grown() == []

    @rule(seed=seeds)
    def rebuild(self, seed: int) -> None:
        """After a restart, in batches of another size, and twice at once."""
        self._at(seed, None)
        before = self._digests()
        self.client.restart(batch=self.random.randint(1, 9))
        self._describe()
        with ThreadPoolExecutor(2) as threads:
            ends = list(threads.map(self._rebuilt, range(self.random.randint(1, 2))))
        assert any(ends) and self._digests() == before

    def _describe(self) -> None:
        """One OpenAPI for all applications: to write it anew takes each longer than all else of an example."""
        self.client.app.openapi = DESCRIBED.setdefault("openapi", self.client.app.openapi)

    def _rebuilt(self, _: int) -> bool:
        """False where another one is under way."""
        try:
            rebuild(self.client.instance, None, lambda done, total: None)
        except Refused as refusal:
            assert "under way" in str(refusal)
            return False
        return True

    def _digests(self) -> list[int]:
        with self.client.instance.database.transaction() as execute:
            return [projection.digest(execute) for projection in projections.ALL]

    def _at(self, seed: int, now: Any) -> None:
        self.random = Random(seed)
        if now:
            self.client.clock.now = now

    @invariant()
    def everything_is_right(self) -> None:
        """All actions at some moments, all addresses at one; and what was pinned before has its bytes."""
        for _ in range(GLANCES):
            self.glance(self.seen())
        self.steps += 1
        if self.steps > 1:
            self.compare(self.seen())

    def compare(self, seen: Seen) -> None:
        endpoints.everything(seen)
        for address in self.random.sample(sorted(self.pinned), min(2, len(self.pinned))):
            assert self.client.fetch(address).content == self.pinned[address]
        self.pinned |= seen.pinned
        self.counted["comparisons"] += 1

    def seen(self) -> Seen:
        facts = self.told.facts
        when = clocks(self.random, facts)
        at, position = moment(when, facts, self.client.clock.now)
        actions = model.actions(facts, at, position)
        pins = {"v": ["1"]} if len(when) == 2 and self.random.random() < 0.5 else {}
        return Seen(self.client, facts, self.random, {**when, **pins}, at, position, actions)

    def glance(self, seen: Seen) -> None:
        """At every action, and at the fold of it."""
        endpoints.noted("a glance", lists.ndjson, seen)
        for facts in model.histories(seen.facts) if self.folds else ():
            assert Known.of(fold(facts, seen.at, seen.position)) == known(facts, seen.at, seen.position)

    def teardown(self) -> None:
        self.client.__exit__()
        self.counted["facts"] = len(self.told.facts)
        type(self).done(self.counted)

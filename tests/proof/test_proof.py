"""The service is what it claims: over random logs every address equals a plain loop, at every (K, N) that was tried.

`./timeline bench --proof` tries ten thousand logs; here are as many as there is time for.
"""

import pytest

from tests.proof import breaks, endpoints
from tests.proof.runs import prove
from tests.support.client import Client, Fresh

EXAMPLES = {"sqlite": 150, "postgres": 50}
FOUND_WITHIN = 200
"""Examples in which a break must be found; most are in the first ten."""


@pytest.mark.parametrize("fresh", EXAMPLES, indirect=True)
def test_given_random_facts_then_every_address_equals_a_plain_loop_at_random_moments(
    fresh: Fresh, request: pytest.FixtureRequest
) -> None:
    examples = EXAMPLES[request.node.callspec.params["fresh"]]
    done = prove(fresh, examples, first=20250217)
    assert done["comparisons"] >= done["examples"] >= examples


def test_given_all_addresses_then_each_has_its_proof_or_shows_nothing_of_the_log(client: Client) -> None:
    assert client.app
    assert endpoints.of(client.app) == endpoints.proved()


@pytest.mark.parametrize("name", breaks.ALL)
def test_given_a_fold_that_is_broken_on_purpose_then_it_is_found(
    copied_sqlite: Fresh, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    breaks.ALL[name](monkeypatch)
    with pytest.raises(AssertionError) as found:
        prove(copied_sqlite, FOUND_WITHIN, first=1, folds=False)
    assert any("examples" in note for note in found.value.__notes__)

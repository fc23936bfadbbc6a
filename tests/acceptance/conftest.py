"""The lists of the Department of State, loaded once for all tests on them."""

import pytest

from tests.acceptance.test_us_state import ROWS, load
from tests.support.store import opened


@pytest.fixture(scope="session")
def both_lists(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder that holds both, loaded without any row rejected; to be copied, not to be written to."""
    folder = str(tmp_path_factory.mktemp("us-state"))
    with opened(folder) as instance:
        assert [load(instance, format).rejected for format in ROWS] == [[], []]
    return folder

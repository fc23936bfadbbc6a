"""A peer that fails midway: what was measured stays, and every row that was not is there with the reason."""

from collections.abc import Iterator
from subprocess import CalledProcessError

import pytest

from benchmarks.beside import _or_left_out
from benchmarks.figures import Figure, LeftOut

AIMS = {"page / a peer": 8.0, "the same given the SQL": 2.0}


@pytest.mark.parametrize("fault", [LeftOut("no wheel"), RuntimeError("no answer"), CalledProcessError(1, "mariadbd")])
def test_given_a_fault_after_the_first_figure_then_the_other_row_says_why(fault: Exception) -> None:
    def measured() -> Iterator[Figure]:
        yield Figure("page / a peer", 4.5, 8)
        raise fault

    first, second = _or_left_out(AIMS, measured())
    assert (first.value, second.name, second.value, second.aim) == (4.5, "the same given the SQL", None, 2.0)
    assert second.verdict == str(fault)

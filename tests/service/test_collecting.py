"""What holds itself in a circle is looked for again after a batch, however that ends, and only among what is new."""

import gc

import pytest

from service.collecting import settled, uncollected


@pytest.mark.parametrize("before", [True, False])
def test_given_a_batch_that_fails_then_it_is_looked_for_circles_as_before(before: bool) -> None:
    (gc.enable if before else gc.disable)()
    try:
        with pytest.raises(ValueError), uncollected():
            assert not gc.isenabled()
            raise ValueError
        assert gc.isenabled() is before
    finally:
        gc.enable()


def test_given_batches_at_once_then_it_is_looked_for_circles_again_after_the_last_one() -> None:
    one, other = uncollected(), uncollected()
    one.__enter__()
    other.__enter__()
    one.__exit__(None, None, None)
    assert not gc.isenabled()
    other.__exit__(None, None, None)
    assert gc.isenabled()


def test_given_a_server_that_starts_then_what_is_there_is_looked_through_no_more() -> None:
    before = gc.get_freeze_count()
    try:
        settled()
        assert gc.get_freeze_count() > before + 1_000
    finally:
        gc.unfreeze()

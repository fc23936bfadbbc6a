"""What holds itself in a circle is looked for again after a batch, however that ends, and only among what is new."""

import gc

import pytest

from service.collecting import settled, uncollected


def test_given_batches_at_once_that_fail_then_it_is_looked_for_circles_again() -> None:
    with pytest.raises(ValueError), uncollected(), uncollected():
        assert not gc.isenabled()
        raise ValueError
    assert gc.isenabled()


def test_given_a_server_that_starts_then_what_is_there_is_looked_through_no_more() -> None:
    before = gc.get_freeze_count()
    try:
        settled()
        assert gc.get_freeze_count() > before + 1_000
    finally:
        gc.unfreeze()

"""When Python looks for objects that hold each other in a circle, which nothing else would free, and among which."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Nobody looks for circles while a batch is made: facts and rows have none, and it takes a sixth of the time.

    Where two batches are made at once, the first one that ends lets them be looked for again.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def settled() -> None:
    """What is there when a server starts stays until it ends, and is not looked through again: that took up to a tenth
    of a second each time, in which nobody was answered.
    """
    gc.collect()
    gc.freeze()

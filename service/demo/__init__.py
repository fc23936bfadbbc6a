"""The demonstration's data: 15 actions of one article, and 59 facts from the public record of 2025 around them."""

from importlib.resources import files

from service.instance import Instance
from service.interchange import native
from service.ledger import Summary

FILES = ("paris-summit.ndjson", "ukraine-2025.ndjson")
"""In this order: the second adds facts to actions of the first."""
_MARK = "seed:paris-summit:A1"


def load(instance: Instance) -> Summary:
    """Records the demonstration's facts; those that are there already are left alone."""
    summary = Summary()
    for name in FILES:
        lines = (files(__name__) / name).read_bytes().splitlines()
        summary.add(instance.ledger.load(native.read(lines)))
    return summary


def is_loaded(instance: Instance) -> bool:
    """Whether the store holds the demonstration's data."""
    return instance.log.action_of(_MARK) is not None

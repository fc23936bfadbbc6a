"""Addresses of pages that keep the filters and the moment of the page they stand on."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams

FILTERS = ("country", "kind", "status", "outcome", "topic", "organisation", "person", "party", "q", "from", "to")
CLOCKS = ("as_of", "position")
WHOM = ("country", "organisation", "person")
"""Filters that name a party; `party` names one that takes part besides."""


def understood(given: QueryParams, wrong: Sequence[str] = ()) -> list[tuple[str, str]]:
    """What of a page's address the API is asked with: its own parameters, empty fields and what is wrong left out."""
    names = {*FILTERS, *CLOCKS} - {*wrong}
    return [(name, value) for name, value in given.multi_items() if name in names and value.strip()]


class Links:
    """Of one page: `query` is what its address asks for, but for what is wrong."""

    def __init__(self, given: QueryParams, wrong: Sequence[str] = ()) -> None:
        self.query = QueryParams(understood(given, wrong))

    def to(self, path: str, without: Sequence[str] = (), **plus: str | Sequence[str]) -> str:
        """An address under this site; `plus` replaces parameters of the same name, None among them leaves them out."""
        kept = [(name, value) for name, value in self.query.multi_items() if name not in {*without, *plus}]
        added = [
            (name, value)
            for name, values in plus.items()
            for value in ([values] if isinstance(values, str) else values)
        ]
        query = urlencode([*added, *kept])
        address, hash, part = path.partition("#")
        return quote(address) + (f"?{query}" if query else "") + hash + part

    def elsewhere(self, path: str) -> str:
        """To the page of another party, which whom the filters name is not meant for."""
        return self.to(path, without=[*WHOM, "party"])

    def together(self, kind: str, path: str) -> str:
        """To the page of a party that was counted under these filters: there, too, whom they name takes part besides.

        The API reads country, organisation and person of one participant, so those of another kind than the party go
        along as `party`; of several, any of which was meant, that cannot be said, and they stay behind.
        """
        others = {name: self.query.getlist(name) for name in WHOM if name != kind}
        besides = [f"{name}:{values[0]}" for name, values in others.items() if len(values) == 1]
        return self.to(path, without=list(others), party=[*self.query.getlist("party"), *besides])

"""Addresses of pages that keep the filters and the moment of the page they stand on."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams

from service.api import params

FILTERS = tuple(param.name for param in params.FILTERS)
KEPT_CLOCKS = ("as_of", "position")
FOLDERS = {"country": "countries", "organisation": "organisations", "person": "people"}
"""Filters that name a party, and where its page is; `party` names one that takes part besides."""
WHOM = (*FOLDERS, "role")
"""Filters that speak of one and the same participant."""


def understood(given: QueryParams, wrong: Sequence[str] = ()) -> list[tuple[str, str]]:
    """What of a page's address the API is asked with: its own parameters, empty fields and what is wrong left out."""
    names = {*FILTERS, *KEPT_CLOCKS} - {*wrong}
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
        """To the page of another party, which whom the filters name is not meant for, nor how they are to match."""
        return self.to(path, without=[*WHOM, "party", "match"])

    def together(self, kind: str, key: str) -> str:
        """To the page of a party that was counted under these filters: there, too, whom they name takes part besides.

        The API reads country, role, organisation and person of one participant: where another of the party's own kind
        is named, of that one. Else they would speak of the party itself, so they go along as `party`. That can be said
        neither of several, any of which was meant, nor of a role: then the timeline has what was counted.
        """
        path = f"/{FOLDERS[kind]}/{key}"
        if self.query.get(kind):
            return self.to(path)
        parties = self.query.getlist("party")
        if self.query.get("role") or any(map(self._means_any, FOLDERS)):
            return self.to("/", party=[*parties, f"{kind}:{key}"])
        besides = [f"{name}:{value}" for name in FOLDERS for value in self.query.getlist(name)]
        return self.to(path, without=[*WHOM, "match"], party=[*parties, *besides])

    def _means_any(self, name: str) -> bool:
        """Whether a filter names several, any of which may take part."""
        are_all = name == "country" and self.query.get("match") == "all"
        return len(self.query.getlist(name)) > 1 and not are_all

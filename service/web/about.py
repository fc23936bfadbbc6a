"""Whom a page is about: a country, an organisation, a person, or two countries; and how the API is asked about it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from service.web.links import FOLDERS, WHOM


@dataclass(frozen=True, slots=True)
class About:
    """One party, or the two countries of a relation; `parties` are pairs of the filter and the key there."""

    kind: str
    name: str
    parties: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        return self.parties[0][1]

    @property
    def path(self) -> str:
        if self.kind == "relation":
            return f"/relations/{'/'.join(key for _, key in self.parties)}"
        return f"/{FOLDERS[self.kind]}/{self.key}"

    @property
    def focus(self) -> list[str]:
        """The countries whose visits a map of it draws."""
        return [key for kind, key in self.parties if kind == "country"]

    @property
    def scope(self) -> str:
        """The query of everything about it."""
        return self.beside(QueryParams())

    def beside(self, query: QueryParams) -> str:
        """The query of everything about it that stands in place of those of a page's filters that have its names."""
        return urlencode(self.asked(query), doseq=True)

    def asked(self, query: QueryParams) -> dict[str, list[str]]:
        """The filters that mean it, as the API's own answers about it read them beside those of a page."""
        own = [key for _, key in self.parties]
        kind = self.parties[0][0]
        if self._is_narrowed(query):
            return {"party": [*query.getlist("party"), *(f"{kind}:{key}" for key in own)]}
        return {kind: own, **({"match": ["all"]} if len(own) > 1 else {})}

    def _is_narrowed(self, query: QueryParams) -> bool:
        """By others of its kind, or a relation by anybody or a role: they take part besides."""
        return any(query.get(name) for name in (WHOM if self.kind == "relation" else (self.kind,)))

    def met(self, query: QueryParams) -> dict[str, list[str]]:
        """What a link to its relations adds: itself, where the filters speak of it and would speak of anybody there."""
        is_meant = any(query.get(name) for name in WHOM) and not self._is_narrowed(query)
        return {self.kind: [self.key]} if is_meant else {}

    def on_timeline(self, query: QueryParams) -> dict[str, list[str]]:
        """The filters that mean it on the timeline's page; two countries leave room there for a third one's name."""
        if self.kind == "relation" or self._is_narrowed(query):
            return {"party": [*query.getlist("party"), *(f"{kind}:{key}" for kind, key in self.parties)]}
        return {self.parties[0][0]: [self.name if self.kind == "person" else self.key]}

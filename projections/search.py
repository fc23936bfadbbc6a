"""Full text search over the folded words of a state: FTS5 on SQLite, text search on PostgreSQL."""

from collections.abc import Mapping, Sequence
from typing import Literal

from domain.search import Term

Dialect = Literal["sqlite", "postgres"]

TABLES: Mapping[Dialect, Sequence[str]] = {
    "sqlite": (
        "CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5"
        "(words, content='states', content_rowid='state', columnsize=0, tokenize='unicode61 remove_diacritics 0')",
    ),
    "postgres": ("CREATE INDEX IF NOT EXISTS states_found ON states USING GIN (to_tsvector('simple', words))",),
}
"""The index over the table `states`, which PostgreSQL keeps by itself."""
ADD: Mapping[Dialect, Sequence[str]] = {
    "sqlite": ("INSERT INTO found (rowid, words) SELECT state, words FROM states WHERE state >= :first",),
    "postgres": (),
}
"""What takes new states into it: all at once, for a trigger on each takes ten times as long."""
REFILL: Mapping[Dialect, Sequence[str]] = {"sqlite": ("INSERT INTO found (found) VALUES ('rebuild')",), "postgres": ()}
"""What makes it anew, where `states` was replaced."""

MATCHING: Mapping[Dialect, str] = {
    "sqlite": "SELECT rowid AS state FROM found WHERE found MATCH {}",
    "postgres": "SELECT state FROM states WHERE to_tsvector('simple', words) @@ to_tsquery('simple', {})",
}
"""The states that hold some words; the braces take a placeholder for what `expression` gives.

PostgreSQL indexes `1e5f` as a number and a letter: `to_tsquery` takes apart alike what is looked for.
"""


def expression(dialect: Dialect, terms: Sequence[Term]) -> str:
    """All terms, in the language of the database. Folded words hold letters and digits alone: nothing to escape."""
    return (" AND " if dialect == "sqlite" else " & ").join(_term(dialect, term) for term in terms)


def _term(dialect: Dialect, term: Term) -> str:
    if dialect == "sqlite":
        return f'"{" ".join(term.words)}"{" *" if term.prefix else ""}'
    words = " <-> ".join(f"'{word}'" for word in term.words)
    return f"({words}{':*' if term.prefix else ''})"

"""Full text search over the folded words of a state: FTS5 on SQLite, text search on PostgreSQL."""

from collections.abc import Mapping, Sequence
from typing import Literal

from domain.search import Term

Dialect = Literal["sqlite", "postgres"]

TABLES: Mapping[Dialect, Sequence[str]] = {
    "sqlite": (
        "CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5"
        "(words, content='states', content_rowid='state', tokenize='unicode61 remove_diacritics 0')",
        "CREATE TRIGGER IF NOT EXISTS states_come AFTER INSERT ON states"
        " BEGIN INSERT INTO found (rowid, words) VALUES (new.state, new.words); END",
        "CREATE TRIGGER IF NOT EXISTS states_go AFTER DELETE ON states"
        " BEGIN INSERT INTO found (found, rowid, words) VALUES ('delete', old.state, old.words); END",
    ),
    "postgres": ("CREATE INDEX IF NOT EXISTS states_found ON states USING GIN (to_tsvector('simple', words))",),
}
"""What keeps the index over the table `states`; there is no code of ours on the way of a write."""

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

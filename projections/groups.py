"""What actions can be counted by: the column of each group, over a version row `v`, and what must be joined for it."""

from collections.abc import Sequence

COLUMNS = {
    "country": "p.country",
    "kind": "v.kind",
    "status": "v.status",
    "outcome": "v.outcome",
    "topic": "topic.value",
    "publisher": "publisher.value",
    "subject": "subject.value",
    "organisation": "p.organisation",
    "person": "p.person",
    "role": "p.role",
}


def joins(groups: Sequence[str]) -> str:
    """Groups over participants speak of one and the same participant.

    A facet that is no bare column cannot be where reading begins: SQLite took it for that, and read all versions again
    for each term.
    """
    named = [COLUMNS[name].partition(".")[0] for name in groups]
    terms = [name for name in groups if name in named]
    of_terms = "".join(
        f" JOIN terms {name} ON {name}.state = v.state AND {name}.facet || '' = '{name}'" for name in terms
    )
    return (" JOIN parties p ON p.state = v.state" if "p" in named else "") + of_terms

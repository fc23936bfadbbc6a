"""What the console script's commands do, in this process, on both databases."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.errors import Refused
from domain.instants import parse_instant, to_micros
from projections import pages
from projections.filters import Filters
from projections.readmodel import Moment, reached
from service import commands, importing, keys
from service.instance import Instance
from tests.support.output import Told
from tests.support.store import busy_log, first, later, lines, load, opened, submit


@pytest.fixture
def instance(database: str) -> Iterator[Instance]:
    with opened(database) as instance:
        yield instance


@pytest.fixture
def told() -> Told:
    return Told()


def files(folder: Path, **content: bytes) -> dict[str, str]:
    """Files with this content, by their names."""
    for name, text in content.items():
        (folder / name).write_bytes(text)
    return {name: str(folder / name) for name in content}


def imported(instance: Instance, told: Told, strict: bool = False, **named: str) -> int:
    return importing.load(instance, told, "ndjson", named, strict)


def test_given_wrong_lines_when_imported_then_they_are_listed_and_the_others_recorded(
    instance: Instance, told: Told, tmp_path: Path
) -> None:
    wrong = first("case:b", kind="picnic", place={"country": "Atlantis"})
    given = files(tmp_path, a=lines(first("case:a")) + b"\n{\n", b=lines(wrong, first("case:c"))[:-1])
    assert imported(instance, told, **given) == 0
    assert told.notes[0].startswith("a:3: line: is not JSON in UTF-8")
    assert [note.split(": ")[:2] for note in told.notes[1:3]] == [["b:1", "kind"], ["b:1", "place.country"]]
    assert told.notes[-1] == "4 read, 2 recorded, 0 unchanged, 2 rejected"


def test_given_strict_and_a_wrong_line_in_any_file_then_nothing_is_recorded(
    instance: Instance, told: Told, tmp_path: Path
) -> None:
    given = files(tmp_path, a=lines(first("case:a")), b=lines(first("case:b"), later("case:x", "confirmed")))
    assert imported(instance, told, strict=True, **given) == 1
    assert told.notes == [
        "b:2: source_ref: no action has the source_ref 'case:x'",
        "1 rejected, so nothing was recorded (--strict)",
    ]
    assert instance.log.head() == 0


def test_given_a_file_that_cannot_be_read_then_nothing_of_the_others_is_recorded(
    instance: Instance, told: Told, tmp_path: Path
) -> None:
    given = files(tmp_path, a=lines(first("case:a"))) | {"b": str(tmp_path / "b")}
    with pytest.raises(Refused, match="b cannot be read: No such file"):
        imported(instance, told, **given)
    assert instance.log.head() == 0


@pytest.mark.parametrize("strict", [False, True])
def test_given_an_empty_file_then_nothing_is_wrong(
    instance: Instance, told: Told, tmp_path: Path, strict: bool
) -> None:
    assert imported(instance, told, strict, **files(tmp_path, a=b"", b=b"\n\n")) == 0
    assert told.notes == ["0 read, 0 recorded, 0 unchanged, 0 rejected"]


@pytest.mark.parametrize("served", [False, True])
def test_given_more_lines_than_a_batch_then_all_are_recorded_and_seen_at_once_where_others_may_look(
    instance: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, served: bool
) -> None:
    monkeypatch.setattr(importing, "BATCH", 20)
    instance.serves = served

    positions: list[int] = []

    class Looking(Told):
        def progress(self, done: int, total: int | None) -> None:
            super().progress(done, total)
            positions.append(instance.run(reached(instance.database)).position)

    told = Looking()
    imported(instance, told, **files(tmp_path, a=lines(*(first(f"case:{number}") for number in range(31)))))

    at_once = served or instance.settings.is_postgres
    assert told.steps == [(20, None), (31, None)] + ([] if at_once else [(0, 31), (31, 31)])
    assert positions == ([20, 31] if at_once else [0, 0, 0, 31])
    assert told.notes == ["31 read, 31 recorded, 0 unchanged, 0 rejected"]


def test_given_an_import_that_breaks_off_then_what_it_recorded_is_seen_with_what_comes_next(instance: Instance) -> None:
    with pytest.raises(ZeroDivisionError), instance.put_off(lambda done, total: None):
        submit(instance, first("case:a"))
        raise ZeroDivisionError
    submit(instance, first("case:b"))
    assert instance.run(reached(instance.database)).position == 2


def test_given_the_demo_when_loaded_again_then_nothing_is_recorded(instance: Instance, told: Told) -> None:
    assert [importing.load_demo(instance, told) for _ in range(2)] == [0, 0]
    assert told.notes == [
        "74 read, 75 recorded, 0 unchanged, 0 rejected",
        "74 read, 0 recorded, 74 unchanged, 0 rejected",
    ]


DAYS = ["2025-02-03", "2025-02-17", "2025-02-18", "2025-02-27", "2025-03-01", "2025-09-03", "2026-06-01"]


def seen(instance: Instance, day: str) -> list[dict[str, Any]]:
    """Every action as of a day, but for where and when this log holds it."""
    every = Filters(status=("planned", "ongoing", "occurred", "postponed", "cancelled", "retracted", "merged"))
    at = Moment(to_micros(parse_instant(f"{day}T23:59:59.999999Z")), instance.log.head())
    rows = instance.run(pages.page(instance.database, every, at, "date", None, 500))
    own = {"recorded_at", "position"}
    return [{name: value for name, value in commands.orjson.loads(row[2]).items() if name not in own} for row in rows]


def test_given_an_export_when_imported_elsewhere_then_the_same_is_seen_on_every_day(
    instance: Instance, told: Told, tmp_path: Path
) -> None:
    importing.load_demo(instance, told)
    load(instance, *busy_log())
    commands.export(instance, told, "ndjson")
    exported = "\n".join(told.lines).encode()
    with opened(str(tmp_path / "second")) as second:
        assert imported(second, told, strict=True, **files(tmp_path, a=exported)) == 0
        for day in DAYS:
            assert seen(second, day) == seen(instance, day)
        again = Told()
        commands.export(second, again, "ndjson")
        assert again.lines == told.lines


def test_given_a_query_then_the_timeline_shows_what_was_known_then(instance: Instance, told: Told) -> None:
    importing.load_demo(instance, told)
    query = {"country": ["UK"], "as_of": ["2025-02-18"], "kind": ["visit"]}
    assert commands.show(instance, told, query, 9) == 0
    [row] = told.lines
    assert row.split()[:4] == ["[2025-02-24..2025-03-02]", "planned", "visit", "GBR,USA"]
    assert told.notes[-1] == "1 action"


def test_given_more_than_the_limit_then_the_timeline_says_how_many_there_are(instance: Instance, told: Told) -> None:
    load(instance, *(first(f"case:{number}", occurred=None, status="planned") for number in range(3)))
    commands.show(instance, told, {"sort": ["-date"]}, 2)
    assert [line.split()[0] for line in told.lines] == ["undated"] * 2 and told.notes == ["2 of 3 actions"]


def test_given_a_filter_that_cannot_be_then_refused_naming_it(instance: Instance, told: Told) -> None:
    with pytest.raises(Refused, match=r"--as-of: .*2023-02-29"):
        commands.show(instance, told, {"as_of": ["2023-02-29"]}, 9)


def test_given_a_position_or_when_it_was_recorded_then_the_timeline_is_as_the_log_held_it(
    instance: Instance, told: Told
) -> None:
    load(instance, *(first(f"case:{number}") for number in range(3)))
    for query in ({"position": ["2"]}, {"recorded_by": ["2999-01-01"]}, {"recorded_by": ["2001-01-01"]}):
        commands.show(instance, told, query, 9)
    assert told.notes == ["2 actions", "3 actions", "0 actions"]
    for query in ({"position": ["4"]}, {"position": ["2"], "recorded_by": ["2999-01-01"]}, {"position": ["-1"]}):
        with pytest.raises(Refused, match=r"position.* 4 lies beyond the last fact, 3|leave one out|-1"):
            commands.show(instance, told, query, 9)


def test_given_keys_then_they_are_listed_without_themselves(instance: Instance, told: Told) -> None:
    commands.keys_create(instance, told, "ann", "report")
    commands.keys_revoke(instance, told, "ann")
    commands.keys_create(instance, told, "bob", "admin")
    commands.keys_list(instance, told)
    made, ann, bob = told.lines[0], *told.lines[2:]
    assert keys.scope_of(instance.log, made.removeprefix("key: ")) is None
    assert ann.split("\t")[:2] == ["ann", "report"] and "revoked" in ann and bob.endswith("in force")


def test_given_a_rebuild_then_it_says_how_far(instance: Instance, told: Told) -> None:
    load(instance, first("case:a"))
    assert commands.rebuild(instance, told, None) == 0
    assert told.notes == ["rebuilt timeline, tallies up to position 1"] and told.steps == [(0, 1), (1, 1)]

"""The write side: what is recorded, what is answered to the same again, and what is refused, on both databases."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest

from domain.errors import OtherVersion, SourceRefTaken, UnderHalt, UnknownAction, UnknownSurvivor
from domain.events import Absorbed, Merged
from service.instance import Instance
from service.ledger import KeyReused, Rejected, Summary
from service.statements import SOURCE_REFS, InvalidBody
from tests.support.store import first, later, load, opened, report, submit


@pytest.fixture
def instance(database: str) -> Iterator[Instance]:
    with opened(database) as instance:
        yield instance


def test_given_a_source_ref_then_the_id_is_derived_from_it(instance: Instance) -> None:
    answer = submit(instance, first("case:a"))
    assert answer.id == uuid5(UUID("f9c87a86-dd8f-4315-9650-90c2576dee47"), "case:a") == uuid5(SOURCE_REFS, "case:a")
    assert (answer.version, answer.position, answer.recorded) == (1, 1, True)
    assert instance.log.action_of("case:a") == answer.id


def test_given_an_id_then_it_is_kept_and_found_by_the_source_ref(instance: Instance) -> None:
    given = uuid4()
    assert submit(instance, {**first("case:a"), "id": str(given)}).id == given
    assert submit(instance, later("case:a", "confirmed")).id == given


def test_given_neither_id_nor_source_ref_then_each_report_is_an_action_of_its_own(instance: Instance) -> None:
    fact = {name: value for name, value in first("").items() if name != "source_ref"}
    assert submit(instance, fact).id != submit(instance, fact).id


def test_given_the_same_report_again_then_nothing_is_recorded(instance: Instance) -> None:
    answer = submit(instance, first("case:a"))
    again = submit(instance, first("case:a"))
    assert (again.id, again.version, again.position) == (answer.id, 1, 1)
    assert not again.recorded and instance.log.head() == 1


def test_given_the_same_fact_again_then_nothing_is_recorded(instance: Instance) -> None:
    submit(instance, first("case:a"))
    facts = [later("case:a", "confirmed"), later("case:a", "corroborated", on=None, report=report(publisher="AFP"))]
    assert [submit(instance, fact).recorded for fact in [*facts, *facts]] == [True, True, False, False]


def test_given_neither_time_nor_report_then_a_fact_is_always_new(instance: Instance) -> None:
    submit(instance, first("case:a"))
    fact = later("case:a", "confirmed", on=None)
    assert [submit(instance, fact).version for _ in range(3)] == [2, 3, 4]


def test_given_another_report_under_a_source_ref_then_refused(instance: Instance) -> None:
    submit(instance, first("case:a"))
    for other in (first("case:a", title="Another"), {**first("case:a"), "id": str(uuid4())}):
        with pytest.raises(SourceRefTaken, match="case:a"):
            submit(instance, other)


def test_given_a_key_when_repeated_then_the_first_answer_also_after_a_restart(database: str) -> None:
    with opened(database) as instance:
        submit(instance, first("case:a"))
        answer = submit(instance, later("case:a", "confirmed", on=None), "k", "body")
        assert submit(instance, later("case:a", "confirmed", on=None), "k", "body") == answer
    with opened(database) as instance:
        submit(instance, later("case:a", "confirmed", on=None))
        assert submit(instance, later("case:a", "confirmed", on=None), "k", "body") == answer
        assert instance.log.head() == 3


def test_given_a_key_when_it_comes_with_another_body_then_refused(instance: Instance) -> None:
    submit(instance, first("case:a"), "k", "body")
    with pytest.raises(KeyReused, match="'k'"):
        submit(instance, first("case:b"), "k", "other body")
    assert instance.log.head() == 1


def test_given_a_key_when_nothing_was_recorded_then_it_is_not_kept(instance: Instance) -> None:
    with pytest.raises(UnknownAction):
        submit(instance, later("case:a", "confirmed"), "k", "body")
    assert submit(instance, first("case:a"), "k", "other body").recorded
    assert not submit(instance, first("case:a"), "l", "body").recorded
    assert submit(instance, first("case:b"), "l", "other body").recorded


def test_given_a_merge_with_a_key_then_both_of_its_facts_stand_and_the_key_answers(instance: Instance) -> None:
    load(instance, first("case:a"), first("case:b"))
    answer = submit(instance, later("case:a", "merged", into="case:b"), "k", "body")
    merged, absorbed = instance.log.read(2, 9)
    assert isinstance(merged.payload, Merged) and isinstance(absorbed.payload, Absorbed)
    assert absorbed.position == merged.position + 1 and absorbed.clock == merged.clock
    assert submit(instance, later("case:a", "merged", into="case:b"), "k", "body") == answer


def test_given_another_version_than_expected_then_refused_but_not_what_is_known_already(instance: Instance) -> None:
    submit(instance, first("case:a"))
    assert submit(instance, later("case:a", "confirmed"), version=1).version == 2
    assert not submit(instance, later("case:a", "confirmed"), version=1).recorded
    with pytest.raises(OtherVersion, match="version 2, not 1"):
        submit(instance, later("case:a", "cancelled"), version=1)


def test_given_a_halt_then_refused_and_nothing_is_recorded(instance: Instance) -> None:
    load(instance, first("case:a"), later("case:a", "retracted"))
    with pytest.raises(UnderHalt):
        submit(instance, later("case:a", "confirmed", on="2025-02-21"))
    assert instance.log.head() == 2


REFUSED: list[tuple[dict[str, Any], type[Exception], str]] = [
    (later("case:b", "confirmed"), UnknownAction, "case:b"),
    ({"type": "confirmed", "id": str(UUID(int=1))}, UnknownAction, str(UUID(int=1))),
    (later("case:a", "confirmed", id=str(UUID(int=1))), InvalidBody, "is not the source_ref of"),
    (later("case:a", "merged", into="case:b"), InvalidBody, "into: 'case:b' is the source_ref of no action"),
    (later("case:a", "merged", into=str(UUID(int=1))), UnknownSurvivor, str(UUID(int=1))),
    (later("case:a", "merged"), InvalidBody, "into: is missing"),
    (later("case:a", "confirmed", when="now"), InvalidBody, "when: is not a known field"),
    (later("case:a", "absorbed"), InvalidBody, "type: 'absorbed' is none of"),
    ({"type": "confirmed"}, InvalidBody, "id: is missing"),
    ({"type": "confirmed", "id": "A5"}, InvalidBody, "id: 'A5' is not a UUID"),
    ({"type": "confirmed", "source_ref": 5}, InvalidBody, "source_ref: 5"),
]


@pytest.mark.parametrize(("fact", "refusal", "said"), REFUSED)
def test_given_what_cannot_be_then_refused_naming_it(
    instance: Instance, fact: dict[str, Any], refusal: type[Exception], said: str
) -> None:
    submit(instance, first("case:a"))
    with pytest.raises(refusal, match=said):
        submit(instance, fact)
    assert instance.log.head() == 1


def test_given_lines_that_cannot_be_read_then_the_others_are_recorded(instance: Instance) -> None:
    lines = [first("case:a"), first("case:b", occurred={"edtf": "2023-02-29"}), later("case:c", "confirmed"), "text"]
    done = load(instance, *lines, later("case:a", "confirmed"))  # type: ignore[arg-type]  # a line that is no object
    assert (done.read, done.recorded, done.unchanged) == (5, 2, 0)
    assert [(row.line, row.field) for row in done.rejected] == [(2, "occurred.edtf"), (3, "source_ref"), (4, "")]
    assert "2023-02-29" in done.rejected[0].reason


def test_given_the_same_lines_again_then_nothing_is_recorded(instance: Instance) -> None:
    lines = [first("case:a"), first("case:b"), later("case:a", "merged", into="case:b"), first("case:a")]
    assert load(instance, *lines) == Summary(read=4, recorded=4, unchanged=1)
    assert load(instance, *lines) == Summary(read=4, unchanged=4)


def test_given_a_dry_run_then_it_says_what_would_be_and_records_nothing(instance: Instance) -> None:
    done = load(instance, first("case:a"), later("case:b", "confirmed"), dry_run=True)
    assert (done.recorded, len(done.rejected), instance.log.head()) == (1, 1, 0)


def test_given_strict_and_a_wrong_line_then_nothing_is_recorded(instance: Instance) -> None:
    done = load(instance, first("case:a"), {"type": "reported"}, strict=True)
    assert done.rejected[0] == Rejected(2, "kind", "is missing")
    assert instance.log.head() == 0 and instance.log.action_of("case:a") is None
    assert load(instance, first("case:a"), strict=True).recorded == 1


def test_given_what_was_recorded_then_it_is_projected_when_the_answer_comes(instance: Instance) -> None:
    answer = submit(instance, first("case:a"))
    assert instance.projector.catch_up() == answer.position


def test_given_views_that_cannot_be_written_then_what_is_recorded_is_answered_none_the_less(
    instance: Instance, caplog: pytest.LogCaptureFixture
) -> None:
    with instance.database.transaction() as execute:
        execute.rows("DROP TABLE versions")
    assert submit(instance, first("case:a")).recorded
    assert instance.log.head() == 1 and "projecting failed" in caplog.text

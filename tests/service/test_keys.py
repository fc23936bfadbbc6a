"""Keys for writing: shown once, kept as hashes, ended by name."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from service import keys
from service.instance import Instance
from tests.support.store import opened

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def instance(database: str) -> Iterator[Instance]:
    with opened(database) as instance:
        yield instance


def test_given_keys_then_only_those_in_force_open(instance: Instance) -> None:
    key = keys.create(instance.log, "ann", "report", NOON)
    assert keys.scope_of(instance.log, key) == "report" and keys.scope_of(instance.log, key + "x") is None
    keys.revoke(instance.log, "ann", NOON)
    assert keys.scope_of(instance.log, key) is None
    assert [(one.name, one.revoked_at) for one in keys.every(instance.log)] == [("ann", "2026-01-01T12:00:00Z")]


def test_given_a_key_of_a_name_when_made_again_then_refused(instance: Instance) -> None:
    keys.create(instance.log, "ann", "admin", NOON)
    with pytest.raises(keys.NameTaken):
        keys.create(instance.log, "ann", "report", NOON)
    with pytest.raises(keys.NoSuchKey):
        keys.revoke(instance.log, "bob", NOON)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x00b", "\u202e", "x" * 101])
def test_given_a_name_that_cannot_be_shown_when_a_key_is_made_then_refused(instance: Instance, name: str) -> None:
    with pytest.raises(keys.BadName, match="1 to 100 printable characters"):
        keys.create(instance.log, name, "report", NOON)
    assert keys.every(instance.log) == []


def test_given_a_key_that_ended_then_neither_it_nor_its_name_can_be_had_again(instance: Instance) -> None:
    keys.create(instance.log, "ann", "admin", NOON)
    keys.revoke(instance.log, "ann", NOON)
    with pytest.raises(keys.NoSuchKey, match="no key in force is named 'ann'"):
        keys.revoke(instance.log, "ann", NOON)
    with pytest.raises(keys.NameTaken, match="choose another name"):
        keys.create(instance.log, "ann", "admin", NOON)


def test_given_a_key_then_it_stands_nowhere_in_the_store(instance: Instance) -> None:
    key = keys.create(instance.log, "ann", "admin", NOON)
    with instance.log.looking() as execute:
        [row] = execute.rows("SELECT * FROM api_keys")
    assert len(key) > 40 and not any(key in str(cell) for cell in row)

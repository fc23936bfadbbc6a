"""Keys for writing: shown once, stored as SHA-256 hashes. A key has 256 random bits, so a plain hash is enough."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.errors import Refused
from domain.instants import write_instant
from service.store.log import Log

Scope = Literal["report", "admin"]


class BadName(Refused):
    """A key cannot be called so."""


class NameTaken(Refused):
    """A key of this name exists already."""


class NoSuchKey(Refused):
    """No key in force has this name."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is listed. `report` may record facts; `admin` may also read what operators watch."""

    name: str
    scope: Scope
    created_at: str
    revoked_at: str | None


def create(log: Log, name: str, scope: Scope, now: datetime) -> str:
    """Makes a key and returns it; it cannot be shown again."""
    if not (name.strip() and name.isprintable() and len(name) <= 100):
        raise BadName(f"a key cannot be named {name[:100]!r}: give 1 to 100 printable characters")
    key = f"dt_{secrets.token_urlsafe(32)}"
    sql = (
        "INSERT INTO api_keys (name, scope, hash, created_at) VALUES (:name, :scope, :hash, :at)"
        " ON CONFLICT (name) DO NOTHING RETURNING name"
    )
    params = {"name": name, "scope": scope, "hash": _hash(key), "at": write_instant(now)}
    with log.operating() as execute:
        if not execute.rows(sql, params):
            raise NameTaken(f"a key named {name!r} exists already: choose another name")
    return key


def revoke(log: Log, name: str, now: datetime) -> None:
    """Ends a key; its name stays taken."""
    sql = "UPDATE api_keys SET revoked_at = :at WHERE name = :name AND revoked_at IS NULL RETURNING name"
    with log.operating() as execute:
        if not execute.rows(sql, {"name": name, "at": write_instant(now)}):
            raise NoSuchKey(f"no key in force is named {name!r}: `keys list` shows them")


def every(log: Log) -> list[Key]:
    """All keys, oldest first, revoked ones included."""
    with log.looking() as execute:
        rows = execute.rows("SELECT name, scope, created_at, revoked_at FROM api_keys ORDER BY created_at, name")
    return [Key(*row) for row in rows]


def scope_of(log: Log, key: str) -> Scope | None:
    """The scope of a key in force."""
    with log.looking() as execute:
        sql = "SELECT scope FROM api_keys WHERE hash = :hash AND revoked_at IS NULL"
        rows = execute.rows(sql, {"hash": _hash(key)})
    return rows[0][0] if rows else None


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()

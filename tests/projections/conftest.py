"""The clients, for every test here."""

from tests.support.client import client, demo, emptied_postgres, fresh

__all__ = ["client", "demo", "emptied_postgres", "fresh"]

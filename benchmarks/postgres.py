"""A PostgreSQL of its own for a run: what was answered is on disk, as where it matters."""

from tests.support.postgres import Postgres


class Durable(Postgres):
    """A gigabyte for its pages; MariaDB is given as much."""

    settings = {"shared_buffers": "1GB", "max_wal_size": "4GB"}  # noqa: RUF012

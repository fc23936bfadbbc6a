"""Every setting: read once, from the environment or the command line, and passed down. docs/settings.md lists them."""

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Environment variables with the prefix ``TIMELINE_``; the same names on the command line."""

    model_config = SettingsConfigDict(env_prefix="TIMELINE_", frozen=True)

    database: Annotated[
        str, Field(description="a folder for the embedded store, or a postgresql:// URL", min_length=1)
    ] = "timeline-data"
    host: Annotated[str, Field(description="the address to listen on")] = "127.0.0.1"
    port: Annotated[int, Field(description="the port to listen on; 0 takes a free one", ge=0, le=65_535)] = 8000
    workers: Annotated[int, Field(description="server processes; above 1 needs PostgreSQL", ge=1, le=64)] = 1
    demo: Annotated[bool, Field(description="load the demo data at the first start")] = True
    open_reading: Annotated[bool, Field(description="answer reads without a key")] = True
    project: Annotated[bool, Field(description="follow the log in the server itself, not only in `project`")] = True
    batch: Annotated[int, Field(description="facts projected in one transaction, at the most", ge=1)] = 40_000
    poll: Annotated[float, Field(description="seconds after which the log is looked at unasked", gt=0)] = 1.0
    wait: Annotated[float, Field(description="seconds a request waits for a position not yet projected", ge=0)] = 2.0
    max_body: Annotated[int, Field(description="bytes that a posted fact may have", ge=1_000)] = 1_000_000
    max_import: Annotated[int, Field(description="bytes that a posted import may have", ge=1_000)] = 16_000_000

    @property
    def is_postgres(self) -> bool:
        return self.database.startswith(("postgresql://", "postgres://"))

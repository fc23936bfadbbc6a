"""What a command is asked, and where it speaks to."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from domain.errors import Refused
from service.api.query import Param
from service.problems import Problem


class Output(Protocol):
    """Where a command speaks to."""

    def line(self, text: str) -> None:
        """A line of the result."""

    def note(self, text: str) -> None:
        """A line about the work."""

    def progress(self, done: int, total: int | None) -> None:
        """How far the work is."""


def understood(query: Mapping[str, list[str]], known: Iterable[Param]) -> dict[str, Any]:
    """Options as values. Raises Refused naming the option that is not understood."""
    by_name = {param.name: param for param in known}
    found: dict[str, Any] = {}
    for name, values in query.items():
        param = by_name[name]
        try:
            read = [param.read(value) for value in values]
        except ValueError as error:
            raise Refused(f"{_option(name)}: {error}") from None
        found[name] = tuple(read) if param.many else read[-1]
    return found


def refusal(problem: Problem) -> Refused:
    """What the API would say of parameters, said of options."""
    told = [f"{_option(str(error.loc[0]))}: {error.msg}" for error in problem.errors]
    return Refused("; ".join(told) or str(problem))


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"

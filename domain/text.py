"""Text as reports carry it: bounded, on one line, without control characters."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, StringConstraints

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _without_control_characters(text: str) -> str:
    if found := _CONTROL.search(text):
        raise ValueError(f"holds the control character U+{ord(found[0]):04X} at offset {found.start()}")
    return text


def _web_address(text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a web address: {error}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", text):
        raise ValueError(f"{text!r} is not an http or https address")
    return text


def _text(longest: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest)


Plain = AfterValidator(_without_control_characters)
Name = Annotated[str, _text(200), Plain]
"""Up to 200 characters: a person, an office, a place, a publisher."""
Line = Annotated[str, _text(500), Plain]
"""Up to 500 characters: a title, a condition, a reason, a source_ref."""
Paragraph = Annotated[str, _text(5_000), Plain]
"""Up to 5,000 characters: a summary or a quote."""
WebAddress = Annotated[str, _text(2_000), Plain, AfterValidator(_web_address)]
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")]
"""A language tag of BCP 47: ``en``, ``pt-BR``."""

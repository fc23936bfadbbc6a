"""How a row of the lists is known again, in whatever order they come and however they are numbered."""

import re
import unicodedata
from functools import lru_cache

from service.interchange.us_state_rows import Row

_LONGEST = 40  # characters of the field that tells two rows apart

TOLD_APART_BY = {
    "us-state-visits:2009-09-24:united-kingdom:prime-minister-gordon-brown": "remarks",
    "us-state-visits:2023-11-12:china:president-xi-jinping": "remarks",
    "us-state-visits:2024-07-10:united-kingdom:prime-minister-keir-starmer": "remarks",
    "us-state-travels:1962-06-21:germany:rusk-david-dean": "place",
    "us-state-travels:1981-09-13:germany:haig-alexander-meigs": "place",
    "us-state-travels:1988-02-28:israel:shultz-george-pratt": "remarks",
    "us-state-travels:2021-03-15:japan:blinken-antony-j": "recorded_at",
    "us-state-travels:2021-03-17:korea-south:blinken-antony-j": "recorded_at",
    "us-state-travels:2021-03-22:belgium:blinken-antony-j": "recorded_at",
    "us-state-travels:2021-11-01:united-kingdom:biden-joseph-r": "remarks",
}
"""Where the lists hold two rows of one person, country and first day: the field in which they differ.

They are named here, rather than found when a file is read, so that a row means the same action in every file.
"""


@lru_cache(maxsize=4_000)
def slug(text: str) -> str:
    """Small letters and digits with hyphens between words: ``Tô Lâm`` gives ``to-lam``. It may never change."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "-".join(re.findall(r"\w+", "".join(letter for letter in letters if not unicodedata.combining(letter))))


def source_ref(row: Row) -> str:
    """List, first day, country and persons. These are taken as the list writes them, not as we take them apart: what we
    learn to read better renames no action.
    """
    ref = f"{row.list_name}:{row.start_date}:{slug(row.country_id)}:{slug(row.who)}"
    field = TOLD_APART_BY.get(ref)
    return f"{ref}:{slug(str(getattr(row, field)))[:_LONGEST].strip('-')}" if field else ref

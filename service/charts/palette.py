"""Colour and shape: a colour for each family of kinds, a shape of its own for each kind.

Every colour has at least 3:1 against its page, and any two of one theme stay apart under simulated colour blindness.
"""

from dataclasses import dataclass

from domain.kinds import KINDS
from service.charts.options import Theme

FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'


@dataclass(frozen=True, slots=True)
class Family:
    """Kinds that belong together, each with the name of a Plotly symbol."""

    name: str
    label: str
    colours: dict[Theme, str]
    symbols: dict[str, str]


_FAMILIES = (
    Family(
        "talks",
        "Talks",
        {"light": "#0134A0", "dark": "#6FB7F9"},
        {
            "summit": "star",
            "conference": "pentagon",
            "meeting": "circle",
            "call": "triangle-up",
            "negotiation": "bowtie",
            "mediation": "hexagram",
        },
    ),
    Family(
        "visits",
        "Visits",
        {"light": "#3796AD", "dark": "#419CB3"},
        {"visit": "square", "delegation": "triangle-right"},
    ),
    Family(
        "words",
        "Words",
        {"light": "#9267F4", "dark": "#B06DF5"},
        {
            "statement": "diamond",
            "appeal": "triangle-down",
            "offer": "triangle-left",
            "endorsement": "star-diamond",
        },
    ),
    Family(
        "deals",
        "Deals",
        {"light": "#707427", "dark": "#8BF7CA"},
        {
            "agreement": "hexagon",
            "recognition": "star-triangle-up",
            "appointment": "diamond-tall",
            "vote": "square-cross",
        },
    ),
    Family(
        "help",
        "Help",
        {"light": "#D75271", "dark": "#FBDE4E"},
        {"aid": "cross", "cooperation": "circle-cross"},
    ),
    Family(
        "pressure",
        "Pressure",
        {"light": "#7C111C", "dark": "#E06A6C"},
        {
            "protest": "diamond-x",
            "rejection": "circle-x",
            "threat": "star-triangle-down",
            "sanction": "x",
            "expulsion": "square-x",
        },
    ),
)
_LATER = {kind: "circle" for kind in KINDS if not any(kind in family.symbols for family in _FAMILIES)}
FAMILIES = (
    *_FAMILIES,
    *([Family("other", "Other", {"light": "#5A6675", "dark": "#9AA7B5"}, _LATER)] if _LATER else []),
)
"""Kinds that were added without a place here are drawn as grey circles."""
FAMILY_OF: dict[str, Family] = {kind: family for family in FAMILIES for kind in family.symbols}
SIZES = {"star": 1.15, "square": 0.9, "square-cross": 0.95, "square-x": 0.95, "bowtie": 1.1, "hexagram": 1.15}
"""Of a mark's usual size, so that all shapes look equally large."""
SYMBOL_OF: dict[str, str] = {kind: symbol for family in FAMILIES for kind, symbol in family.symbols.items()}


@dataclass(frozen=True, slots=True)
class Ink:
    """The neutral colours of a theme; `cells` are the stops of a density scale, each readable under `text`."""

    text: str
    mute: str
    grid: str
    band: str
    page: str
    line: str
    accent: str
    cells: tuple[str, str, str]


INKS: dict[Theme, Ink] = {
    "light": Ink(
        text="#1B2430",
        mute="#5A6675",
        grid="#E3E8EE",
        band="#F6F8FA",
        page="#FFFFFF",
        line="#C5CDD6",
        accent="#B45309",
        cells=("#E1E9F8", "#B9CCEF", "#7D9FDF"),
    ),
    "dark": Ink(
        text="#E8ECF1",
        mute="#9AA7B5",
        grid="#232B35",
        band="#161C24",
        page="#12161D",
        line="#3A4553",
        accent="#F2B45A",
        cells=("#1F2E40", "#244A6E", "#35699C"),
    ),
}


def colour_of(kind: str, theme: Theme) -> str:
    return FAMILY_OF[kind].colours[theme]


def tint(colour: str, share: float, page: str) -> str:
    """`share` (0 to 1) of a colour laid over the page: opaque, so that lines below do not show through."""
    mixed = (round(top * share + below * (1 - share)) for top, below in zip(_rgb(colour), _rgb(page), strict=True))
    return "#" + "".join(f"{value:02X}" for value in mixed)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)

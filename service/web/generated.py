"""Files for the browser that are made from tables which the server has anyway, so that each is written in one place."""

import json
import re
from dataclasses import asdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from domain.countries import COUNTRIES
from domain.kinds import KINDS
from domain.organisations import ORGANISATIONS
from domain.people import person_key
from domain.people_table import TABLE as PEOPLE
from service.api.params import FILTERS
from service.charts.options import Theme
from service.charts.palette import FAMILIES, INKS
from service.web import history, words

_RULE = re.compile(r"""[,{]"?([XY][^"{}]*?)"?:("[^"]*"|'[^']*')""")
_STYLE_ID = re.compile(rb'document\.getElementById\("([0-9a-f]{64})"\)')
_SELECTORS = {"X": ".js-plotly-plot .plotly", "Y": ".plotly-notifier"}


@cache
def plotly() -> bytes:
    """plotly.js of the installed package, found without importing it: no request needs that."""
    spec = find_spec("plotly")
    assert spec and spec.submodule_search_locations
    return (Path(spec.submodule_search_locations[0]) / "package_data" / "plotly.min.js").read_bytes()


def plotly_version() -> str:
    """As the file itself states it."""
    found = re.search(rb"plotly\.js v([\w.-]+)", plotly()[:200])
    return found[1].decode() if found else "unknown"


@cache
def plotly_style_ids() -> tuple[str, ...]:
    """Of style elements that parts of plotly.js add unless the page has an element of that id."""
    return tuple(dict.fromkeys(id.decode() for id in _STYLE_ID.findall(plotly())))


def plotly_styles() -> bytes:
    """The styles that plotly.js would write into the page by itself, which a strict policy forbids."""
    script = plotly().decode()
    start = script.index('{"X,X div":')
    table = script[start : script.index("}", start)]
    return "".join(
        f"{re.sub('[XY]', lambda found: _SELECTORS[found[0]], name)}{{{text[1:-1]}}}\n"
        for name, text in _RULE.findall(table)
    ).encode()


def names() -> bytes:
    """The vocabulary as a module, some of it in words, with the filters of the API: whether each may be repeated."""
    tables = {
        "COUNTRIES": {code: country.name for code, country in COUNTRIES.items()},
        "ORGANISATIONS": {code: organisation.name for code, organisation in ORGANISATIONS.items()},
        "KINDS": {name: kind.label for name, kind in KINDS.items()},
        "FILTERS": {param.name: param.many for param in FILTERS},
        "PEOPLE": {person_key(name): name for name, _ in PEOPLE},
        "FACTS": history.FACTS,
        "FIELDS": history.FIELDS,
        "BASIS": words.BASIS,
        "ROLES": words.ROLES,
    }
    return "".join(
        f"export const {name} = {json.dumps(table, ensure_ascii=False)};\n" for name, table in tables.items()
    ).encode()


def palette() -> bytes:
    """The colours of the charts as custom properties, and a class for each family of kinds; paper is always light."""
    classes = "".join(f".{family.name}{{fill:var(--{family.name})}}" for family in FAMILIES)
    dark = f"@media screen{{[data-theme=dark]{{{_properties('dark')}}}}}"
    return f":root{{{_properties('light')}}}\n{dark}\n{classes}\n".encode()


def _properties(theme: Theme) -> str:
    inks = {name: value for name, value in asdict(INKS[theme]).items() if isinstance(value, str)}
    colours = inks | {family.name: family.colours[theme] for family in FAMILIES}
    return "".join(f"--{name}:{value};" for name, value in colours.items()) + f"color-scheme:{theme}"

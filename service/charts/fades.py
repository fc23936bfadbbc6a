"""What was withdrawn: a faint mark where it stood, for some days after it was known no more."""

from collections.abc import Iterator, Sequence

from service.charts.layout import Placed
from service.charts.moves import SEEN_FOR, series
from service.charts.options import Theme
from service.charts.palette import INKS, SYMBOL_OF
from service.charts.scale import DAY
from service.charts.traces import NEVER, Trace, meta

FAINT = 0.45


def fades(placed: Sequence[Placed], theme: Theme) -> Iterator[Trace]:
    """Only of what no later version follows in its lane; what is known still does not fade."""
    gone = [versions[-1] for versions in series(placed) if meta(versions[-1:])["kt"] != [NEVER]]
    if not gone:
        return
    ink = INKS[theme].mute
    known = meta(gone)
    yield {
        "type": "scatter",
        "mode": "markers+text",
        "name": "withdrawn",
        "x": [round(one.entry.at * DAY) for one in gone],
        "y": [one.y for one in gone],
        "text": ["\N{MULTIPLICATION SIGN}"] * len(gone),
        "textfont": {"size": 15, "color": INKS[theme].text},
        "hoverinfo": "skip",
        "opacity": FAINT,
        "marker": {"symbol": [SYMBOL_OF[one.entry.kind] for one in gone], "size": 13, "color": ink},
        "meta": {**known, "kf": known["kt"], "kt": [end + SEEN_FOR for end in known["kt"]], "past": True},
    }

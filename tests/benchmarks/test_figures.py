"""What a run measured: verdicts, the file, the tables of docs/performance.md, the picture."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.figures import Figure, Run, number, read
from benchmarks.picture import picture
from benchmarks.report import DOCUMENT, LAYOUTS, filled

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
RATE, MEMORY = Figure("facts a second", 9_999.0, 10_000), Figure("MB of memory", 250.0, 250, least=False)
PEER = Figure("page / a peer", None, 8, why="left out: pip could not install it")
PAGE = Figure("page of 100", 0.5, table="reads")
SMALL = Run(100_000, [RATE, MEMORY, PEER, PAGE, Figure("page / raw", 0.25, table="limits")], "2026-01-01", "2 cores")
GROWN = Figure("page of 100", 1.6, 1.5, least=False, table="growth")
LARGE = Run(1_000_000, [Figure(RATE.name, 8_000.0, 10_000), Figure(PAGE.name, 0.8, table="reads"), GROWN], "", "")


@pytest.mark.parametrize(
    ("figure", "verdict"),
    [(RATE, "missed"), (MEMORY, "met"), (GROWN, "missed"), (PEER, "left out: pip could not install it"), (PAGE, "")],
)
def test_given_a_figure_then_it_is_judged_by_the_side_of_its_aim(figure: Figure, verdict: str) -> None:
    assert figure.verdict == verdict
    assert figure.row().endswith(verdict)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "-"),
        (0.0, "0"),
        (0.00345, "0.0034"),
        (0.125, "0.12"),
        (17.26, "17.3"),
        (249.6, "250"),
        (12_345.6, "12,346"),
    ],
)
def test_given_a_value_then_the_digits_that_count_are_written(value: float | None, text: str) -> None:
    assert number(value) == text


def test_given_a_run_when_written_and_read_then_it_is_the_same(tmp_path: Path) -> None:
    SMALL.write(tmp_path / "run.json")
    assert read(tmp_path / "run.json") == SMALL


def block(name: str, runs: list[Run]) -> list[str]:
    """The lines that stand between the marks afterwards."""
    lines = filled(f"Before.\n<!-- bench: {name} -->\nas it was\n<!-- end -->\n", runs).splitlines()
    assert (lines[0], lines[1], lines[-1]) == ("Before.", f"<!-- bench: {name} -->", "<!-- end -->")
    return lines[2:-1]


def test_given_runs_then_a_table_is_that_of_the_last_one_that_measured_it() -> None:
    assert block("limits", [SMALL, LARGE])[0] == "100,000 actions; 2 cores; 2026-01-01."
    assert block("limits", [SMALL, LARGE])[-1] == "| page / raw | 25 % |"


def test_given_a_table_that_no_run_measured_then_it_stays() -> None:
    assert block("fact", [SMALL, LARGE]) == ["as it was"]
    assert block("reads", []) == block("aims", []) == ["as it was"]


def test_given_runs_of_two_sizes_then_aims_have_a_column_each_and_what_is_left_out_its_reason() -> None:
    lines = block("aims", [LARGE, SMALL])
    assert lines[:3] == ["100,000 actions; 2 cores; 2026-01-01.", "", "1,000,000 actions; ; ."]
    assert lines[4] == "| measure | 100,000 actions | 1,000,000 actions | aim |  |"
    assert lines[6] == "| facts a second | 9,999 | 8,000 | ≥ 10,000 | missed |"
    assert lines[-1] == "| page / a peer | - |  | ≥ 8.00 | left out: pip could not install it |"
    met = replace(LARGE, figures=[replace(RATE, value=10_001.0)])
    assert (
        block("aims", [SMALL, met])[6]
        == "| facts a second | 9,999 | 10,001 | ≥ 10,000 | missed at 100,000; met at 1,000,000 |"
    )
    unaimed = replace(SMALL, figures=[replace(RATE, aim=None)])
    assert block("aims", [unaimed, met])[6] == block("aims", [SMALL, met])[6]
    assert block("aims", [SMALL, met, SMALL])[8].endswith(" | missed at 100,000 and 100,000; met at 1,000,000 |")


def test_given_runs_of_two_sizes_then_reads_have_a_column_each_and_their_growth() -> None:
    lines = block("reads", [LARGE, SMALL])
    assert lines[2:5] == ["100,000 actions; 2 cores; 2026-01-01.", "", "1,000,000 actions; ; ."]
    assert lines[6] == "| read | 100,000 actions | 1,000,000 actions | growth |  |"
    assert lines[-1] == "| page of 100 | 0.50 | 0.80 | 1.60 | missed |"
    assert block("reads", [SMALL])[-1] == "| page of 100 | 0.50 |"
    more = replace(SMALL, figures=[PAGE, Figure("feed", 3.0, table="reads")])
    assert block("reads", [LARGE, more])[-1] == "| feed | 3.00 | - |  |  |"


PLACES = (*LAYOUTS, "aims", "reads")


def test_given_the_document_then_every_table_has_its_place() -> None:
    text = (ROOT / DOCUMENT).read_text(encoding="utf-8")
    assert {name: text.count(f"<!-- bench: {name} -->\n") for name in PLACES} == dict.fromkeys(PLACES, 1)


def test_given_runs_then_the_picture_has_a_chart_for_each_figure() -> None:
    charts = ElementTree.fromstring(picture([LARGE, SMALL])).findall(f"{SVG}g")
    assert [chart.findtext(f"{SVG}title") for chart in charts] == [RATE.name, MEMORY.name, PAGE.name]
    assert [len(chart.findall(f"{SVG}circle")) for chart in charts] == [2, 1, 2]
    assert [len(chart.findall(f"{SVG}path[@class='aim']")) for chart in charts] == [1, 1, 0]


def test_given_one_run_and_a_name_with_signs_then_the_picture_is_sound() -> None:
    odd = Run(12_345, [Figure("a < b & c", 0.0), Figure("p99 < 5 & errors", 1.0, 1)], "", "")
    chart = ElementTree.fromstring(picture([odd])).find(f"{SVG}g")
    assert chart is not None
    assert "12,345" in [text.text for text in chart.findall(f"{SVG}text")]
    assert picture([]).startswith("<svg")

"""How commands speak: a bar where there is a terminal, now and then a line elsewhere, the result on its own stream."""

import io
import sys

import pytest

from service import terminal
from service.terminal import Terminal


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def on_a_screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Where standard error goes until the test ends; rich asks the environment what it can show."""
    found = Screen()
    monkeypatch.setattr(sys, "stderr", found)  # not in a fixture: pytest sets it anew for the test itself
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    return found


def test_given_a_result_and_a_note_then_only_the_result_can_be_piped_on(capsys: pytest.CaptureFixture[str]) -> None:
    output = Terminal()
    output.line("2025-02-17 summit")
    output.note("1 action")
    assert capsys.readouterr() == ("2025-02-17 summit\n", "1 action\n")


def test_given_a_terminal_when_work_is_long_then_a_bar_counts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    output, screen = Terminal(), on_a_screen(monkeypatch)
    for done in (0, 400, 1_000):
        output.progress(done, 1_000)
    output.finish()
    assert "1000/1000" in screen.getvalue()


def test_given_a_bar_when_there_is_a_note_then_the_bar_is_taken_away_first(monkeypatch: pytest.MonkeyPatch) -> None:
    output, screen = Terminal(), on_a_screen(monkeypatch)
    output.progress(3, None)
    before = len(screen.getvalue())
    output.note("x.ndjson:4: occurred: is missing")
    told = screen.getvalue()[before:]
    assert told.endswith("\x1b[2Kx.ndjson:4: occurred: is missing\n")  # the bar's line is wiped


def test_given_a_bar_that_ended_when_work_goes_on_then_another_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    output, screen = Terminal(), on_a_screen(monkeypatch)
    output.progress(1, 3)
    output.note("once more")
    output.progress(2, 3)
    output.finish()
    assert "2/3" in screen.getvalue().partition("once more\n")[2]


def test_given_a_bar_then_results_go_where_they_are_piped_to(monkeypatch: pytest.MonkeyPatch) -> None:
    output, screen, piped = Terminal(), on_a_screen(monkeypatch), io.StringIO()
    monkeypatch.setattr(sys, "stdout", piped)
    output.progress(1, 3)
    output.line("2025-02-17 summit")
    output.finish()
    assert piped.getvalue() == "2025-02-17 summit\n" and "summit" not in screen.getvalue()


def test_given_work_that_is_done_when_it_begins_then_there_is_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    output, screen = Terminal(), on_a_screen(monkeypatch)
    output.progress(3, 3)
    assert screen.getvalue() == ""


def test_given_no_terminal_then_quick_work_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    output = Terminal()
    for done in range(3):
        output.progress(done, 3)
    output.finish()
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("total", "said"), [(20_000, "1,500 of 20,000\n"), (None, "1,500\n"), (0, "1,500\n")])
def test_given_no_terminal_when_work_is_long_then_a_plain_line_says_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, total: int | None, said: str
) -> None:
    monkeypatch.setattr(terminal, "_EVERY", -1.0)
    Terminal().progress(1_500, total)
    assert capsys.readouterr().err == said

"""What `./timeline bench` is told wrongly is said before anything is measured."""

import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import main


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--actions", "-3"], "'-3': give a number, 1,000 or more"),
        (["--actions", "many"], "'many': give a number, 1,000 or more"),
        (["--actions", "1500000"], "'1500000': above 1,000,000 give that up to 10 times over"),
        (["--actions", "20000000"], "'20000000': above 1,000,000 give that up to 10 times over"),
        (["--report", "none.json"], "'none.json': is no file that --json wrote"),
        (["--report", "odd.json"], "'odd.json': is no file that --json wrote"),
        (["--json"], "argument --json: expected one argument"),
    ],
)
def test_given_a_wrong_word_then_it_is_named_with_what_is_right(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("odd.json").write_text('{"figures": [{"name": "no value"}]}')
    monkeypatch.setattr(sys, "argv", ["bench", *words])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert said in capsys.readouterr().err

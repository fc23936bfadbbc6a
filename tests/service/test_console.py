"""The words of the command line by themselves: what is wrong usage, and which of two answers to a question counts."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.api.params import FILTERS
from service.cli import cli

WRONG = {
    "nonsense": "No such command 'nonsense'",
    "import ndjson": "Missing argument 'FILES...'",
    "import csv x": "'csv' is not one of 'ndjson'",
    "export us-state-visits": "'us-state-visits' is not 'ndjson'",
    "timeline --limit 0": "0 is not in the range 1<=x<=500",
    "timeline --limit many": "'many' is not a valid integer",
    "timeline --sort title": "'title' is not one of 'date', '-date'",
    "timeline --match some": "'some' is not one of 'any', 'all'",
    "timeline GBR": "unexpected extra argument (GBR)",
    "diff --limit 501": "501 is not in the range 1<=x<=500",
    "diff --sort date": "No such option",
    "diff": "give --from and --to, or --from-position and --to-position; given: neither",
    "diff --from 2025-01-01": "give --from and --to, or --from-position and --to-position; given: --from",
    "diff --from 2025-01-01 --to-position 3": "given: --from, --to-position",
    "rebuild one two": "unexpected extra argument (two)",
    "keys create": "Missing argument 'NAME'",
    "keys create ann --scope root": "'root' is not one of 'report', 'admin'",
    "keys revoke": "Missing argument 'NAME'",
    "serve --port http": "'http' is not a valid integer",
    "serve --port -1": "TIMELINE_PORT: Input should be greater than or equal to 0",
    "serve --batch 0": "TIMELINE_BATCH: Input should be greater than",
}


def run(*words: str, **variables: str) -> Result:
    return CliRunner(env=variables).invoke(cli, words)


@pytest.mark.parametrize("words", WRONG)
def test_given_wrong_usage_then_2_and_the_last_line_says_what_is_wrong(words: str, tmp_path: Path) -> None:
    done = run("--data", str(tmp_path / "data"), *words.split())
    assert done.exit_code == 2 and WRONG[words] in done.stderr.splitlines()[-1]
    assert not list(tmp_path.iterdir())


def test_given_several_settings_that_are_wrong_then_each_is_named() -> None:
    told = run("serve", "--port", "70000", "--workers", "0").stderr.splitlines()[-1]
    assert "TIMELINE_PORT: " in told and "; TIMELINE_WORKERS: " in told


def test_given_the_folder_in_several_places_then_the_one_nearest_to_the_command_counts(tmp_path: Path) -> None:
    names = ["variable", "before", "behind"]
    variable, before, behind = (str(tmp_path / name) for name in names)
    words = ("keys", "create", "ann")
    assert run("--data", before, *words, "--data", behind, TIMELINE_DATABASE=variable).exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["behind"]
    assert run("--data", before, *words, TIMELINE_DATABASE=variable).exit_code == 0
    assert run(*words, TIMELINE_DATABASE=variable).exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {*names}


@pytest.mark.parametrize("command", ["timeline", "diff"])
def test_given_the_filters_of_the_api_then_each_is_an_option_and_may_be_repeated_where_the_filter_may(
    command: str,
) -> None:
    options = {param.name: getattr(param, "multiple", False) for param in cli.commands[command].params}
    filters = {param.name: param.many for param in FILTERS if param.name not in ("from", "to")}
    assert options.items() >= filters.items()
    assert {name for name, many in options.items() if many} == {name for name, many in filters.items() if many}

"""The documents say what is so: every setting, command, parameter and problem is there, every example gives its answer,
every recipe works, every link leads somewhere.
"""

import asyncio
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import click
import orjson
import plotly.graph_objects
import pytest
from click.testing import CliRunner

import projections
from domain.content import Content
from projections.readmodel import POSITIONS, SHAPE, created_by
from service import charts, demo, interchange
from service.api import actions, history, log, timemap
from service.api.bounds import COMPARING
from service.api.charts import DRAWING
from service.api.counts import COUNTING
from service.api.params import CLOCKS, FILTERS, PAGING
from service.app import create_app
from service.cli import cli
from service.instance import Instance
from service.problems import TYPES
from service.settings import Settings
from service.statements import STATED
from service.store.codec import SCHEMA
from service.store.log import TABLES
from tests.support.client import Client

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(path.relative_to(ROOT) for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
SOURCES = [path for package in ("domain", "projections", "service") for path in sorted((ROOT / package).rglob("*.py"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
Block = tuple[str, str]
"""The language of a fenced block, and what is in it."""


def text_of(name: str | Path) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """What stands under a heading, up to the next one of any level."""
    found = re.search(rf"^#+ {heading}\n(.*?)(?=^#+ |\Z)", text_of(name), re.MULTILINE | re.DOTALL)
    assert found, f"{name} has no heading {heading}"
    return found[1]


def table(text: str, first: str) -> list[list[str]]:
    """The rows of the table whose head begins with this word."""
    lines = text[text.index(f"| {first} |") :].splitlines()[2:]
    rows = takewhile(lambda line: line.startswith("|"), lines)
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def quoted(cell: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", cell)


# --- settings and commands ---


def options_of(setting: str) -> list[str]:
    name = "data" if setting == "database" else setting
    found = [param for param in cli.commands["serve"].params if param.name == name]
    return [option for param in found for option in (*param.opts, *param.secondary_opts)]


def written(default: Any) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


def test_given_the_settings_then_the_table_is_the_same() -> None:
    found = [
        [f"TIMELINE_{name.upper()}", options_of(name), written(field.default), field.description]
        for name, field in Settings.model_fields.items()
    ]
    rows = table(section("docs/settings.md", "Settings"), "setting")
    assert [[quoted(row[0])[0], quoted(row[1]), quoted(row[2])[0], row[3]] for row in rows] == found


def leaves(command: click.Command, *words: str) -> Iterator[tuple[str, ...]]:
    """The words of each command that does something."""
    if not isinstance(command, click.Group):
        yield words
        return
    for name, below in command.commands.items():
        yield from leaves(below, *words, name)


def in_help(*words: str) -> set[str]:
    """The options and arguments that `--help` names, but `--help` itself."""
    shown = CliRunner().invoke(cli, [*words, "--help"], prog_name="diplomatic-timeline")
    assert shown.exit_code == 0, shown.output
    usage, _, options = shown.output.partition("Options:\n")
    listed = re.findall(r"^  (?:-h, )?(--[\w-]+)(?: / (--[\w-]+))?", options, re.MULTILINE)
    words_after = " ".join(usage.split("\n\n")[0].partition("[OPTIONS]")[2].split())
    arguments = re.sub(r"\{.*?\}", "FORMAT", words_after).split()
    return {name for names in listed for name in names if name} - {"--help"} | set(arguments)


@pytest.mark.parametrize("words", list(leaves(cli)), ids=" ".join)
def test_given_a_command_then_its_options_are_those_of_its_help(words: tuple[str, ...]) -> None:
    rows = {quoted(row[0])[0]: set(quoted(row[1])) for row in table(text_of("docs/settings.md"), "command")}
    assert rows[" ".join(words)] == in_help(*words)


def test_given_the_commands_then_no_other_is_described() -> None:
    rows = [quoted(row[0])[0] for row in table(text_of("docs/settings.md"), "command")]
    assert sorted(rows) == sorted(" ".join(words) for words in leaves(cli))


def test_given_a_wrong_option_and_a_wrong_setting_then_the_status_for_wrong_usage() -> None:
    wrong = (
        CliRunner().invoke(cli, ["serve", "--no-such-option"]),
        CliRunner().invoke(cli, ["serve", "--port", "70000"]),
    )
    assert [done.exit_code for done in wrong] == [2, 2]


# --- the API ---

GROUPS = {
    "filters": FILTERS, "clocks": CLOCKS, "paging": PAGING, "drawing": DRAWING, "log": log.AFTER, "import": log.IMPORT,
    "counting": COUNTING, "comparing": COMPARING, "redirect": (actions.REDIRECT,), "limit": (PAGING[0],),
    "cursor": (PAGING[1],), "sort": (PAGING[2],), "timemap": (timemap.FROM,),
    "according_to": (history.ACCORDING,),
}  # fmt: skip
HEADINGS = {
    "comparing": "Differences",
    "counting": "Counts",
    "log": "The log",
    "drawing": "Charts",
    "timemap": "Earlier states",
    "import": "Import and export",
}


@pytest.fixture(scope="module")
def openapi(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    instance = Instance(Settings(database=str(tmp_path_factory.mktemp("openapi"))))
    found: dict[str, Any] = create_app(instance).openapi()["paths"]
    asyncio.run(instance.close())
    return found


def test_given_the_endpoints_then_each_is_described_with_its_parameters(openapi: dict[str, Any]) -> None:
    served = {
        f"{method.upper()} {path}": {
            param["name"] for param in operation.get("parameters", ()) if param["in"] == "query"
        }
        for path, operations in openapi.items()
        for method, operation in operations.items()
    }
    rows = table(section("docs/api.md", "Endpoints"), "endpoint")
    assert {
        quoted(row[0])[0]: {param.name for name in words(row[1]) for param in GROUPS[name]} for row in rows
    } == served


def words(cell: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"\(.*?\)", "", cell))


@pytest.mark.parametrize(
    "group", ["filters", "clocks", "paging", "comparing", "counting", "drawing", "log", "timemap", "import"]
)
def test_given_a_parameter_then_it_is_described(group: str) -> None:
    rows = table(section("docs/api.md", HEADINGS.get(group, group.capitalize())), "parameter")
    assert [quoted(row[0])[0] for row in rows] == [param.name for param in GROUPS[group]]


def test_given_a_filter_then_it_is_said_whether_it_may_be_repeated() -> None:
    rows = table(section("docs/api.md", "Filters"), "parameter")
    assert [row[1] == "yes" for row in rows] == [param.many for param in FILTERS]


def test_given_the_problem_types_then_the_table_is_the_same() -> None:
    found = [[f"/problems/{kind.slug}", kind.status, kind.title] for kind in TYPES.values()]
    errors = table(section("docs/api.md", "Errors"), "type")
    assert [[quoted(row[0])[0], int(row[1]), row[2]] for row in errors] == found


def test_given_the_facts_then_each_type_is_described() -> None:
    rows = table(section("docs/api.md", "Writing"), "type")
    assert ["reported", *(quoted(row[0])[0] for row in rows)] == list(STATED)


def test_given_the_content_of_a_report_then_each_field_is_described() -> None:
    rows = table(section("docs/api.md", "Writing"), "field")
    assert [name for row in rows for name in quoted(row[0])] == list(Content.model_fields)


def test_given_the_formats_then_the_table_is_the_same() -> None:
    rows = table(section("docs/api.md", "Import and export"), "format")
    found = [[one.name, "both" if one.write else "in", one.about] for one in interchange.ALL.values()]
    assert [[quoted(row[0])[0], *row[1:]] for row in rows] == found


@pytest.mark.parametrize("chart", charts.ALL, ids=lambda chart: chart.name)
def test_given_a_chart_then_it_is_named(chart: charts.Chart) -> None:
    assert f"/api/charts/{chart.name}" in section("docs/api.md", "Charts")


# --- the examples ---


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A service that holds the demonstration's data."""
    instance = Instance(Settings(database=str(tmp_path / "data")))
    instance.migrate()
    demo.load(instance)
    asyncio.run(instance.close())
    with Client(str(tmp_path / "data")) as client:
        yield client


def examples(name: str) -> list[tuple[str, Any]]:
    """Each curl command of a document, with the answer that is shown after it."""
    blocks: list[Block] = BLOCK.findall(text_of(name))
    return [
        (command, json.loads(answer))
        for (language, command), (_, answer) in pairwise(blocks)
        if language == "sh" and command.startswith("curl ")
    ]


def asked(client: Client, command: str, files: dict[str, str]) -> Any:
    """What the service answers to a curl command."""
    method, address, headers, content = "GET", "", {}, ""
    rest = iter(shlex.split(command.replace("$KEY", client.key))[1:])
    for word in rest:
        match word:
            case "-X":
                method = next(rest)
            case "-H":
                name, _, value = next(rest).partition(": ")
                headers[name] = value
            case "-d":
                content = next(rest)
            case "--data-binary":
                content = files[next(rest).removeprefix("@")]
            case _:
                address = word.removeprefix("http://127.0.0.1:8000")
    return client.ask(method, address, headers, content=content.encode()).json()


def holds(answer: Any, shown: Any) -> bool:
    """Whether an answer says all that is shown; what is shown may leave out members of objects."""
    if isinstance(shown, dict):
        return isinstance(answer, dict) and all(name in answer and holds(answer[name], shown[name]) for name in shown)
    if isinstance(shown, list):
        return isinstance(answer, list) and len(answer) == len(shown) and all(map(holds, answer, shown))
    return bool(answer == shown)


@pytest.mark.parametrize(("name", "least"), [("README.md", 2), ("docs/api.md", 5)])
def test_given_the_commands_of_a_document_then_they_give_the_shown_answers(
    client: Client, name: str, least: int
) -> None:
    files = {"facts.ndjson": "".join(code for language, code in BLOCK.findall(text_of(name)) if language == "ndjson")}
    found = [(command, asked(client, command, files), shown) for command, shown in examples(name)]
    assert len(found) >= least
    assert [(command, answer) for command, answer, shown in found if not holds(answer, shown)] == []


def test_given_the_command_of_the_readme_then_it_prints_the_shown_lines(client: Client) -> None:
    blocks: list[Block] = BLOCK.findall(text_of("README.md"))
    command = next(code for _, code in blocks if code.startswith("./timeline timeline "))
    client.instance.projector.catch_up()
    client.runner.run(client.instance.close())
    done = CliRunner().invoke(cli, [*shlex.split(command)[1:], "--data", client.database])
    client.open()
    assert done.stdout == next(code for language, code in blocks if language == "text")


# --- the recipes ---

RECIPE = re.compile(r"^(?:Its test, )?`([\w/]+\.py)`[^\n]*\n\n|^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps() -> list[tuple[str, str, str]]:
    """File, language and code of each block in docs/adding.md, in order."""
    path, found = "", []
    for named, language, code in RECIPE.findall(text_of("docs/adding.md")):
        path = named or path
        if language:
            found.append((path, language, code))
    return found


def take(folder: Path, path: str, language: str, code: str) -> None:
    """Writes a new file, or changes one: what a diff takes away must stand there exactly once."""
    target = folder / path
    if language == "python":
        assert not target.exists(), f"{path} exists already"
        target.write_text(code, encoding="utf-8")
        return
    old, new = ("\n".join(line[1:] for line in code.splitlines() if line[0] in signs) for signs in (" -", " +"))
    text = target.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path} holds {text.count(old)} times:\n{old}"
    target.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which every recipe was followed."""
    folder = tmp_path_factory.mktemp("copy")
    left_out = shutil.ignore_patterns("__pycache__", "acceptance", "browser")
    for name in ("domain", "projections", "service", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for step in steps():
        take(folder, *step)
    return folder


def run(folder: Path, *words: str) -> str:
    """A module of Python in a folder, whose output is returned where it fails. Coverage measures the original only."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE", "COV_"))}
    command = [sys.executable, "-P", "-m", *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_given_the_recipes_when_followed_then_their_tests_pass(followed: Path) -> None:
    tests = [path for path, _, _ in steps() if path.startswith("tests/")]
    assert len(tests) == text_of("docs/adding.md").count("\n## ")
    assert run(followed, "pytest", "-q", *tests) == ""


def test_given_the_recipes_when_followed_then_the_new_files_are_clean(followed: Path) -> None:
    new = [path for path, language, _ in steps() if language == "python"]
    assert run(followed, "ruff", "check", "--no-cache", *new) == ""
    assert run(followed, "ruff", "format", "--check", "--no-cache", *new) == ""


def test_given_a_new_type_of_fact_then_mypy_lists_what_does_not_answer_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "domain", tmp_path / "domain", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for step in steps():
        if step[0] == "domain/events.py":
            take(tmp_path, *step)
    listed = re.findall(r"^(\S+):\d+: error: .*\"Extended\"", run(tmp_path, "mypy", "-p", "domain"), re.MULTILINE)
    assert listed == ["domain/course.py"]


# --- what else the documents claim ---


def slugs(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text_of(document), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_given_a_document_then_its_links_lead_somewhere(document: Path) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text_of(document)):
        path, _, anchor = unquote(link).partition("#")
        target = ROOT / document.parent / path if path else ROOT / document
        if "://" not in link and (not target.exists() or (anchor and anchor not in slugs(target))):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("document", [name for name in DOCUMENTS if name.name != "adding.md"], ids=str)
def test_given_a_document_then_the_files_that_it_names_exist(document: Path) -> None:
    named = re.findall(r"`((?:domain|projections|service|tests|docs|requirements)/[\w/.-]*)`", text_of(document))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_given_the_code_then_the_documents_that_it_names_exist() -> None:
    named = {name for path in SOURCES for name in re.findall(r"docs/[\w/-]+\.md", path.read_text(encoding="utf-8"))}
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_given_a_decision_then_it_has_its_number_and_four_parts(path: Path) -> None:
    headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences", "Alternatives"]
    assert path.read_text(encoding="utf-8").startswith(f"# {int(path.name[:4])}. ")


def test_given_the_decisions_then_they_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_given_the_rules_that_the_code_names_then_the_decision_has_them() -> None:
    code = text_of("domain/course.py") + text_of("domain/fold.py")
    rules = {int(number) for number in re.findall(r"[Rr]ules? (\d)", code)}
    numbered = re.findall(r"^(\d)\. \*\*", text_of("docs/decisions/0002-three-clocks.md"), re.MULTILINE)
    assert numbered == ["1", "2", "3", "4", "5"]
    assert rules <= set(map(int, numbered))


def test_given_the_tables_then_it_is_said_where_each_lives() -> None:
    own = [table for model in projections.ALL for table in (*model.tables, *model.only.get("sqlite", ()))]
    created = {"stored_events", *created_by([*TABLES, *POSITIONS, SHAPE, *own])}
    rows = table(text_of("docs/architecture.md"), "table")
    assert {name for row in rows for name in quoted(row[0])} == created


def test_given_the_schema_of_stored_facts_then_the_changelog_names_its_version() -> None:
    assert f"Schema version {SCHEMA}." in text_of("CHANGELOG.md")


def test_given_the_sources_then_few_files_import_the_event_store_and_none_imports_plotly() -> None:
    importing = re.compile(r"^\s*(?:from|import) (eventsourcing|plotly)\b", re.MULTILINE)
    found = [(path.stem, name) for path in SOURCES for name in set(importing.findall(path.read_text(encoding="utf-8")))]
    assert found == [("codec", "eventsourcing"), ("postgres", "eventsourcing"), ("sqlite", "eventsourcing")]


@pytest.mark.parametrize("chart", charts.ALL, ids=lambda chart: chart.name)
def test_given_a_chart_of_the_demonstration_then_plotly_accepts_it(client: Client, chart: charts.Chart) -> None:
    figure = orjson.loads(client.get(f"/api/charts/{chart.name}").content)
    assert plotly.graph_objects.Figure(figure).data

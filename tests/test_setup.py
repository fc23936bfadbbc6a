"""The files that a newcomer, an operator and the build rely on: lists of versions, the script, the compose file."""

import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import browser
from tests.support.postgres import Postgres

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["serve.lock", "test.lock"]


def entries(lock: str) -> dict[str, str]:
    """What a list says of each package: the line with its version, without systems it is not for, and its checksums."""
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8").partition("\n")[2]
    text = re.sub(r" ; .* \\\n", r" \\\n", text)
    return {entry.partition("==")[0]: entry for entry in re.split(r"\n(?=\S)", text)}


def timeline(*words: str, script: Path = ROOT / "timeline", **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([script, *words], capture_output=True, text=True, timeout=60, check=False, **options)


@pytest.mark.parametrize("lock", LOCKS)
def test_given_a_list_then_every_package_has_a_version_and_checksums(lock: str) -> None:
    without = [name for name, entry in entries(lock).items() if "==" not in entry or "--hash=sha256:" not in entry]
    assert without == []


@pytest.mark.parametrize("lock", LOCKS)
def test_given_a_list_then_it_names_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--find-links| @ ", text)


def test_given_the_list_for_serving_then_the_one_for_tests_holds_it() -> None:
    assert entries("serve.lock").items() <= entries("test.lock").items()


def test_given_the_project_then_what_builds_it_is_in_the_list() -> None:
    assert "hatchling" in entries("serve.lock")


def lock_check(folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["python3", "-P", str(folder / "requirements" / "lock.py"), "check"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def copy_of_the_lists(folder: Path) -> Path:
    (folder / "requirements").mkdir()
    for name in ("pyproject.toml", "requirements/lock.py", *(f"requirements/{lock}" for lock in LOCKS)):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    return folder


def test_given_the_lists_when_checked_then_they_are_in_step() -> None:
    assert lock_check(ROOT).returncode == 0


def test_given_a_new_dependency_when_checked_then_both_lists_are_named(tmp_path: Path) -> None:
    project = copy_of_the_lists(tmp_path) / "pyproject.toml"
    project.write_text(project.read_text().replace('"click>=8.2"', '"click>=8.2", "attrs"'))
    answer = lock_check(tmp_path)
    assert answer.returncode == 1
    assert "test.lock, serve.lock" in answer.stderr


def test_given_other_settings_of_a_tool_when_checked_then_the_lists_stay_in_step(tmp_path: Path) -> None:
    project = copy_of_the_lists(tmp_path) / "pyproject.toml"
    project.write_text(project.read_text() + "\n[tool.other]\nanswer = 42\n")
    assert lock_check(tmp_path).returncode == 0


def test_given_the_layers_then_all_three_are_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["service", "domain", "projections"]


def test_given_words_after_check_then_wrong_usage() -> None:
    answer = timeline("check", "everything")
    assert answer.returncode == 2
    assert answer.stderr == "timeline: check takes no further words\n"


def test_given_a_symbolic_link_and_another_folder_then_the_script_finds_the_project(tmp_path: Path) -> None:
    link = tmp_path / "a link"
    link.symlink_to(ROOT / "timeline")
    answer = timeline("--help", script=link, cwd=tmp_path)
    assert answer.returncode == 0
    assert "serve" in answer.stdout


def test_given_a_stray_module_in_the_working_folder_then_it_is_not_run(tmp_path: Path) -> None:
    for name in ("service", "pip", "hatchling"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('stray')")
    assert timeline("--help", cwd=tmp_path).returncode == 0


def test_given_an_unknown_word_then_wrong_usage() -> None:
    assert timeline("no-such-command").returncode == 2


def test_given_no_python_then_it_says_what_to_install(tmp_path: Path) -> None:
    new = copy_of_the_lists(tmp_path) / "timeline"
    new.write_bytes((ROOT / "timeline").read_bytes())
    new.chmod(0o755)
    for tool in ("dirname", "cat", "cksum", "id", "sh", "mkdir", "rm"):
        (tmp_path / tool).symlink_to(f"/usr/bin/{tool}" if os.path.exists(f"/usr/bin/{tool}") else f"/bin/{tool}")
    answer = timeline("serve", script=new, env={"PATH": str(tmp_path)})
    assert answer.returncode == 1
    assert "needs Python 3.11" in answer.stderr


PYTHON_THAT_IS_SLOW_TO_FAIL = """#!/bin/sh
[ "$1 $2" = "-m venv" ] || exit 0
echo begun >>"$LOG"; sleep 0.3; echo done >>"$LOG"
exit 1
"""


def test_given_two_commands_at_once_in_a_new_folder_then_one_sets_up_after_the_other(tmp_path: Path) -> None:
    python, log = tmp_path / "bin" / "python3", tmp_path / "log"
    python.parent.mkdir()
    python.write_text(PYTHON_THAT_IS_SLOW_TO_FAIL)
    python.chmod(0o755)
    script = copy_of_the_lists(tmp_path) / "timeline"
    script.write_bytes((ROOT / "timeline").read_bytes())
    environment = {"PATH": f"{python.parent}:{os.environ['PATH']}", "LOG": str(log)}
    for running in [subprocess.Popen(["sh", script, word], env=environment) for word in ("serve", "check")]:
        assert running.wait(timeout=60) == 1
    assert log.read_text().split() == ["begun", "done", "begun", "done"]


@pytest.fixture
def compose() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    return services


def test_given_the_compose_file_then_each_service_runs_its_command(compose: dict[str, Any]) -> None:
    commands = {name: service.get("command") for name, service in compose.items()}
    assert commands == {"postgres": None, "migrate": ["migrate"], "project": ["project"], "api": ["serve"]}


@pytest.mark.parametrize("name", ["api", "project"])
def test_given_the_compose_file_then_the_tables_come_first(compose: dict[str, Any], name: str) -> None:
    assert compose[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}


@pytest.mark.parametrize("name", ["api", "project", "migrate"])
def test_given_the_compose_file_then_the_password_is_the_operators_own(compose: dict[str, Any], name: str) -> None:
    address = compose[name]["environment"]["TIMELINE_DATABASE"]
    assert address.startswith("postgresql://timeline:${POSTGRES_PASSWORD:?")


def test_given_the_image_then_it_holds_what_is_locked_and_is_not_root() -> None:
    steps = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes --only-binary :all: -r requirements/serve.lock" in steps
    assert "\nUSER timeline\n" in steps


def test_given_the_image_then_all_that_it_copies_is_sent_to_the_builder() -> None:
    copied = re.findall(r"^COPY (.+) \S+$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    sent = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name.split("/")[0] for line in copied for name in line.split()} == set(sent)


def test_given_root_without_namespaces_then_postgres_runs_too() -> None:
    with Postgres(other_user=["false"]) as server:
        assert server.create() == "fresh_1"


def test_given_a_browser_named_in_the_environment_then_it_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chosen = tmp_path / "browser"
    chosen.touch()
    monkeypatch.setenv("TIMELINE_BROWSER", str(chosen))
    assert browser.find() == str(chosen)

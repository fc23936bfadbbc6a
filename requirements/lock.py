"""Makes the lists of exact versions, with checksums and without addresses; or tells whether they are in step.

``python requirements/lock.py``          makes serve.lock and test.lock from pyproject.toml; needs ``uv`` and a network
``python requirements/lock.py upgrade``  the same with the newest versions that pyproject.toml allows
``python requirements/lock.py check``    status 1 where a list was not made from this pyproject.toml; reads files only
"""

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PROJECT = FOLDER.parent / "pyproject.toml"
TEST, SERVE = FOLDER / "test.lock", FOLDER / "serve.lock"
STAMP = "# made by requirements/lock.py from the dependencies with the checksum "
COMMAND = ["uv", "pip", "compile", "pyproject.toml", "-", "--universal", "--python-version=3.11"]
COMMAND += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"]


def wanted() -> dict[str, list[str]]:
    """The parts of pyproject.toml that the lists depend on."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    return {
        "python": [project["project"]["requires-python"]],
        "build": project["build-system"]["requires"],
        "serve": project["project"]["dependencies"],
        "test": project["dependency-groups"]["test"],
    }


def stamp() -> str:
    """The first line of a list that is in step."""
    text = json.dumps(wanted(), sort_keys=True)
    return STAMP + hashlib.sha256(text.encode()).hexdigest()


def compile_list(target: Path, *options: str) -> None:
    """Write one list. The build tool is part of it: the project itself is installed without a network."""
    build_tools = "\n".join(wanted()["build"])
    subprocess.run(
        [*COMMAND, "--quiet", f"--output-file={target}", *options],
        input=build_tools,
        text=True,
        cwd=FOLDER.parent,
        check=True,
    )
    pins = target.read_text(encoding="utf-8")
    target.write_text(f"{stamp()}\n{pins}", encoding="utf-8")


def make(*options: str) -> None:
    """The list for tests first: the other one takes its versions, so one environment serves both."""
    compile_list(TEST, "--group", "test", *options)
    compile_list(SERVE, "--constraints", str(TEST.relative_to(FOLDER.parent)), *options)


def stale() -> list[str]:
    """Names of the lists that were not made from this pyproject.toml."""
    return [path.name for path in (TEST, SERVE) if path.read_text(encoding="utf-8").partition("\n")[0] != stamp()]


def check() -> int:
    names = stale()
    if names:
        print(f"not in step with pyproject.toml: {', '.join(names)}; run python requirements/lock.py", file=sys.stderr)
    return 1 if names else 0


def main(words: list[str]) -> int:
    match words:
        case []:
            make()
        case ["upgrade"]:
            make("--upgrade")
        case ["check"]:
            return check()
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

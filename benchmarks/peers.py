"""Other timelines over the same actions: TimelineJS and vis-timeline as npm gives them, each in a page of its own."""

import functools
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PACKAGES = ("@knight-lab/timelinejs", "vis-timeline")
_HEAD = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/node_modules/{folder}/{style}">
<script src="/node_modules/{folder}/{script}"></script><div id="timeline" style="height:600px"></div><script>
const drawn = () => requestAnimationFrame(() => performance.mark('chart-drawn'));
const soon = (ready) => (ready() ? drawn() : requestAnimationFrame(() => soon(ready)));
fetch('/actions.json').then((answer) => answer.json()).then((actions) => {{ {body} }});
</script>"""
_TIMELINEJS = """
  const day = (text) => { const [year, month, day] = text.split('-').map(Number); return { year, month, day }; };
  const events = actions.map(({ title, first, last }) =>
    ({ start_date: day(first), end_date: day(last), text: { headline: title } }));
  new TL.Timeline('timeline', { events });
  soon(() => document.querySelectorAll('.tl-timemarker').length >= actions.length);"""
_VIS = """
  const items = actions.map(({ title, first, last }, id) =>
    ({ id, content: title, start: first, ...(first === last ? {} : { end: last }) }));
  new vis.Timeline(document.getElementById('timeline'), new vis.DataSet(items), {}).on('changed', drawn);"""
PAGES = {
    "TimelineJS": _HEAD.format(
        folder=PACKAGES[0], style="dist/css/timeline.css", script="dist/js/timeline.js", body=_TIMELINEJS
    ),
    "vis-timeline": _HEAD.format(
        folder=PACKAGES[1], style="styles/vis-timeline-graph2d.min.css",
        script="standalone/umd/vis-timeline-graph2d.min.js", body=_VIS,
    ),
}  # fmt: skip
"""By the name of the peer."""


def install(folder: Path) -> bool:
    """Whether npm could put the peers into a folder."""
    npm = shutil.which("npm")
    command = [str(npm), "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--silent", *PACKAGES]
    return bool(npm) and subprocess.run(command, capture_output=True, check=False).returncode == 0


def write(folder: Path, actions: Sequence[dict[str, Any]]) -> None:
    """The pages, and what they show: every action that has a date."""
    days = [(action, [day for day in map(action["occurred"].get, ("earliest", "latest")) if day]) for action in actions]
    told = [{"title": action["title"], "first": known[0], "last": known[-1]} for action, known in days if known]
    (folder / "actions.json").write_text(json.dumps(told))
    for name, page in PAGES.items():
        (folder / f"{name}.html").write_text(page)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serves a folder; its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class _Server(ThreadingHTTPServer):
    """A page that is closed breaks off what it still fetches; nobody need hear of it."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing."""


class _Quiet(SimpleHTTPRequestHandler):
    """Says nothing of each request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""

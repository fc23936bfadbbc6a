"""Pinned answers: the same bytes for good, with a strong tag and a digest that anybody can check."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from projections.render import RENDERING
from service.api import view
from service.rebuild import rebuild
from tests.service.test_openapi import operations
from tests.support.addresses import COMPARED, PAGES, READS, at, reads
from tests.support.client import REPORT, Client
from tests.support.golden import FOLDER, MOMENT, addresses

PIN = f"{MOMENT}&v={RENDERING}"
A_DAY = "public, max-age=86400"


def pinned(client: Client, address: str) -> str:
    return client.get(address).links["permalink"]["url"]


def digest(content: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def test_given_the_endpoints_then_each_that_takes_a_moment_is_tested_here(demo: Client) -> None:
    found = {
        name.removeprefix("get ")
        for name, operation in operations(demo.json("/openapi.json"))
        if any(param["name"] == "position" for param in operation.get("parameters", ()))
    }
    assert found == READS.keys() | COMPARED.keys() | set(PAGES)


def test_given_pinned_answers_when_facts_arrive_and_all_is_rebuilt_and_restarted_then_the_bytes_stay(
    client: Client,
) -> None:
    parties = [{"country": "GBR", "person": "Keir Starmer", "role": "visitor"}, {"country": "USA", "role": "host"}]
    action = client.report("x:1", occurred={"edtf": "2025-03-01"}, participants=parties)
    other = client.report("x:2", participants=[*parties, {"organisation": "NATO"}])
    client.add(action, "corrected", on="2025-02-19", changes={"topics": ["trade"]})
    before = {(address := pinned(client, one)): client.get(address) for one in reads(action)}
    client.add(action, "confirmed", on="2025-02-20")
    client.add(other, "corroborated", report=REPORT | {"publisher": "AFP", "published_at": "2025-01-02T08:00:00Z"})
    client.add(other, "merged", on="2025-02-21", into=action)
    client.report("x:3", occurred={"edtf": "2025-01-01"}, participants=parties)
    rebuild(client.instance, None, lambda *_: None)
    client.restart()
    for address, answer in before.items():
        again = client.get(address)
        assert (answer.status_code, again.status_code, again.content) == (200, 200, answer.content), address
        assert all(again.headers[name] == answer.headers[name] for name in ("etag", "repr-digest", "link")), address


@pytest.mark.parametrize("address", reads())
def test_given_a_pinned_answer_then_its_headers_say_that_it_stays_and_what_it_is(demo: Client, address: str) -> None:
    answer = demo.get(at(address, PIN), accept_encoding="gzip, br")
    assert answer.status_code == 200
    assert (answer.headers["etag"][0], answer.headers["cache-control"]) == ('"', A_DAY)
    assert answer.headers["repr-digest"] == digest(answer.content)
    assert not {"content-encoding", "vary"} & answer.headers.keys()


@pytest.mark.parametrize("address", reads())
def test_given_a_pinned_answer_that_the_client_holds_then_304(demo: Client, address: str) -> None:
    tag = demo.get(at(address, PIN)).headers["etag"]
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = demo.get(at(address, PIN), if_none_match=held)
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
        assert "repr-digest" not in answer.headers


@pytest.mark.parametrize("address", reads())
def test_given_an_answer_that_is_not_pinned_then_it_is_asked_for_anew_and_has_no_digest(
    demo: Client, address: str
) -> None:
    for query in ("", "position=75", "as_of=2025-10-20&position=75", "as_of=2025-10-20&v=1"):
        headers = demo.get(at(address, query)).headers
        assert headers["cache-control"] == "no-cache", query
        assert "repr-digest" not in headers, query


def test_given_a_long_answer_then_it_is_compressed_unless_it_is_pinned(demo: Client) -> None:
    assert demo.get("/api/timeline", accept_encoding="gzip").headers["content-encoding"] == "gzip"
    assert demo.get("/api/timeline.csv", accept_encoding="gzip").headers["content-encoding"] == "gzip"


def test_given_an_action_however_long_then_it_is_sent_as_its_strong_tag_says(client: Client) -> None:
    answer = client.get(f"/api/actions/{client.report(summary='word ' * 900)}", accept_encoding="gzip")
    assert len(answer.content) > 4_500 and answer.headers["etag"].startswith('"1-')
    assert "content-encoding" not in answer.headers


def test_given_a_server_that_asks_readers_for_a_key_then_only_they_may_keep_a_pinned_answer(client: Client) -> None:
    client.restart(open_reading=False)
    answer = client.get("/api/timeline?as_of=2025-01-01&position=0&v=1", authorization=f"Bearer {client.key}")
    assert answer.headers["cache-control"] == "private, max-age=86400"


def test_given_a_pinned_whole_result_when_read_twice_then_its_digest_is_made_once(demo: Client) -> None:
    reading = demo.app.state.digests
    address = at("/api/timeline.csv?q=backstop", PIN)
    assert demo.get(address).headers["repr-digest"] == demo.get(address).headers["repr-digest"]
    assert len([known for known in reading._known if "backstop" in known]) == 1


# --- golden bytes ---

VERSIONS = sorted(FOLDER.iterdir())
RETIRED = [folder for folder in VERSIONS if folder.name != f"v{RENDERING}"]


def golden(folder: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / "addresses.json").read_text())
    return found


def test_given_the_golden_bytes_then_every_version_and_every_address_has_some() -> None:
    assert [folder.name for folder in VERSIONS] == [f"v{number}" for number in range(1, RENDERING + 1)]
    assert golden(VERSIONS[-1]) == addresses()


@pytest.mark.parametrize("name", golden(VERSIONS[-1]))
def test_given_the_version_rendered_now_then_its_answers_are_the_golden_bytes(demo: Client, name: str) -> None:
    folder = VERSIONS[-1]
    assert demo.get(golden(folder)[name]).content == (folder / name).read_bytes()


def gone(client: Client, address: str) -> Any:
    """What a retired address answers, and what the address that it names answers."""
    answer = client.get(address)
    assert (answer.status_code, answer.json()["type"]) == (410, "/problems/gone")
    successor = answer.links["successor-version"]["url"]
    assert successor in answer.json()["detail"]
    return client.get(successor)


def test_given_a_version_that_is_retired_then_410_says_where_the_same_state_is_now(
    demo: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "RENDERING", 2)
    demo.restart()  # another rendering is another release
    for address in golden(VERSIONS[0]).values():
        now = gone(demo, address)
        assert (now.status_code, now.headers["cache-control"]) == (200, A_DAY), address
        assert now.url.params["v"] == "2"


def test_given_the_golden_bytes_of_retired_versions_then_their_addresses_lead_on(demo: Client) -> None:
    for folder in RETIRED:
        for address in golden(folder).values():
            assert gone(demo, address).status_code == 200, address

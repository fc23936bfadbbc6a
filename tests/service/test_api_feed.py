"""GET /api/timeline.atom: what a reader of feeds gets, and gets again only where something changed."""

import html
import re
from xml.etree import ElementTree

import pytest

from tests.support import feed
from tests.support.client import REPORT, Client

ATOM = "/api/timeline.atom"


def entries(client: Client, query: str = "") -> list[feed.Entry]:
    answer = client.get(f"{ATOM}?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml"), answer.text
    return feed.read(answer.content)


def test_given_the_demo_then_the_feed_tells_the_story_of_the_visit_backwards(demo: Client) -> None:
    found = entries(demo, "source_ref=seed:paris-summit:A5")
    assert [(one.title.partition(":")[0], one.updated) for one in found] == [
        ("Confirmed", "2025-02-27T21:00:00Z"),
        ("Corrected", "2025-02-20T20:00:00Z"),
        ("Reported", "2025-02-17T21:00:00Z"),
    ]
    assert "Status: planned -> occurred. Outcome: open -> met." in found[0].summary
    assert found[2].summary.startswith("Visit, planned, [2025-02-24..2025-03-02]. Keir Starmer, Prime Minister, GBR")
    assert found[2].summary.endswith("Reported 2025-02-17, seed article.")


def test_given_the_demo_then_lapses_and_merges_are_news_too(demo: Client) -> None:
    titles = [one.title for one in entries(demo, "limit=500")]
    assert "Lapsed: Putin and Zelensky to meet within two weeks, says Merz" in titles
    assert "Merged: Emergency summit of European leaders in Paris" in titles
    assert [one.summary for one in entries(demo, "as_of=2025-09-02T12:00:00Z&limit=1")] == [
        "Outcome: open -> lapsed. Time passed."
    ]


def test_given_what_a_view_ceases_to_show_then_the_feed_says_so_once(client: Client) -> None:
    action = client.report("x:1", occurred={"edtf": "2025-02-25"})
    client.add(action, "retracted", "2025-02-20", reason="a hoax")
    client.add(action, "corroborated", report=REPORT | {"publisher": "AFP", "published_at": "2025-02-22T12:00:00Z"})
    [gone, new] = entries(client)
    assert (gone.title, new.title) == ("Retracted: A visit", "Reported: A visit")
    assert gone.summary.endswith("Retracted 2025-02-20: a hoax. No longer in this view.")


def test_given_the_survivor_of_a_merge_then_the_feed_says_what_happened_to_it(client: Client) -> None:
    one, other = client.report("x:1"), client.report("x:2", report=REPORT | {"publisher": "AFP"})
    client.add(other, "merged", "2025-02-20", into=one)
    client.add(other, "reinstated", "2025-02-21")
    titles = [found.title.partition(":")[0] for found in entries(client, "source_ref=x:1")]
    assert titles == ["Parted from another", "Joined by another", "Reported"]
    [merged] = [one for one in entries(client, "source_ref=x:2") if one.title.startswith("Merged")]
    assert client.json(merged.links["related"])["status"] == "merged"


def test_given_as_of_a_day_then_nothing_that_became_known_later_is_listed(demo: Client) -> None:
    found = entries(demo, "as_of=2025-02-18&limit=500")
    assert max(one.updated for one in found) <= "2025-02-18T23:59:59Z"
    assert [one.id for one in entries(demo, "limit=500")][-len(found) :] == [one.id for one in found]


def test_given_more_facts_then_the_entries_that_were_there_keep_their_names(client: Client) -> None:
    action = client.report("x:1")
    client.add(action, "corrected", "2025-02-20", changes={"title": "Another visit"})
    before = {one.updated: one.id for one in entries(client)}
    early = REPORT | {"publisher": "AFP", "published_at": "2025-02-18T08:00:00Z"}
    client.add(action, "corroborated", report=early)
    after = {one.updated: one.id for one in entries(client)}
    assert before.items() < after.items()


def test_given_an_action_that_was_known_before_all_others_then_it_is_new(client: Client) -> None:
    client.report("x:1", occurred=None, status="planned", report=REPORT | {"published_at": "0001-01-01T00:00:00Z"})
    assert [one.updated for one in entries(client)] == ["0001-01-01T00:00:00Z"]
    assert client.json("/api/diff?from=0001-01-01T00:00:00Z&to=2025-01-01")["added"] == []


def test_given_a_limit_then_the_feed_leads_on_to_the_rest(demo: Client) -> None:
    answer = demo.get(f"{ATOM}?country=UK&limit=4")
    following = feed.link(answer.content, "next")
    assert following == answer.links["next"]["url"]
    assert len(feed.read(answer.content)) == 4 and feed.read(demo.get(following).content)
    assert feed.link(answer.content, "self") == f"{ATOM}?country=UK&limit=4"
    assert feed.link(answer.content, "alternate") == "/?country=UK"


def test_given_a_feed_that_was_read_then_304_until_its_own_view_changes(client: Client) -> None:
    client.report("x:1")
    tag = client.get(f"{ATOM}?kind=visit").headers["etag"]
    client.report("x:2", kind="call")
    assert client.get(f"{ATOM}?kind=visit", if_none_match=tag).status_code == 304
    client.report("x:3")
    assert client.get(f"{ATOM}?kind=visit", if_none_match=tag).status_code == 200


def test_given_older_entries_that_were_found_late_then_a_feed_that_was_read_leads_on_to_them(client: Client) -> None:
    client.report("x:1")
    before = client.get(f"{ATOM}?limit=1")
    client.report("x:2", occurred={"edtf": "2019"}, report=REPORT | {"published_at": "2020-01-01T00:00:00Z"})
    after = client.get(f"{ATOM}?limit=1", if_none_match=before.headers["etag"])
    assert (after.status_code, feed.read(after.content)) == (200, feed.read(before.content))
    assert feed.link(after.content, "next") and not feed.link(before.content, "next")


def test_given_an_empty_feed_then_it_is_whole_and_stays_the_same(client: Client) -> None:
    answer = client.get(ATOM)
    assert feed.read(answer.content) == []
    assert client.get(ATOM, if_none_match=answer.headers["etag"]).status_code == 304


def test_given_the_same_filters_then_the_feed_has_one_name_whatever_the_moment(demo: Client) -> None:
    def name(query: str) -> str | None:
        return ElementTree.fromstring(demo.get(f"{ATOM}?{query}").content).findtext(f"{feed.ATOM}id")

    assert name("country=UK&kind=visit") == name("kind=visit&country=GBR&limit=3&as_of=2025-02-18")
    assert name("country=UK") != name("country=FRA")


TITLES = ['<b>&amp; "bold"</b> ]]>', "U+FFFE \ufffe and U+FFFF \uffff", "\U0001f600 東京会談 \ufdd0"]


@pytest.mark.parametrize("title", TITLES)
def test_given_signs_that_mean_something_to_xml_or_nothing_then_the_feed_is_well_formed(
    client: Client, title: str
) -> None:
    url = "https://example.org/?a=1&b=<2>"
    client.report("x:1", title=title, quote=title, report=REPORT | {"publisher": title, "url": url})
    [found] = entries(client)
    assert found.title == "Reported: " + title.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert found.links["via"] == url


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("country=Atlantis", "country"),
        ("limit=0", "limit"),
        ("sort=date", "sort"),
        ("cursor=x", "cursor"),
        ("as_of=2025-02-30", "as_of"),
        ("position=1&recorded_by=2026-01-01", "recorded_by"),
        ("from=2025-02-02&to=2025-02-01", "to"),
    ],
)
def test_given_a_wrong_parameter_then_400_names_it(demo: Client, query: str, name: str) -> None:
    answer = demo.get(f"{ATOM}?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, [name])


def test_given_a_cursor_of_another_moment_then_400(demo: Client) -> None:
    following = feed.link(demo.get(f"{ATOM}?limit=1").content, "next")
    answer = demo.get(f"{following}&as_of=2025-02-18")
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (400, ["cursor"])


def test_given_the_page_then_it_names_the_feed_of_its_filters(demo: Client) -> None:
    page = demo.get("/?country=GBR&kind=visit").text
    assert (
        'type="application/atom+xml" title="What becomes known" href="/api/timeline.atom?country=GBR&amp;kind=visit"'
        in page
    )
    for moment in ("", "?as_of=2025-02-20&position=40"):  # who subscribes wants what is to come
        assert 'href="/api/timeline.atom">' in demo.get(f"/{moment}").text.split("</head>")[0]


@pytest.mark.parametrize("path", ["countries/GBR", "people/keir-starmer", "organisations/NATO", "relations/GBR/USA"])
def test_given_a_page_of_whom_then_it_names_the_feed_of_what_they_do(demo: Client, path: str) -> None:
    page = demo.get(f"/{path}").text
    [address] = re.findall(r'type="application/atom\+xml" title="What becomes known of [^"]+" href="([^"]+)"', page)
    found = entries(demo, html.unescape(address).partition("?")[2])
    assert found and any("Starmer" in one.summary or "NATO" in one.summary for one in found)

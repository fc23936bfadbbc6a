"""The pages that the server draws: where they lead, what they tell, how they refuse."""

import hashlib
import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qsl, unquote, urlencode

import httpx
import pytest

from tests.support.client import Client

SOMEBODY = {"country": "FRA", "person": "Emmanuel Macron", "title": "President", "role": "visitor"}


def page(client: Client, path: str, accept: str = "text/html") -> httpx.Response:
    return client.get(path, accept=accept)


def text(answer: httpx.Response) -> str:
    """What a reader sees of `main`, with single blanks."""
    main = answer.text.split("<main", 1)[1].split("</main>")[0].split(">", 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def links(answer: httpx.Response) -> list[str]:
    return [unescape(address) for address in re.findall(r'<a [^>]*href="([^"#]+)"', answer.text)]


# --- where pages lead ---


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/countries/uk?as_of=2025-03-01", "/countries/GBR?as_of=2025-03-01"),
        ("/organisations/nato", "/organisations/NATO"),
        ("/people/Zelenskyy", "/people/volodymyr-zelensky"),
        ("/relations/uk/us", "/relations/GBR/USA"),
    ],
)
def test_given_another_name_of_the_same_then_its_own_address_is_named(demo: Client, path: str, to: str) -> None:
    answer = page(demo, path)
    assert (answer.status_code, answer.headers["location"]) == (308, to)


@pytest.mark.parametrize("start", ["/countries/GBR", "/relations", "/people/keir-starmer?as_of=2025-03-01&kind=summit"])
def test_given_a_page_then_every_link_on_it_leads_somewhere_and_keeps_the_moment(demo: Client, start: str) -> None:
    found = [link for link in links(page(demo, start)) if link.startswith("/") and not link.startswith("/static/")]
    for link in dict.fromkeys(found[1:]):  # the first one, on the name of the service, starts over
        assert page(demo, link).status_code == 200, link
        assert "as_of" not in start or "as_of=2025-03-01" in link or link == start.partition("?")[0]


def test_given_a_country_beside_the_page_then_the_timeline_is_asked_for_both(demo: Client) -> None:
    answer = page(demo, "/countries/GBR?country=USA")
    assert "/?party=country%3AGBR&country=USA" in links(answer)
    together = demo.json("/api/timeline?party=country:GBR&country=USA")["results"]
    assert text(answer).startswith(f"Countries United Kingdom United Kingdom {len(together)} actions")


@pytest.mark.parametrize("path", ["/countries/GBR", "/organisations/EU", "/people/keir-starmer"])
@pytest.mark.parametrize("query", ["", "as_of=2025-02-20", "country=USA", "kind=summit&position=40"])
def test_given_a_party_then_its_figures_count_what_its_page_counts(demo: Client, path: str, query: str) -> None:
    answer = page(demo, f"{path}?{query}")
    total = demo.json(f"/api{path}?{query}")["count"]
    sources = re.findall(r'data-src="(/api/charts/activity[^"]+)"', answer.text)
    assert [demo.json(unescape(one))["layout"]["meta"]["total"] for one in sources] == ([total] if total else [])
    assert f"{total} action" in text(answer)


PAGES = ["/countries/GBR", "/organisations/EU", "/people/keir-starmer", "/relations/GBR/USA"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "query", ["to=2025-03-01", "from=2025-02-20&to=2025-03-01", "as_of=2025-06-01&to=2025-03-01", "status=occurred"]
)
def test_given_a_window_or_a_status_that_leaves_nothing_to_come_then_the_page_stands_and_says_so(
    demo: Client, path: str, query: str
) -> None:
    answer = page(demo, f"{path}?{query}")
    assert answer.status_code == 200
    assert "Nothing that has a date was planned." in text(answer)


@pytest.mark.parametrize("path", PAGES[:3])
@pytest.mark.parametrize(
    "query",
    [
        "as_of=2025-02-27T08:00:00Z",
        "as_of=2025-02-20",
        "as_of=2025-02-20&date_match=within&from=2025-02-01",
        "role=host",
    ],
)
def test_given_a_party_then_what_is_planned_next_is_what_the_api_says(demo: Client, path: str, query: str) -> None:
    planned = demo.json(f"/api{path}?{query}")["next_planned"]
    listed = text(page(demo, f"{path}?{query}")).split("Next planned ")[1].split(" Latest actions")[0]
    assert (planned["title"] if planned else "Nothing that has a date was planned.") in listed


@pytest.mark.parametrize("start", ["/countries?to=2025-03-01", "/relations?to=2025-03-01"])
def test_given_a_list_until_a_day_then_every_page_that_it_leads_to_is_there(demo: Client, start: str) -> None:
    found = [
        link for link in links(page(demo, start)) if re.match(r"/(countries|organisations|people|relations)/", link)
    ]
    assert found
    for link in dict.fromkeys(found):
        assert (page(demo, link).status_code, "to=2025-03-01" in link) == (200, True), link


FURTHER = [
    "role=host",
    "subject=UKR",
    "publisher=seed article",
    "source_ref=seed:paris-summit:A5",
    "from=2025-02-17&to=2025-03-05&date_match=within",
    "country=FRA&country=USA&match=all",
    "country=USA&role=host",
]


def counted(client: Client, query: str) -> int:
    found: int = client.json(f"/api/timeline?count=true&{query}")["total"]["value"]
    return found


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("query", FURTHER)
def test_given_any_filter_of_the_api_then_the_text_the_figures_and_the_timeline_of_a_page_obey_it(
    demo: Client, path: str, query: str
) -> None:
    answer = page(demo, f"{path}?{query}")
    assert f"{demo.json(f'/api{path}?{query}')['count']} action" in text(answer)
    total = counted(demo, unescape(re.findall(r'href="/\?([^"]+)">On the timeline', answer.text)[0]))
    sources = re.findall(r'data-src="(/api/charts/activity[^"]+)"', answer.text)
    assert [demo.json(unescape(one))["layout"]["meta"]["total"] for one in sources] == ([total] if total else [])
    besides = parse_qsl(unescape(re.findall(r'data-asked="([^"]+)"', answer.text)[0]))
    rest = [one for one in parse_qsl(query) if one[0] not in dict(besides)]
    assert counted(demo, urlencode([*besides, *rest])) == total


PAIRS = ("/relations?", "/relations/")


@pytest.mark.parametrize("query", ["role=host", "subject=UKR", "publisher=AFP", "source_ref=x", "date_match=within"])
def test_given_any_filter_of_the_api_then_the_links_of_a_page_keep_it(demo: Client, query: str) -> None:
    found = [link for link in links(page(demo, f"/relations?{query}&match=all")) if link[:11] in PAIRS]
    assert found and all(query in link and "match=all" in link for link in found)


def test_given_filters_without_a_field_then_the_form_without_scripts_takes_each_along_in_words(demo: Client) -> None:
    query = "role=host&subject=UKR&q=a&q=b&outcome=met&outcome=lapsed&country=GBR&country=FRA&match=all"
    form = page(demo, f"/?{query}").text.split("<noscript>")[1].split("</noscript>")[0]
    said = re.findall(r'name="(\w+)" value="([^"]+)" checked> ([^<]+)<', form)
    assert said == [
        ("role", "host", "as host"),
        ("outcome", "met", "Met"),
        ("subject", "UKR", "about Ukraine"),
        ("q", "b", "“b”"),
        ("match", "all", "with all countries named"),
    ]
    assert re.findall(r'name="country" value="(\w+)"', form) == ["GBR", "FRA"]


ROW = re.compile(r'<a href="([^"]+)">[^<]+</a><b>(\d+)')
RELATION = re.compile(r'<a href="(/relations/[^"]+)" aria-label="(\d+) actions')


@pytest.mark.parametrize(("list", "row"), [("/countries", ROW), ("/relations", RELATION), ("/countries/GBR", RELATION)])
@pytest.mark.parametrize("query", ["person=keir-starmer", "country=FRA", "country=GBR&person=keir-starmer"])
def test_given_a_number_beside_a_link_then_the_page_that_it_leads_to_counts_as_many(
    demo: Client, list: str, row: re.Pattern[str], query: str
) -> None:
    found = row.findall(page(demo, f"{list}?{query}").text)
    for link, number in found[::7]:
        path, _, asked = unescape(link).partition("?")
        assert demo.json(f"/api{path}?{asked}")["count"] == int(number), link
        assert f"{number} action" in text(page(demo, unescape(link))), link
    assert found


@pytest.mark.parametrize("query", ["role=host", "person=keir-starmer&person=donald-trump", "country=USA&role=host"])
def test_given_what_no_page_of_a_party_can_say_then_the_timeline_has_what_was_counted(demo: Client, query: str) -> None:
    found = ROW.findall(page(demo, f"/countries?{query}").text)
    for link, number in found[::5]:
        path, _, asked = unescape(link).partition("?")
        told = demo.json(f"/api/timeline?{asked}&count=true")["total"]["value"] if path == "/" else None
        assert (told or demo.json(f"/api{path}?{asked}")["count"]) == int(number), link
    assert any(link.startswith("/?") for link, _ in found)


@pytest.mark.parametrize(
    ("start", "query"),
    [
        ("/relations", "role=host"),
        ("/relations", "country=USA&role=host"),
        ("/countries/GBR", "role=host"),
        ("/countries/USA", "role=visitor&date_match=within&from=2025-02-01"),
    ],
)
def test_given_a_role_when_a_pair_is_counted_then_its_page_counts_as_many(demo: Client, start: str, query: str) -> None:
    found = RELATION.findall(page(demo, f"{start}?{query}").text)
    for link, number in found:
        assert f"{number} action" in text(page(demo, unescape(link))), link
    assert found


@pytest.mark.parametrize("path", ["/", "/countries/GBR?as_of=2025-02-20&position=40", "/relations"])
def test_given_a_page_then_it_is_asked_for_anew(demo: Client, path: str) -> None:
    assert page(demo, path).headers["cache-control"] == "no-cache"


# --- what an action's page tells ---


def test_given_a_merged_action_then_its_page_leads_to_the_survivor_and_can_still_be_read(client: Client) -> None:
    survivor, other = client.report("a"), client.report("b")
    client.add(other, "merged", "2025-02-20", into=survivor, reason="the same visit")
    answer = page(client, f"/actions/{other}?as_of=2025-03-01")
    assert (answer.status_code, answer.headers["location"]) == (308, f"/actions/{survivor}?as_of=2025-03-01")
    kept = page(client, f"/actions/{other}?redirect=no")
    assert "The same as another action. The one that survives . The reason given: the same visit" in text(kept)
    assert "Took in the reports of a duplicate" in text(page(client, f"/actions/{survivor}"))
    cited = re.findall(r"/actions/[^ ]+position=\d+[^ ]*", text(kept))[0]
    assert "The same as another action." in text(page(client, cited))
    [data] = re.findall(r'href="([^"]+)">JSON<', kept.text)
    assert client.get(data).json()["id"] == other


def test_given_a_retracted_action_then_its_page_says_so_with_the_reason(client: Client) -> None:
    action = client.report("a")
    client.add(action, "retracted", "2025-02-20", reason="the agency withdrew it")
    told = text(page(client, f"/actions/{action}"))
    assert "Withdrawn. The report was wrong" in told and "The reason given: the agency withdrew it." in told
    assert "Withdrawn." not in text(page(client, f"/actions/{action}?as_of=2025-02-19"))


def test_given_what_was_replaced_and_what_lapsed_then_the_history_says_so(client: Client) -> None:
    action = client.report("a", occurred={"edtf": "2025-03-01"}, status="planned")
    first = client.add(action, "rescheduled", "2025-02-20", occurred={"edtf": "2025-03-02"})
    second = client.add(action, "rescheduled", "2025-02-22", occurred={"edtf": "2025-03-03"})
    told = text(page(client, f"/actions/{action}"))
    assert f"position {first} Replaced since by the fact at position {second}. Date Sat 1 Mar 2025 → Sun 2 Mar" in told
    assert "Its day was over, and no report said that it happened Outcome open → lapsed" in told
    before = text(page(client, f"/actions/{action}?as_of=2025-02-21"))
    assert "22 Feb 2025 not known yet Another date" in before


def test_given_a_plan_whose_day_is_to_come_then_its_history_does_not_say_that_it_passed(client: Client) -> None:
    action = client.report("a", occurred={"edtf": "2026-01-20"}, status="planned")
    assert "Its day was over" not in text(page(client, f"/actions/{action}"))
    assert "Its day was over" in text(page(client, f"/actions/{action}?as_of=2026-01-22"))
    client.clock.now += timedelta(days=30)
    assert "not known yet Its day was over" in text(page(client, f"/actions/{action}?as_of=2026-01-02"))


def test_given_a_possible_duplicate_then_it_is_named_with_the_reasons(client: Client) -> None:
    one, other = (client.report(name, participants=[SOMEBODY]) for name in "ab")
    told = page(client, f"/actions/{one}")
    assert "Possible duplicates A visit" in text(told) and f"/actions/{other}" in links(told)


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2025-03-01~", "The date is approximate."),
        ("[2025-03-01..2025-03-04]", "It falls on one of 4 days; which one is not known."),
        ("[2025-03-01..]", "The day is known on one side only."),
        ("2025-03-01/..", "It lasts; one end of it is not known."),
        (None, "No report says when."),
    ],
)
def test_given_an_uncertain_date_then_it_is_said_in_words(client: Client, edtf: str | None, said: str) -> None:
    action = client.report(occurred={"edtf": edtf}, status="planned")
    assert said in text(page(client, f"/actions/{action}"))


def test_given_an_action_then_its_neighbours_are_those_that_the_filters_leave(client: Client) -> None:
    for day, kind in enumerate(("call", "visit", "visit", "call"), 1):
        client.report(f"{day}", kind=kind, title=f"On day {day}", occurred={"edtf": f"2025-02-0{day}"})
    third = client.json("/api/timeline?source_ref=3")["results"][0]["id"]
    near = page(client, f"/actions/{third}").text.split('<nav class="pn"')[1]
    assert "On day 2" in near and "On day 4" in near
    visits = page(client, f"/actions/{third}?kind=visit").text.split('<nav class="pn"')[1]
    assert "On day 2" in visits and "Next</small>None" in visits


def test_given_the_citation_then_its_address_is_pinned_and_the_digest_is_that_of_the_data(demo: Client) -> None:
    action = demo.json("/api/timeline?limit=1")["results"][0]["id"]
    answer = page(demo, f"/actions/{action}")
    record = next(link for link in links(answer) if "v=1" in link)
    assert hashlib.sha256(demo.get(record).content).hexdigest() in text(answer)
    pinned = re.findall(r"http://[^ ]+position=\d+", text(answer))[0]
    assert text(page(demo, unquote(pinned))).count(pinned) == 1


# --- how pages refuse ---


MISSING = ["/countries/Utopia", "/people/nobody-at-all", "/actions/none", "/relations/GBR/uk", "/nowhere"]


@pytest.mark.parametrize("path", MISSING)
def test_given_no_such_page_then_a_browser_gets_a_page_and_a_program_a_problem(demo: Client, path: str) -> None:
    read = page(demo, path)
    assert (read.status_code, read.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "There is nothing here" in text(read) and {"/", "/countries", "/relations"} <= set(links(read))
    assert page(demo, path, accept="*/*").headers["content-type"] == "application/problem+json"


def test_given_the_api_then_a_browser_gets_problems_too(demo: Client) -> None:
    assert page(demo, "/api/countries/Utopia").headers["content-type"] == "application/problem+json"


def test_given_a_refused_query_then_the_page_says_what_would_be_right_and_how_to_go_on(demo: Client) -> None:
    answer = page(demo, "/countries/GBR?as_of=yesterday&kind=visit")
    assert answer.status_code == 400 and "'yesterday'" in text(answer)
    assert {"/countries/GBR", "/countries/GBR?kind=visit"} <= set(links(answer))


@pytest.mark.parametrize("path", ["/", "/countries", "/countries/GBR", "/relations/GBR/USA"])
def test_given_a_parameter_that_nobody_knows_then_the_page_names_it_and_what_would_be_right(
    demo: Client, path: str
) -> None:
    answer = page(demo, f"{path}?publishers=AFP&kind=visit")
    assert answer.status_code == 400
    assert "publishers: is not a parameter here; did you mean publisher? " in text(answer)
    assert f"{path}?kind=visit" in links(answer)
    assert "is not a parameter here; known are action, all, as_of," in text(page(demo, f"{path}?foo=1"))


def test_given_what_others_add_to_a_link_then_the_page_stands(demo: Client) -> None:
    answer = page(demo, "/countries/GBR?utm_source=x&fbclid=1&gclid=2&kind=visit&view=table&redirect=no")
    assert answer.status_code == 200 and "utm_source" not in answer.text


def test_given_a_name_with_markup_then_it_is_written_as_text(client: Client) -> None:
    action = client.report(title="<b>bold</b>", participants=[{"person": "<i>x</i> y", "role": "host"}])
    for path in (f"/actions/{action}", "/countries", "/nowhere?q=<b>"):
        assert not re.search(r"<b>bold|<i>x|q=<b>", page(client, path).text)


def test_given_an_empty_log_then_every_list_is_an_empty_page(client: Client) -> None:
    for path in ("/countries", "/countries/GBR", "/relations", "/relations/GBR/USA"):
        answer = page(client, path)
        assert answer.status_code == 200
        assert "None takes part" in text(answer) or "Nothing is recorded" in text(answer)


def test_given_a_state_that_is_no_more_then_its_end_and_its_successors_are_told(demo: Client) -> None:
    answer = page(demo, "/countries/CSK")
    assert "After it: Czechia , Slovakia ." in text(answer) and "/countries/SVK" in links(answer)


@pytest.mark.parametrize("path", ["/?position=9999", "/countries?position=9999", "/?as_of=2025-02-30", "/nowhere"])
def test_given_a_refusal_then_nobody_keeps_it_in_whatever_form_it_is_told(demo: Client, path: str) -> None:
    for accept in ("text/html", "application/json"):
        answer = page(demo, path, accept)
        assert answer.status_code >= 400 and answer.headers["cache-control"] == "no-store"


def test_given_a_method_that_does_not_fit_then_the_page_too_names_the_one_that_does(demo: Client) -> None:
    answer = demo.ask("DELETE", "/countries", {"accept": "text/html"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert answer.headers["content-type"].startswith("text/html")

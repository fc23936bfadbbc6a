"""The two lists as the US Department of State publishes them: every row is one action, and none is refused."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
import pytest

from service.instance import Instance
from service.interchange import ALL
from service.interchange.us_state_visitors import visitors
from service.ledger import Summary
from service.statements import Statement
from tests.support.client import Client, migrated

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "us-state"
ROWS = {"us-state-visits": 3_264, "us-state-travels": 4_271}
CONFIRMED = 9
NAMES_WITH_TITLES = {"Mackenzie King", "Amir Abbas Hoveyda", "Earl of Athlone"}
PLANS = {
    "2017-08-28:finland:president-sauli-niinisto",
    "2017-09-07:kuwait:amir-sabah-al-ahmed-al-jabir-al-sabah",
    "2017-09-12:malaysia:prime-minister-najib-razak",
    "2017-09-26:spain:prime-minister-mariano-rajoy",
    "2017-09-28:israel:prime-minister-benjamin-netanyahu",
    "2017-10-02:thailand:prime-minister-prayut-chan-o-cha",
    "2017-10-11:canada:prime-minister-justin-p-j-trudeau",
    "2017-10-17:greece:prime-minister-alexios-tsipras",
    "2017-10-23:singapore:prime-minister-lee-hsien-loong",
}


def lines(format: str) -> list[bytes]:
    return (DATA / f"{format.removeprefix('us-state-')}.jsonl").read_bytes().splitlines()


def load(instance: Instance, format: str) -> Summary:
    return instance.ledger.load(ALL[format].read(lines(format)))


def said(format: str, some: list[bytes]) -> set[bytes]:
    """Every statement, whatever their order."""
    statements = [one for _, one in ALL[format].read(some) if isinstance(one, Statement)]
    return {orjson.dumps([one.source_ref, one.body]) for one in statements}


def refs(format: str, some: list[bytes]) -> list[str | None]:
    return [one.source_ref for _, one in ALL[format].read(some) if isinstance(one, Statement) and one.is_first]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A service that holds both lists, loaded without any row rejected."""
    if request.param == "sqlite":
        folder = shutil.copytree(
            request.getfixturevalue("both_lists"), tmp_path_factory.mktemp("both"), dirs_exist_ok=True
        )
        with Client(str(folder)) as client:
            yield client
        return
    postgres = request.getfixturevalue("postgres")
    with Client(migrated(postgres.url(postgres.create()))) as client:
        assert [load(client.instance, format).rejected for format in ROWS] == [[], []]
        yield client


def action(client: Client, ref: str, clock: str = "") -> Any:
    """The one action of this name."""
    (found,) = client.json(f"/api/timeline?source_ref={quote(ref)}{clock}")["results"]
    return found


def test_every_row_is_one_action(both: Client) -> None:
    total = both.json("/api/timeline?limit=1&count=true")["total"]["value"]
    assert total == sum(ROWS.values())
    assert both.head >= total + CONFIRMED


@pytest.mark.parametrize("format", ROWS)
def test_given_the_same_file_again_then_nothing_is_recorded(both: Client, format: str) -> None:
    again = load(both.instance, format)
    assert (again.recorded, again.rejected) == (0, [])


@pytest.mark.parametrize("format", ROWS)
def test_given_renumbered_rows_in_another_order_then_they_say_the_same(format: str) -> None:
    rows = [orjson.loads(line) for line in reversed(lines(format))]
    renumbered = [orjson.dumps(row | {"id": 900_000 + number}) for number, row in enumerate(rows)]
    assert said(format, renumbered) == said(format, lines(format))


@pytest.mark.parametrize("format", ROWS)
def test_every_row_has_a_name_of_its_own_that_depends_on_no_other_row(format: str) -> None:
    together = refs(format, lines(format))
    assert len(set(together)) == ROWS[format]
    assert together[::97] == [ref for line in lines(format)[::97] for ref in refs(format, [line])]


def test_the_nine_visits_entered_beforehand_were_plans_and_then_confirmed(both: Client) -> None:
    for plan in PLANS:
        ref = f"us-state-visits:{plan}"
        before = action(both, ref, "&as_of=2017-08-27")
        assert (before["status"], before["outcome"], before["known_from"][:10]) == ("planned", "open", "2017-04-21")
        assert action(both, ref, "&as_of=2018-03-11")["outcome"] == "lapsed"
        now = action(both, ref)
        assert (now["status"], now["outcome"], len(now["reports"])) == ("occurred", "met", 2)


def test_no_other_row_was_a_plan(both: Client) -> None:
    found = both.json("/api/timeline?outcome=met&outcome=open&outcome=lapsed&limit=500")["results"]
    assert {row["source_ref"] for row in found} == {f"us-state-visits:{plan}" for plan in PLANS}


def test_the_first_visit_of_a_head_of_state(both: Client) -> None:
    found = action(both, "us-state-visits:1874-12-12:hawaii:king-kalakaua")
    assert found["occurred"]["edtf"] == "1874-12-12/1874-12-23"
    king, host = found["participants"]
    assert (king["title"], king["person"], king["country"], king["role"]) == ("King", "Kalakaua", "XHI", "visitor")
    assert (host["country"], host["role"]) == ("USA", "host")
    assert (found["status"], found["known_from"][:10]) == ("occurred", "2010-10-25")


def test_the_president_of_south_vietnam_is_not_one_of_the_vietnam_of_today(both: Client) -> None:
    found = action(both, "us-state-visits:1957-05-08:vietnam:president-diem")
    assert found["participants"][0]["country"] == "XSV"
    assert found["topics"] == ["state-visit"]


def test_two_leaders_in_one_row_both_come(both: Client) -> None:
    ref = "us-state-visits:1999-04-23:poland:president-alexander-kwasniewski-and-prime-minister-jerzy-buzek"
    people = [(one["title"], one["person"], one["country"]) for one in action(both, ref)["participants"]]
    assert people[:2] == [("President", "Alexander Kwasniewski", "POL"), ("Prime Minister", "Jerzy Buzek", "POL")]


def test_nixon_goes_to_china(both: Client) -> None:
    found = action(both, "us-state-travels:1972-02-21:china:nixon-richard-m")
    assert found["title"] == "President Richard M. Nixon visits China (Shanghai, Peking, Hangchow)"
    assert found["place"] == {"name": "Shanghai, Peking, Hangchow", "country": "CHN"}
    assert [(one["person"], one["title"], one["country"], one["role"]) for one in found["participants"]] == [
        ("Richard M. Nixon", "President", "USA", "visitor"),
        (None, None, "CHN", "host"),
    ]
    assert found["topics"] == ["state-visit"]


def test_the_last_row_of_the_travels(both: Client) -> None:
    found = action(both, "us-state-travels:2025-02-19:united-arab-emirates:rubio-marco")
    assert (found["occurred"]["edtf"], found["known_from"]) == ("2025-02-19", "2025-02-26T17:22:00Z")
    (report,) = found["reports"]
    assert (report["title"], report["locator"]) == (
        "Travels Abroad of the Secretary of State",
        "secretary-travels/rubio-marco.xml",
    )


@pytest.mark.parametrize(("day", "known"), [("2010-02-24", 0), ("2010-02-25", 2_013), ("2010-02-27", 4_972)])
def test_given_a_day_then_only_rows_recorded_until_then_were_known(both: Client, day: str, known: int) -> None:
    assert both.json(f"/api/timeline?as_of={day}&limit=1&count=true")["total"]["value"] == known


def test_at_least_99_in_100_visitors_are_taken_apart() -> None:
    texts = {orjson.loads(line)["visitor"] for line in lines("us-state-visits")}
    apart = [text for text in texts if all(one.title and _is_a_name(one.person) for one in visitors(text))]
    assert len(apart) >= 0.99 * len(texts), texts - set(apart)


def _is_a_name(text: str | None) -> bool:
    """No word of it is a title that the lists write."""
    titles = r"\b(President|Prime|Minister|Premier|King|Queen|Chancellor|Chairman|Amir|Emir|Secretary|elect|and|of)\b"
    return text is not None and (not re.search(titles, text) or text in NAMES_WITH_TITLES)

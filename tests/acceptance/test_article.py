"""The traps of the article on the summit in Paris: what it says, and what it does not."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.client import Client

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
ARTICLE = (DATA / "paris-summit" / "article.txt").read_text(encoding="utf-8")
NUMBERS = range(1, 16)


@pytest.fixture
def article(demo: Client) -> dict[str, Any]:
    """The article's actions by their short names, as the log held them when only they were recorded."""
    actions = demo.json("/api/timeline?position=15&limit=500")["results"]
    return {action["source_ref"].removeprefix("seed:paris-summit:"): action for action in actions}


def countries(action: dict[str, Any]) -> set[str]:
    return {party["country"] for party in action["participants"] if party["country"]}


def test_given_the_article_then_it_reports_fifteen_actions(article: dict[str, Any]) -> None:
    assert article.keys() == {f"A{number}" for number in NUMBERS}


def test_given_the_summit_then_france_is_its_place_and_no_participant(article: dict[str, Any]) -> None:
    assert article["A1"]["place"]["country"] == "FRA"
    assert countries(article["A1"]) == {"GBR", "DEU", "ITA", "POL", "ESP", "NLD"}
    assert all("FRA" not in countries(action) for action in article.values())


def test_given_the_summit_then_who_is_talked_about_is_not_at_the_table(article: dict[str, Any]) -> None:
    assert article["A1"]["subjects"] == ["UKR", "RUS", "USA"]
    assert not countries(article["A1"]) & {"UKR", "RUS", "USA", "SAU"}


def test_given_the_summit_then_only_starmer_is_named_and_other_europeans_are_not_made_into_countries(
    article: dict[str, Any],
) -> None:
    parties = article["A1"]["participants"]
    assert [party["person"] for party in parties if party["person"]] == ["Keir Starmer"]
    assert [party["title"] for party in parties if not party["country"]] == [
        "leaders of other European nations, unnamed"
    ]


def test_given_ukraine_then_it_acts_once_by_zelensky_and_is_else_a_subject(demo: Client) -> None:
    acting = demo.json("/api/timeline?position=15&country=Ukraine")["results"]
    about = demo.json("/api/timeline?position=15&subject=Ukraine")["results"]
    assert [action["source_ref"] for action in acting] == ["seed:paris-summit:A14"]
    assert len(about) > 5


def test_given_saudi_arabia_then_it_is_a_place_and_takes_no_part(demo: Client, article: dict[str, Any]) -> None:
    assert article["A12"]["place"]["country"] == "SAU"
    assert demo.json("/api/timeline?position=15&country=SAU")["results"] == []


def test_given_the_visit_then_it_is_planned_for_the_week_after(article: dict[str, Any]) -> None:
    visit = article["A5"]
    assert (visit["kind"], visit["status"], visit["occurred"]["basis"]) == ("visit", "planned", "derived")
    assert (visit["occurred"]["earliest"], visit["occurred"]["latest"]) == ("2025-02-24", "2025-03-02")


def test_given_the_offer_of_troops_then_it_has_three_conditions(article: dict[str, Any]) -> None:
    offer = article["A3"]
    assert offer["kind"] == "offer"
    assert set(offer["conditions"]) == {"a lasting peace agreement", "a US security guarantee", "alongside others"}


def test_given_the_deployment_of_troops_then_it_is_no_action(demo: Client) -> None:
    for word in ("deployment", "deploy", "deployed"):
        assert demo.json(f"/api/timeline?position=15&q={word}")["results"] == []


def test_given_the_statement_that_is_mentioned_four_times_then_it_is_one_action(demo: Client) -> None:
    [statement] = demo.json("/api/timeline?position=15&topic=us-backstop")["results"]
    assert statement["reports"][0]["locator"] == "lines 1, 2, 5, 6"


@pytest.mark.parametrize("number", NUMBERS)
def test_given_an_action_with_a_quote_then_the_article_holds_it_word_for_word(
    article: dict[str, Any], number: int
) -> None:
    quote = article[f"A{number}"]["quote"]
    assert quote is None or quote in ARTICLE

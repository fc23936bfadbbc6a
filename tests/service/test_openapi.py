"""OpenAPI: whole, with an example for every parameter and field; and pages that load nothing from elsewhere."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from domain.events import PAYLOADS
from service.api.documentation import ADDITION, REPORTED
from service.api.examples import fill
from service.statements import id_of
from tests.support.client import Client

Json = dict[str, Any]


@pytest.fixture
def document(demo: Client) -> Json:
    found: Json = demo.json("/openapi.json")
    return found


def operations(document: Json) -> Iterator[tuple[str, Json]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield f"{method} {path}", operation


def nodes(node: Any) -> Iterator[Json]:
    """Every object anywhere in a document."""
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    if isinstance(node, dict):
        yield node
    for child in children:
        yield from nodes(child)


def test_given_the_document_then_every_reference_leads_somewhere(document: Json) -> None:
    references = [node["$ref"] for node in nodes(document) if isinstance(node.get("$ref"), str)]
    names = {ref.removeprefix("#/components/schemas/") for ref in references}
    assert document["openapi"].startswith("3.1")
    assert names and names <= document["components"]["schemas"].keys()


def test_given_the_document_then_every_parameter_and_body_has_an_example(document: Json) -> None:
    for name, operation in operations(document):
        for param in operation.get("parameters", []):
            assert param.get("example") is not None and param["schema"], f"{name}: {param['name']}"
        for content in operation.get("requestBody", {}).get("content", {}).values():
            assert content["example"] and content["schema"], name


def test_given_the_document_then_every_parameter_in_a_path_is_described(document: Json) -> None:
    for path, item in document["paths"].items():
        for operation in item.values():
            described = [param["name"] for param in operation.get("parameters", []) if param["in"] == "path"]
            assert described == re.findall(r"{(\w+)}", path)


def test_given_the_document_then_operations_are_told_apart_and_say_what_they_do(document: Json) -> None:
    found = [operation for _, operation in operations(document)]
    assert len({operation["operationId"] for operation in found}) == len(found)
    assert all(operation["description"] and operation["responses"] for operation in found)


def test_given_the_document_then_every_operation_answers_problems(document: Json) -> None:
    for name, operation in operations(document):
        assert list(operation["responses"]["default"]["content"]) == ["application/problem+json"], name


def test_given_the_document_then_it_says_which_answers_have_no_body_and_which_facts_were_there_before(
    document: Json,
) -> None:
    answers = {name: set(operation["responses"]) for name, operation in operations(document)}
    assert answers["get /api/actions/{id}"] == {"200", "302", "304", "308", "default"}
    assert answers["get /api/counts"] == {"200", "302", "304", "default"}
    assert answers["post /api/actions"] == answers["post /api/actions/{id}/events"] == {"200", "201", "default"}
    assert answers["get /api/kinds"] == answers["post /api/imports"] == {"200", "default"}


def test_given_the_document_then_every_field_has_an_example(document: Json) -> None:
    for name, schema in document["components"]["schemas"].items():
        for field, about in schema.get("properties", {}).items():
            assert about.get("examples"), f"{name}.{field}"


@pytest.mark.parametrize("field", [{"type": "string"}, {"$ref": "#/components/schemas/Other"}, {"anyOf": [{}]}])
def test_given_a_field_of_which_nothing_leads_to_an_example_then_the_document_is_refused(field: Json) -> None:
    schemas: Json = {"Shape": {"properties": {"field": field}}, "Other": {"type": "string"}}
    with pytest.raises(LookupError, match="no example for"):
        fill({"paths": {}, "components": {"schemas": schemas}})


def test_given_a_field_that_leads_to_others_then_its_example_is_made_of_theirs() -> None:
    place = {"properties": {"name": {"examples": ["Paris"]}, "kind": {"enum": ["city", "house"]}}}
    field: Json = {"items": {"$ref": "#/components/schemas/Place"}}
    fill({"paths": {}, "components": {"schemas": {"Shape": {"properties": {"places": field}}, "Place": place}}})
    assert field["examples"] == [[{"name": "Paris", "kind": "city"}]]


def test_given_the_example_of_each_fact_then_it_can_be_sent(document: Json) -> None:
    schemas = document["components"]["schemas"]
    for payload in [payload for payload in PAYLOADS.values() if payload.__name__ in schemas]:
        fields = schemas[payload.__name__]["properties"]
        example = {name: about["examples"][0] for name, about in fields.items()}
        survivor = {"into": id_of(example["into"])} if "into" in example else {}
        assert payload.model_validate(example | survivor).type == example["type"]


def test_given_the_examples_of_the_bodies_then_they_are_recorded(client: Client) -> None:
    answer = client.post("/api/actions", REPORTED["example"])
    assert answer.status_code == 201
    assert client.post(f"{answer.headers['location']}/events", ADDITION["example"]).status_code == 201


def test_given_the_example_of_each_parameter_then_it_is_understood(demo: Client, document: Json) -> None:
    for path in ("/api/timeline", "/api/timeline.csv", "/api/events", "/api/charts/timeline"):
        key = path if path in document["paths"] else "/api/charts/{name}"
        for param in document["paths"][key]["get"]["parameters"]:
            if param["in"] == "query" and param["name"] not in {"cursor"}:
                answer = demo.ask("GET", path, params={param["name"]: param["example"]})
                assert answer.status_code == 200, f"{path}: {param['name']}: {answer.text}"


PAGES = ["/docs", "/problems", "/problems/bad-query"]


@pytest.mark.parametrize("path", [*PAGES, "/openapi.json"])
def test_given_an_unknown_parameter_then_it_is_named(demo: Client, path: str) -> None:
    answer = demo.get(f"{path}?contry=FRA")
    assert answer.status_code == 400 and answer.json()["errors"][0]["loc"] == ["contry"]


@pytest.mark.parametrize("path", PAGES)
def test_given_a_page_about_the_api_then_all_that_it_loads_is_here(demo: Client, path: str) -> None:
    loaded = re.findall(r'(?:src|href)="([^"]*)"', demo.get(path).text)
    assert loaded and all(address.startswith(("/", "data:")) and not address.startswith("//") for address in loaded)
    for address in loaded:
        assert address.startswith("data:") or demo.get(address).status_code == 200


def test_given_the_docs_then_their_files_come_from_the_installed_package(demo: Client) -> None:
    script, start = demo.get("/docs/swagger-ui-bundle.js"), demo.get("/docs/start.js").text
    assert script.headers["content-type"].startswith("text/javascript") and len(script.content) > 100_000
    assert 'url: "/openapi.json"' in start and "validatorUrl: null" in start
    assert "http" not in demo.get("/docs").text.replace("http-equiv", "")

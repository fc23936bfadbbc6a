"""An example for every parameter and field that OpenAPI lists: what does not state one gets it from its parts."""

from typing import Any

Schema = dict[str, Any]

ADDRESSES = {
    "actions/{id}": "9d4b3c8e-54f5-5d67-a8b0-0e3c1e9b3f55",
    "charts/{name}": "timeline",
    "countries/{code}": "GBR",
    "organisations/{code}": "NATO",
    "people/{slug}": "keir-starmer",
    "relations/{a}": "GBR",
    "timemap/{path}": "timeline",
    "{a}/{b}": "USA",
}
"""What can stand in a path, by the part of the path that it is in."""


def header(name: str, about: str, example: str) -> Schema:
    """A request header, as OpenAPI describes it."""
    return {"name": name, "in": "header", "description": about, "schema": {"type": "string"}, "example": example}


IDEMPOTENCY_KEY = header("Idempotency-Key", "a repeat under the same key gets the first answer", "b1946ac9")
ACCEPT_DATETIME = header(
    "Accept-Datetime", "as this service would have answered then (RFC 7089)", "Sun, 22 Nov 2026 10:00:00 GMT"
)
IF_MATCH = header("If-Match", "the version that the action must have now, or its ETag", '"3"')


def fill(found: Schema) -> None:
    """Completes an OpenAPI document."""
    for path, item in found["paths"].items():
        for operation in item.values():
            for param in operation.get("parameters", []):
                if param["in"] == "path":
                    param["example"] = _in_path(path, param["name"])
    schemas = found["components"]["schemas"]
    for schema in schemas.values():
        for field in schema.get("properties", {}).values():
            field.setdefault("examples", [_example(field, schemas)])


def _in_path(path: str, name: str) -> str:
    return next(example for part, example in ADDRESSES.items() if part in path and part.endswith(f"{{{name}}}"))


def _example(schema: Schema, schemas: Schema) -> Any:
    """The first one that a schema states, or leads to."""
    match schema:
        case {"examples": [first, *_]} | {"const": first} | {"enum": [first, *_]} | {"example": first}:
            return first
        case {"$ref": str(ref)}:
            return _example(schemas[ref.rpartition("/")[2]], schemas)
        case {"anyOf": [first, *_]}:
            return _example(first, schemas)
        case {"items": items}:
            return [_example(items, schemas)]
        case {"properties": fields}:
            return {name: _example(field, schemas) for name, field in fields.items()}
        case _:
            raise LookupError(f"no example for {schema}")

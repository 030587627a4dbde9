"""An example for a JSON schema of the API: the schema's own, else one made from what it says.

Every example is valid by its schema; a test proves it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

Schema = Mapping[str, Any]

DEEPEST = 8
FORMATS = {
    "date-time": "2026-11-21T09:30:00Z",
    "date": "2026-11-21",
    "uuid": "01936f00-0000-7000-8000-000000000001",
    "uri": "https://shop.example.com/thanks",
    "email": "asha@example.com",
    "binary": "",
}
SHAPES = ("EUR", "TZ", "asha@example.com", "4242424242424242", "kanga-korosho")
ADDRESSES = ("https://shop.example.com/thanks", "/thanks")
NAMES = {
    "amount": 1999,
    "alt": "A kanga with a pattern of cashew nuts",
    "barcode": "4006381333931",
    "brand": "Mwani",
    "city": "Dar es Salaam",
    "description": "Woven by hand from organic cotton.",
    "name": "Asha Mrema",
    "next_cursor": None,
    "note": "Leave it with the neighbour, please.",
    "number": "SK-7F3K9Q",
    "password": "correct horse battery",
    "phone": "+255700000000",
    "quantity": 2,
    "sku": "KANGA-BLUE-M",
    "slug": "kanga-korosho",
    "title": "Kanga Korosho",
    "url": "/media/pictures/018f.webp",
    "version": 3,
}


def example(
    schema: Schema, schemas: Mapping[str, Schema], *, name: str = "", depth: int = 0
) -> Any:
    """A value that the schema allows. `schemas` are the document's components."""
    if "$ref" in schema:
        target = schema["$ref"].rpartition("/")[2]
        return example(schemas[target], schemas, name=name, depth=depth)
    for key in ("const", "example"):
        if key in schema:
            return schema[key]
    for key in ("examples", "enum"):
        if schema.get(key):
            return _completed(schema[key][0], schema, schemas, depth=depth)
    if "allOf" in schema:
        parts = [example(part, schemas, name=name, depth=depth) for part in schema["allOf"]]
        return {key: value for part in parts for key, value in part.items()}
    options: Sequence[Schema] = schema.get("anyOf") or schema.get("oneOf") or ()
    if options:
        return _one_of(options, schemas, name=name, depth=depth)
    return _typed(schema, schemas, name=name, depth=depth)


def _completed(given: Any, schema: Schema, schemas: Mapping[str, Schema], *, depth: int) -> Any:
    """The example, with what a schema that inherited it needs besides."""
    missing = set(schema.get("required", ())) - set(given) if isinstance(given, Mapping) else set()
    if not missing:
        return given
    parts = schema["properties"]
    made = {key: example(parts[key], schemas, name=key, depth=depth + 1) for key in sorted(missing)}
    return {**given, **made}


def _one_of(
    options: Sequence[Schema], schemas: Mapping[str, Schema], *, name: str, depth: int
) -> Any:
    may_be_null = any(option.get("type") == "null" for option in options)
    real = [option for option in options if option.get("type") != "null"]
    if not real or (may_be_null and (depth > DEEPEST or (name in NAMES and NAMES[name] is None))):
        return None
    return example(real[0], schemas, name=name, depth=depth)


def _typed(schema: Schema, schemas: Mapping[str, Schema], *, name: str, depth: int) -> Any:
    kind = schema.get("type")
    if kind == "object" or "properties" in schema:
        return {
            key: example(part, schemas, name=key, depth=depth + 1)
            for key, part in schema.get("properties", {}).items()
            if depth <= DEEPEST or key in schema.get("required", ())
        }
    if kind == "array":
        if depth > DEEPEST or "items" not in schema or schema.get("maxItems") == 0:
            return []
        item = example(schema["items"], schemas, name=name, depth=depth + 1)
        return [item] * max(1, schema.get("minItems", 1))
    if kind in {"integer", "number"}:
        return _number(schema, name)
    if kind == "string":
        return _text(schema, name)
    return schema.get("default", True) if kind == "boolean" else None


def _number(schema: Schema, name: str) -> Any:
    wanted = NAMES.get(name, schema.get("default", 1))
    wanted = wanted if isinstance(wanted, int | float) else 1
    least = schema.get("minimum", schema.get("exclusiveMinimum", wanted - 1) + 1)
    most = schema.get("maximum", schema.get("exclusiveMaximum", wanted + 1) - 1)
    return min(max(wanted, least), most)


def _text(schema: Schema, name: str) -> str:
    if "pattern" in schema:
        return _matching(schema["pattern"])
    wanted = FORMATS.get(schema.get("format", ""), NAMES.get(name, schema.get("default")))
    found = wanted if isinstance(wanted, str) else "text"
    least, most = schema.get("minLength", 0), schema.get("maxLength", len(found))
    return found[:most].ljust(least, "x")


def _matching(pattern: str) -> str:
    """A text of ours that the pattern allows, else the first of its alternatives."""
    for text in (*SHAPES, *ADDRESSES):
        if re.search(pattern, text):
            return text
    return pattern.strip("^$()?:").partition("|")[0]

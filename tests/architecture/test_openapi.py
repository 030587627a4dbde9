"""The published document keeps the contract's promises, operation by operation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema
import pytest
from tools.check_openapi import document

from sokoni.kernel.access import Permission

DOCUMENT = document()
METHODS = ("get", "put", "post", "patch", "delete")
ACCESS = re.compile(
    r"public|webhook|buyer|user|purchaser|server-or-user|staff|(?:staff|server):(?:"
    + "|".join(re.escape(permission) for permission in Permission)
    + ")"
)
OWN_NAME = re.compile(r"[A-Z][A-Za-z]+|(?:Listed|Page)_[A-Z][A-Za-z]+_")
SCHEMES = {"bearer", "password", "apiKey", "cartToken", "orderToken"}


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    says: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def answers(self) -> dict[str, Any]:
        shared = DOCUMENT["components"]["responses"]
        return {
            code: shared[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
            for code, answer in self.says["responses"].items()
        }


def operations() -> Iterator[Operation]:
    for path, item in DOCUMENT["paths"].items():
        for method in METHODS:
            if method in item:
                yield Operation(method, path, item[method])


EACH = pytest.mark.parametrize("operation", list(operations()), ids=str)


def check(example: Any, schema: dict[str, Any]) -> None:
    whole = {**schema, "components": DOCUMENT["components"]}
    jsonschema.Draft202012Validator(whole).validate(example)


def contents() -> Iterator[tuple[str, Any]]:
    """All JSON bodies and successful JSON answers."""
    for operation in operations():
        bodies = [("body", operation.says.get("requestBody", {}))]
        bodies += [(code, answer) for code, answer in operation.answers.items() if code < "4"]
        for name, body in bodies:
            content = body.get("content", {}).get("application/json")
            if content is not None:
                yield f"{operation} {name}", content


@EACH
def test_it_says_who_may_call_it(operation: Operation) -> None:
    assert ACCESS.fullmatch(operation.says["x-access"])
    named = {name for needed in operation.says["security"] for name in needed}
    assert named <= SCHEMES
    is_open = operation.says["x-access"] in {"public", "webhook", "buyer", "purchaser"}
    asks_nothing = operation.says["security"] == [] or {} in operation.says["security"]
    assert is_open == asks_nothing


@EACH
def test_it_has_a_name_and_a_summary(operation: Operation) -> None:
    assert re.fullmatch(r"[a-z_-]+(\.[a-z_-]+)*\.[a-z_]+", operation.says["operationId"])
    assert 3 <= len(operation.says["summary"]) <= 90
    assert operation.says.get("description", "").rstrip(".") != operation.says["summary"]
    assert operation.says["tags"]


def test_no_two_operations_share_a_name() -> None:
    names = [operation.says["operationId"] for operation in operations()]
    assert sorted(names) == sorted(set(names))


@EACH
def test_its_success_is_typed(operation: Operation) -> None:
    good = {code: answer for code, answer in operation.answers.items() if code < "4"}
    assert good
    for code, answer in good.items():
        if code in {"204", "302", "303"}:
            continue
        for kind, content in answer["content"].items():
            assert content.get("schema") or kind != "application/json", (code, kind)


@EACH
def test_its_problems_are_typed(operation: Operation) -> None:
    problems = {code: answer for code, answer in operation.answers.items() if code >= "4"}
    assert "422" in problems
    for answer in problems.values():
        assert list(answer["content"]) == ["application/problem+json"]
        content = answer["content"]["application/problem+json"]
        assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
        for example in content["examples"].values():
            check(example["value"], content["schema"])


@pytest.mark.parametrize(("name", "content"), list(contents()), ids=lambda value: str(value)[:80])
def test_each_json_body_has_an_example_that_its_schema_allows(
    name: str, content: dict[str, Any]
) -> None:
    examples = [content["example"]] if "example" in content else []
    examples += [example["value"] for example in content.get("examples", {}).values()]
    assert examples, name
    for example in examples:
        check(example, content["schema"])


def test_nothing_of_the_frameworks_own_errors_is_left() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    assert "HTTPValidationError" not in DOCUMENT["components"]["schemas"]
    assert set(DOCUMENT["components"]["securitySchemes"]) == SCHEMES


def test_every_reference_leads_somewhere() -> None:
    def references(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            if isinstance(part.get("$ref"), str):
                yield part["$ref"]
            for value in part.values():
                yield from references(value)
        elif isinstance(part, list):
            for value in part:
                yield from references(value)

    components = DOCUMENT["components"]
    for reference in references(DOCUMENT):
        _, _, kind, name = reference.split("/")
        assert name in components[kind]


def test_tags_in_use_are_described_and_no_others() -> None:
    used = {tag for operation in operations() for tag in operation.says["tags"]}
    assert {tag["name"] for tag in DOCUMENT["tags"]} == used
    assert all(tag["description"] for tag in DOCUMENT["tags"])


def test_components_have_names_of_their_own() -> None:
    strange = [name for name in DOCUMENT["components"]["schemas"] if not OWN_NAME.fullmatch(name)]
    assert strange == []

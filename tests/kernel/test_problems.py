"""Whatever is sent, the answer is a problem document with the right status and nothing secret."""

from typing import Any

import httpx
import pytest
from fastapi.exceptions import RequestValidationError

from sokoni.kernel.ids import encode, new_id
from sokoni.kernel.problems import _refused, unforeseen
from sokoni.kernel.reads import DatabaseBusy

RINGS = "/api/v1/bells"
ASHA = {"Authorization": "Bearer asha"}
JSON = {"Content-Type": "application/json"}


def problem(answer: httpx.Response, status: int, slug: str) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["type"] == f"/problems/{slug}"
    assert told["status"] == status
    assert told["request_id"] == answer.headers["x-request-id"]
    return told


async def test_an_unknown_path_is_a_problem(client: httpx.AsyncClient) -> None:
    problem(await client.get("/api/v1/nothing"), 404, "not-found")
    problem(await client.get("/nothing/at/all"), 404, "not-found")


async def test_a_wrong_method_is_a_problem_that_names_the_right_ones(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.delete(f"{RINGS}/sum")
    problem(answer, 405, "method-not-allowed")
    assert answer.headers["Allow"] == "GET"


async def test_a_refused_field_is_named_by_a_pointer(client: httpx.AsyncClient) -> None:
    answer = await client.post(RINGS, json={"bell": "", "times": "2", "colour/tone": 1})
    told = problem(answer, 422, "invalid")
    assert [error["pointer"] for error in told["errors"]] == ["/bell", "/times", "/colour~1tone"]


async def test_a_refused_query_says_that_it_is_the_query(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{RINGS}/heard", params={"limit": 1000})
    assert problem(answer, 422, "invalid")["errors"][0]["pointer"] == "/query/limit"


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 50_000, b'{"bell": '])
async def test_a_body_that_is_not_json_is_malformed(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post(RINGS, content=body, headers=JSON)
    problem(answer, 400, "bad-request")


@pytest.mark.parametrize(
    "body",
    [
        b'{"bell": "a\\u0000b"}',
        b'{"bell": "\\ud800"}',
        b'{"bell": "a", "\\ud800": 1}',
        b'{"bell": "a", "times": 1e400}',
        b'{"bell": "a", "times": NaN}',
        b'{"bell": "a", "times": true}',
        b'{"bell": null}',
        b'"bell"',
        b"[]",
        b"null",
    ],
)
async def test_a_body_with_strange_values_is_refused(
    client: httpx.AsyncClient, body: bytes
) -> None:
    answer = await client.post(RINGS, content=body, headers=JSON)
    assert problem(answer, 422, "invalid")["errors"]


@pytest.mark.parametrize("times", [2**31, 2**63, 2**64, -(2**40), 10**40])
async def test_a_number_that_no_column_holds_is_refused(
    client: httpx.AsyncClient, times: int
) -> None:
    written = await client.post(RINGS, json={"bell": "a", "times": times})
    asked = await client.get(f"{RINGS}/stored", params={"times": times}, headers=ASHA)
    problem(written, 422, "invalid")
    problem(asked, 422, "invalid")


async def test_a_text_that_no_column_holds_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{RINGS}/stored?bell=a%00b", headers=ASHA)
    problem(answer, 422, "invalid")


@pytest.mark.parametrize(
    "bad", ["prod_1", "var_01jdvr0000fg00g00000000001", "prod_" + "z" * 26, "x%00"]
)
async def test_an_id_that_cannot_be_is_an_id_that_is_not(
    client: httpx.AsyncClient, bad: str
) -> None:
    problem(await client.get(f"{RINGS}/of/{bad}"), 404, "not-found")
    good = await client.get(f"{RINGS}/of/{encode('prod', new_id())}")
    assert good.status_code == 200


async def test_a_refused_query_beside_a_bad_id_is_still_a_refusal(
    client: httpx.AsyncClient,
) -> None:
    good = encode("prod", new_id())
    problem(await client.get(f"{RINGS}/of/{good}?number=x"), 422, "invalid")


async def test_an_unforeseen_error_tells_nothing_but_its_request_id(
    client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await client.get(f"{RINGS}/broken")
    told = problem(answer, 500, "internal-error")
    assert "sk_live" not in answer.text
    logged = capsys.readouterr().err
    assert told["request_id"] in logged
    assert "LookupError" in logged
    assert "sk_live_very" not in logged


def test_of_very_many_refused_fields_the_first_fifty_are_told() -> None:
    errors = [{"type": "x", "loc": ("body", number), "msg": "wrong"} for number in range(10_000)]
    told = _refused(RequestValidationError(errors)).members["errors"]
    assert [field["pointer"] for field in told] == [f"/{number}" for number in range(50)]


def test_a_refusal_is_told_in_our_words_alone() -> None:
    error = {"type": "value_error", "loc": ("body", "name"), "msg": "Value error, must be one line"}
    assert _refused(RequestValidationError([error])).members["errors"] == [
        {"pointer": "/name", "message": "must be one line"}
    ]


def test_an_error_of_ours_that_no_route_has_told_of_is_told_as_it_is() -> None:
    busy = DatabaseBusy()
    assert unforeseen(busy) is busy
    assert (busy.status, busy.headers["Retry-After"]) == (503, "1")

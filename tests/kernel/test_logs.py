"""Logs are JSON lines, with the request they belong to and without anybody's secrets."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import structlog

from sokoni.kernel.observability import logs
from sokoni.kernel.observability.requests import Requests
from sokoni.kernel.settings import Settings

log = structlog.get_logger(__name__)


@pytest.fixture(autouse=True)
def _configured() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.handlers, root.level)
    logs.configure(Settings(_env_file=None))
    yield
    root.handlers, root.level = before


def line(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().err.splitlines()[-1])
    return found


@pytest.mark.parametrize(
    "name", ["password", "new_password", "Authorization", "refresh_token", "api_key", "card_number"]
)
def test_a_value_with_a_secret_name_is_hidden(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    log.info("event", **{name: "hunter2", "deep": {name: ["hunter2"]}, "order": "ord_1"})
    told = line(capsys)
    assert told[name] == told["deep"][name] == "[hidden]"
    assert told["order"] == "ord_1"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("paid with 4242 4242 4242 4242 today", "paid with [hidden] today"),
        ("card 4000000000000002.", "card [hidden]."),
        ("order 1234567890123456 at 20261121093000", "order 1234567890123456 at 20261121093000"),
        ("Bearer abcdefghijklmnop", "[hidden]"),
        ("key sk_live_abcdefgh12345678 refused", "key [hidden] refused"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "[hidden]"),
        ("postgresql://shop:hunter2@db/shop", "postgresql://shop:[hidden]@db/shop"),
        ("sent to asha.mrema@example.com", "sent to a…@example.com"),
        ("ord_01jdvr0000fg00g00000000001", "ord_01jdvr0000fg00g00000000001"),
    ],
)
def test_what_looks_secret_is_hidden_wherever_it_stands(
    capsys: pytest.CaptureFixture[str], text: str, shown: str
) -> None:
    log.warning("event", note=text, exc_info=None)
    assert line(capsys)["note"] == shown


def test_exceptions_are_told_without_secrets(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise LookupError("4242424242424242")
    except LookupError as error:
        log.error("failed", exc_info=error)  # noqa: TRY400 - what problems.py does
    told = line(capsys)
    assert "LookupError: [hidden]" in told["exception"]
    assert told["level"] == "error"


def test_other_libraries_speak_the_same_language(capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("alembic").warning("slow %s", "sk_test_abcdefgh12345678")
    assert line(capsys)["event"] == "slow [hidden]"


async def test_a_request_leaves_one_line_without_its_path_and_query(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        scope["state"]["route"] = "/carts/{token}"
        log.info("inside")
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    transport = httpx.ASGITransport(app=Requests(application))
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        answer = await client.get("/carts/verysecret?email=asha@example.com")
    logs.flush()
    inside, access = map(json.loads, capsys.readouterr().err.splitlines())
    assert inside["request_id"] == access["request_id"] == answer.headers["x-request-id"]
    assert access["route"] == "/carts/{token}"
    assert (access["status"], access["method"], access["actor"]) == (200, "GET", None)
    assert "verysecret" not in json.dumps(access)
    assert "asha" not in json.dumps(access)

"""The edge: addresses, methods, body sizes, headers, request ids, health and numbers."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from asgi_lifespan import LifespanManager
from fastapi import FastAPI
from sqlalchemy import text

from sokoni.apps.api import create_app
from sokoni.kernel.db import Database
from sokoni.kernel.settings import Settings

RINGS = "/api/v1/bells"
MEGABYTE = 1024 * 1024


async def test_a_trailing_slash_is_served_the_same(client: httpx.AsyncClient) -> None:
    plain, slashed = await client.get(f"{RINGS}/sum"), await client.get(f"{RINGS}/sum/")
    assert (plain.status_code, slashed.status_code) == (200, 200)
    assert plain.content == slashed.content


async def test_head_answers_as_get_does_without_the_body(client: httpx.AsyncClient) -> None:
    got, asked = await client.get(f"{RINGS}/heard"), await client.head(f"{RINGS}/heard")
    assert asked.status_code == 200
    assert asked.content == b""
    assert asked.headers["content-length"] == got.headers["content-length"] == "11"
    assert asked.headers["etag"] == got.headers["etag"]


async def test_a_body_that_says_it_is_too_large_is_not_read(client: httpx.AsyncClient) -> None:
    answer = await client.post(RINGS, content=b" " * (10 * MEGABYTE + 1))
    assert answer.status_code == 413
    assert answer.json()["type"] == "/problems/body-too-large"


async def test_a_body_that_turns_out_too_large_is_refused_meanwhile(
    client: httpx.AsyncClient, db: Database
) -> None:
    sent: list[int] = []

    async def endless() -> AsyncIterator[bytes]:
        for number in range(64):
            sent.append(number)
            yield b" " * MEGABYTE

    answer = await client.post(
        RINGS, content=endless(), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413
    assert len(sent) == 11


async def test_a_form_may_be_larger_than_a_body_of_json(
    client: httpx.AsyncClient, db: Database
) -> None:
    fits = await client.post(f"{RINGS}/form", files={"file": ("a", b" " * (24 * MEGABYTE))})
    too_large = await client.post(f"{RINGS}/form", files={"file": ("a", b" " * (26 * MEGABYTE))})
    assert (fits.status_code, too_large.status_code) == (201, 413)


async def test_a_sane_request_id_is_kept_and_any_other_replaced(client: httpx.AsyncClient) -> None:
    kept = await client.get("/health/live", headers={"X-Request-ID": "trace-0815.4711"})
    replaced = await client.get("/health/live", headers={"X-Request-ID": 'a" injected'})
    assert kept.headers["X-Request-ID"] == "trace-0815.4711"
    assert replaced.headers["X-Request-ID"].startswith("req_")


async def test_answers_are_not_kept_by_anybody_unless_the_route_says_so(
    client: httpx.AsyncClient,
) -> None:
    private, public = await client.get(f"{RINGS}/sum"), await client.get(f"{RINGS}/heard")
    assert private.headers["Cache-Control"] == "no-store"
    assert public.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    for answer in (private, public):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_health_tells_what_waits(client: httpx.AsyncClient, db: Database) -> None:
    assert (await client.get("/health/live")).json() == {"status": "ok"}
    assert (await client.get("/health/ready")).json() == {"status": "ok"}
    async with db.transaction() as tx:
        await tx.execute(
            text(
                "INSERT INTO kernel.jobs (id, name, args, state, attempts, run_at)"
                " VALUES (gen_random_uuid(), 'x', '{}', 'queued', 0, now() - interval '5 min')"
            )
        )
    told = (await client.get("/health")).json()
    assert told["status"] == "late"
    assert told["queue"]["jobs_queued"] == 1
    assert told["database"]["revision"]
    assert told["configuration"]["environment"] == "test"


async def test_a_database_behind_the_code_is_not_ready_and_one_ahead_is(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = (await client.get("/health")).json()["database"]["revision"]
    monkeypatch.setitem(app.state._state, "outdated_revisions", frozenset({revision}))
    behind = await client.get("/health/ready")
    monkeypatch.setitem(app.state._state, "outdated_revisions", frozenset({"0001"}))
    ahead = await client.get("/health/ready")

    assert behind.status_code == 503
    assert behind.json()["type"] == "/problems/not-ready"
    assert behind.headers["Retry-After"] == "1"
    assert ahead.status_code == 200


async def test_without_a_database_the_process_lives_and_is_not_ready(
    settings: Settings, database_url: str
) -> None:
    nowhere = database_url.replace("postgres@/", "postgres@/nothing_of_")
    app = create_app(settings, database_url=nowhere, modules=())
    async with LifespanManager(app, startup_timeout=15):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
            live, ready, metrics = await asyncio.gather(
                client.get("/health/live"), client.get("/health/ready"), client.get("/metrics")
            )
    assert live.status_code == 200
    assert (ready.status_code, ready.headers["Retry-After"]) == (503, "2")
    assert metrics.status_code == 200


async def test_requests_are_counted_by_route_and_not_by_path(client: httpx.AsyncClient) -> None:
    await client.get(f"{RINGS}/of/prod_nonsense")
    await client.get("/somewhere/secret")
    told = (await client.get("/metrics")).text
    assert (
        'sokoni_http_requests_total{method="GET",route="/api/v1/bells/of/{product_id}",'
        'status="404"}' in told
    )
    assert 'route="unmatched",status="404"' in told
    assert "secret" not in told
    assert "sokoni_outbox_pending 0.0" in told
    assert 'sokoni_jobs{state="dead"} 0.0' in told
    assert "sokoni_db_pool_in_use" in told


async def test_scripts_of_our_origins_and_of_no_other_may_read_answers(
    settings: Settings, database_url: str
) -> None:
    ours = settings.model_copy(update={"cors_origins": ["https://shop.example"]})
    app = create_app(ours, database_url=database_url, modules=())
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        asked = {"Access-Control-Request-Method": "POST"}
        good = await client.options(
            "/health/live", headers={"Origin": "https://shop.example", **asked}
        )
        bad = await client.options(
            "/health/live", headers={"Origin": "https://evil.example", **asked}
        )
    assert good.headers["Access-Control-Allow-Origin"] == "https://shop.example"
    assert "Access-Control-Allow-Origin" not in bad.headers


async def test_the_documentation_asks_nobody_else_for_anything(client: httpx.AsyncClient) -> None:
    for page in ("/docs", "/redoc"):
        answer = await client.get(page)
        assert answer.status_code == 200
        assert "http" not in answer.text.replace("http-equiv", "")
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        for file in [part.split('"')[0] for part in answer.text.split('="/docs')[1:]]:
            loaded = await client.get(f"/docs{file}")
            assert loaded.status_code == 200
            assert len(loaded.content) > 100
    assert (await client.get("/docs/static/nothing.js")).status_code == 404


async def test_a_missing_picture_and_anything_else_in_media_answer_the_same(
    client: httpx.AsyncClient,
) -> None:
    missing = await client.get("/media/pictures/nothing.webp")
    other = await client.get("/media/imports/secret.csv")
    outside = await client.get("/media/../../etc/passwd")
    assert {missing.status_code, other.status_code, outside.status_code} == {404}
    assert missing.json()["type"] == other.json()["type"] == "/problems/file-missing"

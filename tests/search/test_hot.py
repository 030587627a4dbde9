"""Hot reads give what the routes give: the same bytes, the same headers, the same refusals."""

import asyncio
import re
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode, new_id
from sokoni.kernel.signals import EVERYTHING
from tests.catalog import factories as making
from tests.support.statements import counted

PRODUCTS = "/api/v1/products"
USUAL_WAY = {"Authorization": "Bearer nobody"}  # public routes do not look at it, hot reads do
DIFFERENT = {"x-request-id"}
UNTOLD = re.compile(rb'"took_ms":[0-9.]+|"request_id":"[^"]+"')

PLAIN = [
    f"{PRODUCTS}",
    f"{PRODUCTS}?currency=EUR&limit=3",
    f"{PRODUCTS}?currency=USD&sort=-price&with_total=true&utm_source=mail",
    f"{PRODUCTS}?category=mugs&in_stock=true&sort=name",
    f"{PRODUCTS}?brand=haven&price_min=1000&price_max=3000&on_sale=false",
    f"{PRODUCTS}?category=no-such-shelf",
    f"{PRODUCTS}?category=Mugs%20%26%20cups",
    f"{PRODUCTS}/haven-stoneware-mug",
    f"{PRODUCTS}/haven-stoneware-mug?currency=USD",
    f"{PRODUCTS}/search",
    f"{PRODUCTS}/search?q=mug",
    f"{PRODUCTS}/search?q=stonware+mgu&currency=EUR&limit=2",
    f"{PRODUCTS}/search?q=%22stoneware+mug%22+-enamel&with_facets=false",
    f"{PRODUCTS}/search?q=cr%C3%A8me&sort=price&with_total=true&brand=haven",
    f"{PRODUCTS}/search?q=%00%FF&category=mugs",
    f"{PRODUCTS}/suggest?q=sto",
    f"{PRODUCTS}/suggest?q=mu&limit=2&currency=USD",
]
UNUSUAL = [
    f"{PRODUCTS}?currency=eur",
    f"{PRODUCTS}?currency=XXX",
    f"{PRODUCTS}?currency=EUR&currency=USD",
    f"{PRODUCTS}?limit=0",
    f"{PRODUCTS}?limit=+5",
    f"{PRODUCTS}?limit=101",
    f"{PRODUCTS}?limit=five",
    f"{PRODUCTS}?sort=sideways",
    f"{PRODUCTS}?sort=",
    f"{PRODUCTS}?cursor=nonsense",
    f"{PRODUCTS}?in_stock=1",
    f"{PRODUCTS}?in_stock=maybe",
    f"{PRODUCTS}?price_min=-1",
    f"{PRODUCTS}?price_min=01",
    f"{PRODUCTS}?brand=haven&brand=camp",
    f"{PRODUCTS}?category={'x' * 256}",
    f"{PRODUCTS}?category=",
    f"{PRODUCTS}?region=reg_unknown",
    f"{PRODUCTS}?attr[color]=blue",
    f"{PRODUCTS}?ids=prod_x",
    f"{PRODUCTS}/no-such-product",
    f"{PRODUCTS}/secret-mug",
    f"{PRODUCTS}/Haven-Stoneware-Mug",
    f"{PRODUCTS}/haven-stoneware-mug/",
    f"{PRODUCTS}/haven-stoneware-mug?currency=TZS",
    f"{PRODUCTS}/search?q={'x' * 1001}",
    f"{PRODUCTS}/search?sort=best",
    f"{PRODUCTS}/search?q=mug&cursor=nonsense",
    f"{PRODUCTS}/search/",
    f"{PRODUCTS}/suggest",
    f"{PRODUCTS}/suggest?q=",
    f"{PRODUCTS}/suggest?q=mug&limit=21",
]


class Watched:
    """How many requests went the usual way."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.count = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.count += 1
        await self._app(scope, receive, send)


@pytest.fixture
def usual(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Watched:
    hot: Any = app
    hot = hot.front
    watched = Watched(hot.app)
    monkeypatch.setattr(hot, "app", watched)
    return watched


async def asked_both_ways(client: AsyncClient, app: FastAPI, place: str) -> tuple[Any, Any]:
    app.state.cache.invalidate([EVERYTHING])
    return await client.get(place), await client.get(place, headers=USUAL_WAY)


def told(answer: httpx.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    body = UNTOLD.sub(b"", answer.content)
    differs = DIFFERENT | ({"etag", "content-length"} if body != answer.content else set())
    headers = [pair for pair in answer.headers.multi_items() if pair[0] not in differs]
    return answer.status_code, body, headers


@pytest.mark.usefixtures("shop")
async def test_both_ways_give_the_same_answer(
    client: AsyncClient, app: FastAPI, usual: Watched
) -> None:
    for place in PLAIN:
        hot, other = await asked_both_ways(client, app, place)
        assert told(hot) == told(other), place
        assert hot.status_code == 200, place
    assert usual.count == len(PLAIN), "only those asked the usual way went there"


@pytest.mark.usefixtures("shop")
async def test_what_is_not_plain_goes_the_usual_way(
    client: AsyncClient, app: FastAPI, usual: Watched
) -> None:
    for place in UNUSUAL:
        first, other = await asked_both_ways(client, app, place)
        assert told(first) == told(other), place
    assert usual.count == 2 * len(UNUSUAL)


@pytest.mark.usefixtures("shop")
async def test_ids_regions_and_cursors_are_plain_too(
    client: AsyncClient, app: FastAPI, usual: Watched
) -> None:
    first = (await client.get(f"{PRODUCTS}/search", params={"q": "linen", "limit": 1})).json()
    listed = (await client.get(PRODUCTS, params={"limit": 1})).json()
    places = [
        f"{PRODUCTS}/{listed['items'][0]['id']}",
        f"{PRODUCTS}?limit=1&cursor={listed['next_cursor']}",
        f"{PRODUCTS}?region={encode('reg', new_id())}",
        f"{PRODUCTS}/search?q=linen&limit=1&cursor={first['next_cursor']}",
    ]
    for place in places:
        hot, other = await asked_both_ways(client, app, place)
        assert told(hot) == told(other), place
    assert usual.count == len(places)


@pytest.mark.usefixtures("shop")
async def test_memory_answers_both_ways_alike(client: AsyncClient, usual: Watched) -> None:
    place = f"{PRODUCTS}/haven-stoneware-mug?currency=EUR"
    miss = await client.get(place)
    hit, far = await client.get(place), await client.get(place, headers={"Origin": "http://a.test"})
    known = await client.get(place, headers={"If-None-Match": miss.headers["ETag"]})
    assert (miss.headers["X-Cache"], hit.headers["X-Cache"]) == ("miss", "hit")
    assert told(hit) == told(far)
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["ETag"] == miss.headers["ETag"]
    assert usual.count == 1


@pytest.mark.usefixtures("shop")
async def test_an_id_of_the_caller_is_kept(client: AsyncClient) -> None:
    place = f"{PRODUCTS}/suggest?q=mug"
    given = await client.get(place, headers={"X-Request-ID": "proxy-0123456789"})
    insane = await client.get(place, headers={"X-Request-ID": "no good"})
    assert given.headers["X-Request-ID"] == "proxy-0123456789"
    assert insane.headers["X-Request-ID"].startswith("req_")


@pytest.mark.usefixtures("shop")
async def test_twins_share_one_statement(client: AsyncClient, db: Database) -> None:
    with counted(db) as statements:
        answers = await asyncio.gather(*(client.get(f"{PRODUCTS}?limit=5") for _ in range(8)))
    assert len(statements) == 1
    assert {answer.content for answer in answers} == {answers[0].content}
    assert {answer.status_code for answer in answers} == {200}


@pytest.mark.usefixtures("shop")
async def test_pages_asked_for_together_are_read_together(
    client: AsyncClient, app: FastAPI, db: Database
) -> None:
    listed = (await client.get(f"{PRODUCTS}?currency=EUR")).json()["items"]
    places = [f"{PRODUCTS}/{item['slug']}?currency=EUR" for item in listed]
    places += [f"{PRODUCTS}/{item['id']}?currency=EUR" for item in listed]
    places += [f"{PRODUCTS}/haven-stoneware-mug?currency=USD", f"{PRODUCTS}/none?currency=EUR"]
    alone = [told(await client.get(place, headers=USUAL_WAY)) for place in places]
    with counted(db) as statements:
        together = await asyncio.gather(*(client.get(place) for place in places))
    assert [told(answer) for answer in together] == alone
    assert len(statements) <= 4, statements  # one alone, all others, and the unknown one twice


@pytest.mark.usefixtures("shop")
async def test_a_question_after_a_commit_does_not_share_an_answer_from_before(
    client: AsyncClient, app: FastAPI, db: Database
) -> None:
    place = f"{PRODUCTS}?currency=EUR&limit=1&with_total=true"
    early = asyncio.create_task(client.get(place))
    await asyncio.sleep(0)
    await making.create(db, making.simple("Brand New Kettle"))
    late = await client.get(place)
    await early
    assert late.json()["total"] == 12
    assert (await client.get(place)).json()["total"] == 12


async def test_a_failure_of_the_database_is_told_as_everywhere(
    client: AsyncClient, app: FastAPI, monkeypatch: pytest.MonkeyPatch, usual: Watched
) -> None:
    async def refused(*_: Any, **__: Any) -> Any:
        raise ConnectionRefusedError

    monkeypatch.setattr(app.state.db.reads, "rows", refused)
    answers = [await client.get(f"{PRODUCTS}/any-thing?currency=EUR"), await client.get(PRODUCTS)]
    for answer in answers:
        assert answer.status_code == 503
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["Retry-After"] == "1"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.json()["request_id"] == answer.headers["X-Request-ID"]
    assert usual.count == 0

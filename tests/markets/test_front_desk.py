"""The front desk over HTTP: what a storefront reads, and how staff change it."""

import asyncio
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import text

from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode
from sokoni.kernel.settings import Settings
from sokoni.markets.answers import store_config
from tests.identity.factories import server_key, signed_in, staff
from tests.markets.factories import shop

API = "/api/v1"
ADMIN = f"{API}/admin"


async def desk(client: AsyncClient, db: Database) -> dict[str, str]:
    return await staff(client, db, Permission.MARKETS_WRITE)


async def create(client: AsyncClient, headers: dict[str, str], **body: Any) -> dict[str, Any]:
    region = {
        "name": "East Africa",
        "currency": "TZS",
        "tax_inclusive": True,
        "countries": ["TZ", "KE"],
    }
    response = await client.post(f"{ADMIN}/regions", json=region | body, headers=headers)
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


async def test_a_storefront_learns_names_currencies_and_regions(
    db: Database, client: AsyncClient
) -> None:
    made = await shop(db)

    config = await client.get(f"{API}/store/config")
    regions = await client.get(f"{API}/regions")

    assert config.status_code == 200
    assert (await client.get(f"{API}/store/config")).headers["x-cache"] == "hit"
    found = config.json()
    assert (found["name"], found["default_currency"]) == ("Duka", "EUR")
    assert found["currencies"] == ["EUR", "JPY", "TZS", "USD"]
    assert found["payment_provider"] == "mock"
    assert regions.json()["items"] == found["regions"]
    assert found["regions"][0] == {
        "id": encode("reg", made.europe.region_id),
        "name": "Europe",
        "currency": "EUR",
        "tax_inclusive": True,
        "countries": ["DE", "FR"],
        "is_default": True,
    }


async def test_a_change_by_staff_is_seen_at_once(db: Database, client: AsyncClient) -> None:
    headers = await desk(client, db)
    assert (await client.get(f"{API}/regions")).json() == {"items": []}
    made = await create(client, headers)

    async def names() -> list[str]:
        return [region["name"] for region in (await client.get(f"{API}/regions")).json()["items"]]

    assert await names() == ["East Africa"]
    body = {"name": "Tanzania"}
    await client.patch(f"{ADMIN}/regions/{made['id']}", json=body, headers=headers)
    assert await names() == ["Tanzania"]


async def test_an_empty_shop_has_a_config_too(db: Database, client: AsyncClient) -> None:
    found = (await client.get(f"{API}/store/config")).json()

    assert (found["name"], found["default_currency"], found["regions"]) == ("Sokoni", "EUR", [])


@pytest.mark.parametrize(("page", "is_hosted"), [("hosted", True), ("element", False)])
async def test_buyers_pay_on_the_page_that_the_settings_name(
    db: Database, settings: Settings, *, page: str, is_hosted: bool
) -> None:
    named = {"payment_provider": "stripe", "stripe_payment_page": page}
    async with db.reading() as reading:
        found = await store_config(reading, settings=settings.model_copy(update=named))

    assert found.features.hosted_payment_page is is_hosted
    assert not found.features.test_cards


async def test_only_staff_who_may_change_markets_do(db: Database, client: AsyncClient) -> None:
    for path in ("store", "regions", "tax-rates", "shipping-options"):
        assert (await client.get(f"{ADMIN}/{path}")).status_code == 401
    customer = await signed_in(client)
    other = await staff(client, db, Permission.CATALOG_WRITE)
    for headers in (customer, other):
        assert (await client.get(f"{ADMIN}/store", headers=headers)).status_code == 403
        assert (await client.post(f"{ADMIN}/regions", headers=headers)).status_code == 403
    key = await server_key(db, Permission.MARKETS_WRITE)
    assert (await client.get(f"{ADMIN}/store", headers=key)).status_code == 200


async def test_the_store_is_changed_by_who_read_it_last(db: Database, client: AsyncClient) -> None:
    headers = await desk(client, db)

    first = await client.patch(
        f"{ADMIN}/store", json={"name": "Duka", "default_currency": "TZS"}, headers=headers
    )
    stale = await client.patch(
        f"{ADMIN}/store", json={"name": "Soko"}, headers=headers | {"If-Match": '"1"'}
    )
    unknown = await client.patch(
        f"{ADMIN}/store", json={"default_currency": "XXX"}, headers=headers
    )

    assert (first.status_code, first.headers["etag"]) == (200, '"2"')
    assert first.json()["default_currency"] == "TZS"
    assert stale.status_code == 412
    assert unknown.status_code == 422
    assert unknown.json()["errors"][0]["pointer"] == "/default_currency"
    assert (await client.get(f"{ADMIN}/store", headers=headers)).json()["name"] == "Duka"


async def test_a_country_belongs_to_one_region(db: Database, client: AsyncClient) -> None:
    headers = await desk(client, db)
    first = await create(client, headers)
    assert first["is_default"]

    body = {"name": "South", "currency": "ZAR", "tax_inclusive": True, "countries": ["ZA", "KE"]}
    taken = await client.post(f"{ADMIN}/regions", json=body, headers=headers)
    again = await client.post(
        f"{ADMIN}/regions", json=body | {"name": "East Africa", "countries": []}, headers=headers
    )

    assert taken.status_code == 409
    assert taken.json()["type"] == "/problems/country-taken"
    assert taken.json()["countries"] == ["KE"]
    assert again.json()["type"] == "/problems/region-name-taken"
    listed = (await client.get(f"{ADMIN}/regions", headers=headers)).json()["items"]
    assert listed == [first]


async def test_a_region_is_changed_and_its_countries_replaced(
    db: Database, client: AsyncClient
) -> None:
    headers = await desk(client, db)
    made = await create(client, headers)
    path = f"{ADMIN}/regions/{made['id']}"

    changed = await client.patch(
        path,
        json={"name": "Tanzania", "countries": ["TZ"]},
        headers=headers | {"If-Match": '"1"'},
    )
    null = await client.patch(path, json={"name": None}, headers=headers)
    wrong = await client.patch(path, json={"currency": "TSH"}, headers=headers)

    assert changed.status_code == 200
    assert (changed.json()["name"], changed.json()["countries"]) == ("Tanzania", ["TZ"])
    assert changed.headers["etag"] == f'"{changed.json()["version"]}"'
    assert changed.json()["version"] > 1
    assert null.json()["errors"][0]["pointer"] == "/name"
    assert wrong.json()["errors"][0]["pointer"] == "/currency"
    await create(client, headers, name="Kenya", countries=["KE"])


async def test_there_is_always_one_default_region(db: Database, client: AsyncClient) -> None:
    headers = await desk(client, db)
    first = await create(client, headers)
    second = await create(client, headers, name="Rwanda", currency="RWF", countries=["RW"])
    assert (first["is_default"], second["is_default"]) == (True, False)

    paths = [f"{ADMIN}/regions/{region['id']}" for region in (first, second)]
    refused = await client.patch(paths[0], json={"is_default": False}, headers=headers)
    kept = await client.delete(paths[0], headers=headers)
    await asyncio.gather(
        *(client.patch(path, json={"is_default": True}, headers=headers) for path in paths)
    )

    assert refused.json()["errors"][0]["pointer"] == "/is_default"
    assert kept.json()["type"] == "/problems/default-region"
    listed = (await client.get(f"{API}/regions")).json()["items"]
    assert [region["is_default"] for region in listed] == [True, False]
    assert (await client.delete(f"{ADMIN}/regions/{listed[1]['id']}", headers=headers)).is_success
    assert (await client.delete(f"{ADMIN}/regions/{listed[0]['id']}", headers=headers)).is_success
    assert (await client.get(f"{API}/regions")).json() == {"items": []}


async def test_tax_rates_stay_in_range_and_in_their_region(
    db: Database, client: AsyncClient
) -> None:
    headers = await desk(client, db)
    region = await create(client, headers)
    body = {"region_id": region["id"], "name": "VAT", "rate_bp": 1800}
    path = f"{ADMIN}/tax-rates"

    async def refused(**changes: Any) -> str:
        response = await client.post(path, json=body | changes, headers=headers)
        assert response.status_code == 422, response.text
        pointer: str = response.json()["errors"][0]["pointer"]
        return pointer

    assert await refused(rate_bp=10_001) == "/rate_bp"
    assert await refused(rate_bp=-1) == "/rate_bp"
    assert await refused(rate_bp=18.5) == "/rate_bp"
    assert await refused(country="DE") == "/country"
    assert await refused(state="Pwani") == "/state"
    assert await refused(region_id="reg_01j4vg0000e0080000000000g1") == "/region_id"

    made = (await client.post(path, json=body, headers=headers)).json()
    one = f"{path}/{made['id']}"
    changed = await client.patch(
        one, json={"rate_bp": 1600, "country": "KE"}, headers=headers | {"If-Match": '"1"'}
    )
    stale = await client.delete(one, headers=headers | {"If-Match": '"1"'})
    assert (changed.json()["rate_bp"], changed.json()["version"]) == (1600, 2)
    assert stale.status_code == 412
    assert (await client.get(one, headers=headers)).json() == changed.json()
    assert (await client.delete(one, headers=headers)).status_code == 204
    assert (await client.get(one, headers=headers)).status_code == 404


async def test_shipping_is_priced_in_the_regions_currency(
    db: Database, client: AsyncClient
) -> None:
    headers = await desk(client, db)
    region = await create(client, headers)
    body: dict[str, Any] = {
        "region_id": region["id"],
        "name": "Bus parcel",
        "price": {"amount": 500_000, "currency": "TZS"},
        "min_days": 1,
        "max_days": 3,
        "max_weight_g": 20_000,
    }
    path = f"{ADMIN}/shipping-options"

    async def refused(**changes: Any) -> str:
        response = await client.post(path, json=body | changes, headers=headers)
        assert response.status_code == 422, response.text
        pointer: str = response.json()["errors"][0]["pointer"]
        return pointer

    assert await refused(price={"amount": 500, "currency": "KES"}) == "/price/currency"
    assert await refused(price={"amount": -1, "currency": "TZS"}) == "/price/amount"
    assert await refused(min_days=4) == "/max_days"
    assert await refused(min_weight_g=20_001) == "/max_weight_g"
    assert await refused(min_total={"amount": 1, "currency": "KES"}) == "/min_total/currency"

    made = (await client.post(path, json=body, headers=headers)).json()
    one = f"{path}/{made['id']}"
    changed = await client.patch(
        one, json={"price": {"amount": 0, "currency": "TZS"}, "max_weight_g": None}, headers=headers
    )
    assert changed.json()["price"] == {"amount": 0, "currency": "TZS"}
    assert changed.json()["max_weight_g"] is None
    moved = await client.patch(
        f"{ADMIN}/regions/{region['id']}", json={"currency": "KES"}, headers=headers
    )
    assert moved.json()["type"] == "/problems/region-has-shipping-options"
    assert (await client.delete(one, headers=headers)).status_code == 204


async def test_every_change_is_in_the_audit_log(db: Database, client: AsyncClient) -> None:
    headers = await desk(client, db)
    made = await create(client, headers)
    await client.patch(f"{ADMIN}/store", json={"name": "Duka"}, headers=headers)
    await client.patch(f"{ADMIN}/regions/{made['id']}", json={"position": 3}, headers=headers)
    await client.patch(f"{ADMIN}/regions/{made['id']}", json={"position": 3}, headers=headers)
    await client.delete(f"{ADMIN}/regions/{made['id']}", headers=headers)

    async with db.reading() as session:
        entries = await session.execute(
            text(
                "SELECT action, before, after FROM audit.log WHERE subject IN (:one, 'store')"
                " ORDER BY id"
            ),
            {"one": made["id"]},
        )
    rows = [tuple(entry) for entry in entries]
    assert [row[0] for row in rows] == [
        "region.created",
        "store.changed",
        "region.changed",
        "region.deleted",
    ]
    assert rows[1][1:] == ({"name": "Sokoni"}, {"name": "Duka"})
    assert rows[2][1:] == ({"position": 0}, {"position": 3})

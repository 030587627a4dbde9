"""Staff's categories and brands."""

from httpx import AsyncClient

from tests.catalog.over_http import ADMIN, made, problem


async def test_categories_and_brands_are_written(
    client: AsyncClient, editor: dict[str, str]
) -> None:
    home = (await client.post(f"{ADMIN}/categories", json={"name": "Home"}, headers=editor)).json()
    mugs = await client.post(
        f"{ADMIN}/categories", json={"name": "Mugs", "parent_id": home["id"]}, headers=editor
    )
    path = f"{ADMIN}/categories/{home['id']}"

    cycle = await client.patch(path, json={"parent_id": mugs.json()["id"]}, headers=editor)
    assert problem(cycle) == (422, ["/parent_id"])
    assert cycle.json()["type"] == "/problems/category-cycle"
    taken = await client.post(
        f"{ADMIN}/categories", json={"name": "X", "slug": "mugs"}, headers=editor
    )
    assert taken.status_code == 409
    full = await client.delete(path, headers=editor)
    assert (full.status_code, full.json()["type"]) == (409, "/problems/category-not-empty")
    renamed = await client.patch(path, json={"name": "House"}, headers=editor)
    assert (renamed.json()["name"], renamed.headers["etag"]) == ("House", '"2"')
    stale = await client.patch(path, json={"name": "H"}, headers=editor | {"If-Match": '"1"'})
    assert stale.status_code == 412

    brand = (await client.post(f"{ADMIN}/brands", json={"name": "Weft"}, headers=editor)).json()
    where = f"{ADMIN}/brands/{brand['id']}"
    assert (await client.patch(where, json={"name": "Weft House"}, headers=editor)).json()[
        "slug"
    ] == "weft"
    product = await made(client, editor, brand="weft house")
    assert product["brand_slug"] == "weft"
    used = await client.delete(where, headers=editor)
    assert (used.status_code, used.json()["type"]) == (409, "/problems/brand-in-use")

"""What a page weighs beside its scripts, which `frontend/tools/budget.mjs` adds up."""

import httpx
import pytest

from tests.e2e.places import DRAWN, Known, Place

HTML_KB = 25  # as sent, with its styles inlined
PICTURE_KB = 40
SLOT = 480  # pixels of the largest picture on a telephone's first screen


@pytest.mark.parametrize("place", DRAWN, ids=str)
async def test_a_page_as_sent_is_within_its_budget(
    place: Place, shop_url: str, known: Known
) -> None:
    async with httpx.AsyncClient(base_url=shop_url, headers={"Accept-Encoding": "br"}) as client:
        answer = await client.get(place.at(known))

    assert answer.headers["content-encoding"] == "br"
    assert "</html>" in answer.text
    assert answer.num_bytes_downloaded / 1024 <= HTML_KB


async def test_every_picture_that_may_come_first_is_within_its_budget(shop_url: str) -> None:
    async with httpx.AsyncClient(base_url=shop_url) as client:
        listed = await client.get("/api/v1/products", params={"limit": 100})
        pictures = [card["thumbnail"] for card in listed.json()["items"] if card["thumbnail"]]
        assert len(pictures) > 50
        chosen = {_for_slot(picture["sizes"]) for picture in pictures}
        weights = {url: len((await client.get(url)).content) / 1024 for url in sorted(chosen)}

    assert {url: kb for url, kb in weights.items() if not 0 < kb <= PICTURE_KB} == {}


def _for_slot(sizes: list[dict[str, object]]) -> str:
    """The address that a browser chooses for the slot: the narrowest that fills it."""
    wide_enough = [size for size in sizes if int(str(size["width"])) >= SLOT]
    return str((wide_enough or sizes[-1:])[0]["url"])

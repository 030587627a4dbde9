"""The visual lane notices what a person would, and forgives compression and numbers."""

import io

from PIL import Image, ImageChops, ImageDraw
from tools.screenshots import PLACE, TOLERANCE, difference

PAGE = PLACE / "shop-home-390-light.webp"


def page() -> Image.Image:
    return Image.open(PAGE).convert("RGB")


def test_the_same_page_compressed_once_more_looks_the_same() -> None:
    kept = io.BytesIO()
    page().save(kept, "WEBP", quality=30)

    share, _ = difference(page(), Image.open(kept))

    assert share < TOLERANCE / 4


def test_another_number_of_an_order_looks_the_same() -> None:
    drawn = page()
    ImageDraw.Draw(drawn).text((20, 400), "S-2H2R-PNDK", fill="black")

    share, _ = difference(page(), drawn)

    assert 0 < share < TOLERANCE


def test_what_has_moved_looks_different_and_the_map_shows_where() -> None:
    moved = page()
    half = moved.height // 2
    moved.paste(
        ImageChops.offset(moved.crop((0, half, moved.width, moved.height)), 60, 0), (0, half)
    )

    share, where = difference(page(), moved)

    assert share > TOLERANCE
    bounds = where.getbbox()
    assert bounds is not None
    assert bounds[1] >= half - 16


def test_a_page_of_another_size_is_all_different() -> None:
    assert difference(page(), Image.new("RGB", (390, 10)))[0] == 1.0

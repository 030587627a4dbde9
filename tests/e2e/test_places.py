"""The lists of pages that the other tests walk are complete."""

import re
from pathlib import Path

from tests.e2e.places import ADMINISTRATION, SHOP, Place

SOURCES = Path(__file__).parents[2] / "frontend" / "src"
NAMED_PART = re.compile(r":\w+")


def unvisited(patterns: list[str], places: list[Place]) -> list[str]:
    """The patterns, as routers write them, that no place is an example of."""
    paths = [place.path.partition("?")[0] for place in places]
    return [
        pattern
        for pattern in patterns
        if not any(re.fullmatch(NAMED_PART.sub(r"[^/]+", pattern), path) for path in paths)
    ]


def test_every_page_of_the_shop_is_visited() -> None:
    source = (SOURCES / "shop" / "paths.ts").read_text()
    patterns = re.findall(r"^  \w+: '(/.*)',$", source, flags=re.MULTILINE)

    assert len(patterns) >= 20
    assert unvisited(patterns, SHOP) == []


def test_every_page_of_the_admin_is_visited() -> None:
    found = [
        path
        for feature in sorted((SOURCES / "admin" / "features").glob("*/feature.ts"))
        for path in re.findall(r"\bpath: '(.*?)'", feature.read_text())
    ]

    assert len(found) >= 17
    patterns = [f"/admin/{path}".removesuffix("/") for path in found]
    assert unvisited(patterns, ADMINISTRATION) == []

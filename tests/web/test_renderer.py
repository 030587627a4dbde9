"""The engine: what a failing page costs, and that it costs nothing but itself."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sokoni.web.render.choosing import MOST_FAILURES, REST_SECONDS, Degrading, choose
from sokoni.web.render.port import RenderFailed
from sokoni.web.render.v8 import V8Renderer
from tests.web.built import BUNDLE

STATE = '{"status":200,"queries":[]}'


@pytest.fixture
async def renderer() -> AsyncIterator[V8Renderer]:
    made = V8Renderer(BUNDLE, isolates=1, most_seconds=0.5, first_seconds=5.0)
    yield made
    await made.close()


async def test_a_page_that_throws_or_never_ends_leaves_the_engine_well(
    renderer: V8Renderer,
) -> None:
    assert "<h1>200 /sw</h1>" in await renderer.render("/sw?q=\u2028'\"", STATE)
    with pytest.raises(RenderFailed, match="no such component"):
        await renderer.render("/throw", STATE)
    with pytest.raises(RenderFailed, match="more than"):
        await renderer.render("/loop", STATE)
    assert "<h1>200 /</h1>" in await renderer.render("/", STATE)


async def test_a_bundle_that_does_not_load_leaves_the_pages_to_the_browser(tmp_path: Path) -> None:
    bundle = tmp_path / "shop.js"
    assert (await choose("v8", bundle=bundle)).name == "none"
    bundle.write_text("var SSR = {render: 1")
    assert (await choose("v8", bundle=bundle)).name == "none"
    bundle.write_text(BUNDLE)
    assert (await choose("none", bundle=bundle)).name == "none"


async def test_an_engine_that_fails_again_and_again_is_left_alone_for_a_while() -> None:
    class Broken:
        name = "broken"
        asked = 0

        async def render(self, url: str, state: str) -> str:
            self.asked += 1
            raise RenderFailed(url + state)

        async def close(self) -> None:
            return None

    now = 0.0
    broken = Broken()
    careful = Degrading(broken, clock=lambda: now)
    for _ in range(MOST_FAILURES + 3):
        assert await careful.render("/", "{}") == ("", False)
    assert broken.asked == MOST_FAILURES
    now = REST_SECONDS + 1
    await careful.render("/", "{}")
    assert broken.asked == MOST_FAILURES + 1

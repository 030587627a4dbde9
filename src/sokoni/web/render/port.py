"""What renders pages, whatever the engine."""

from typing import Protocol


class RenderFailed(Exception):
    """The page has no markup; the browser can still draw it from its state."""


class Renderer(Protocol):
    """Renders the shop's pages. One per process."""

    @property
    def name(self) -> str:
        """`v8` or `none`."""

    async def render(self, url: str, state: str) -> str:
        """The markup inside `#root` for this path and query; empty: the browser draws the page.

        `state` is the JSON that the browser gets as well. Raises RenderFailed.
        """

    async def close(self) -> None:
        """Give back what the engine holds."""

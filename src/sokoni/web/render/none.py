"""The adapter without an engine: head and state are there, the browser draws the page."""


class NoRenderer:
    name = "none"

    async def render(self, url: str, state: str) -> str:
        return ""

    async def close(self) -> None:
        return None

"""What a process holds for its lifetime (database, clock, storage, providers), found by type.

`apps` puts each thing in once; endpoints take it as `Annotated[Storage, resource(Storage)]`,
subscribers and jobs as `work.get(Storage)`. There are no globals to patch.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

from fastapi import Depends, Request

Thing = TypeVar("Thing")


class Resources:
    """A typed shelf; `close` runs the closers in reverse order."""

    def __init__(self) -> None:
        self._things: dict[type[Any], object] = {}
        self._closers: list[Callable[[], Awaitable[None]]] = []

    def put(
        self, kind: type[Thing], thing: Thing, *, close: Callable[[], Awaitable[None]] | None = None
    ) -> Thing:
        self._things[kind] = thing
        if close is not None:
            self._closers.append(close)
        return thing

    def get(self, kind: type[Thing]) -> Thing:
        return cast("Thing", self._things[kind])

    async def close(self) -> None:
        while self._closers:
            await self._closers.pop()()


def resource(kind: type[Any]) -> Any:
    """A dependency that gives the process's `kind`."""

    async def find(request: Request) -> Any:
        resources: Resources = request.app.state.resources
        return resources.get(kind)

    return Depends(find)

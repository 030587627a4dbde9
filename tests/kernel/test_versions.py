"""A route that answers `Versioned[…]` sends the version of its answer as the ETag."""

from dataclasses import dataclass

import httpx
from fastapi import Depends, FastAPI

from sokoni.kernel.access import PUBLIC
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import Out, Versioned


class Jar(Out):
    colour: str
    version: int


@dataclass(frozen=True, slots=True)
class Plate:
    version: int


async def served() -> httpx.AsyncClient:
    inner = Api(tags=["shelf"], dependencies=[Depends(PUBLIC)])

    @inner.get("/jar")
    async def jar(colour: str = "blue") -> Versioned[Jar]:
        """Show the jar."""
        return Jar(colour=colour, version=7)

    @inner.get("/plate")
    async def plate() -> Versioned[Plate]:
        """Show the plate."""
        return Plate(version=2)

    @inner.get("/bare")
    async def bare() -> Jar:
        """Show the jar, without its version in the header."""
        return Jar(colour="red", version=7)

    outer = Api()
    outer.include_router(inner)
    app = FastAPI()
    app.include_router(outer)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop")


async def test_the_version_of_the_answer_is_its_etag() -> None:
    async with await served() as client:
        jar = await client.get("/jar", params={"colour": "green"})
        plate = await client.get("/plate")
        bare = await client.get("/bare")
    assert (jar.json(), jar.headers["etag"]) == ({"colour": "green", "version": 7}, '"7"')
    assert (plate.json(), plate.headers["etag"]) == ({"version": 2}, '"2"')
    assert (bare.status_code, "etag" in bare.headers) == (200, False)

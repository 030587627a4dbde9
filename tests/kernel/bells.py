"""Bells that can be rung over HTTP: the smallest thing with routes, a table and an effect."""

import asyncio
from uuid import UUID

import asyncpg
from fastapi import Depends, UploadFile
from sqlalchemy import text
from starlette.responses import Response

from sokoni.kernel.access import BUYER, PUBLIC, USER, AsBuyer, AsUser, Caller
from sokoni.kernel.cache import tagged
from sokoni.kernel.db import Read, RetryTransaction, Tx
from sokoni.kernel.errors import Conflict
from sokoni.kernel.ids import ProductId, new_id
from sokoni.kernel.keyed import RequiredKey
from sokoni.kernel.limits import limited
from sokoni.kernel.paging import Limit
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import Body, Line, Out
from sokoni.kernel.signals import changed

ASHA = UUID("01936f00-0000-7000-8000-00000000a5a0")
JUMA = UUID("01936f00-0000-7000-8000-0000000000a1")
RING = text("INSERT INTO trial.rings (bell, times) VALUES (:bell, :times) RETURNING id")
COUNT = text("SELECT count(*) FROM trial.rings WHERE bell = :bell")
SUM = text("SELECT coalesce(sum(times), 0) FROM trial.rings")

held: dict[str, asyncio.Event] = {}
inside: dict[str, asyncio.Event] = {}
tries: list[str] = []
computed: list[str] = []

router = Api(prefix="/bells", tags=["bells"])
PUBLICLY = [Depends(PUBLIC)]


def reset() -> None:
    held.clear()
    inside.clear()
    tries.clear()
    computed.clear()


def hold(bell: str) -> asyncio.Event:
    """Make requests for this bell wait inside their transaction; set the event to let them go."""
    inside[bell] = asyncio.Event()
    held[bell] = asyncio.Event()
    return held[bell]


class Taken(Conflict):
    """This bell has been rung already"""


class Ring(Body):
    bell: Line
    times: int = 1


class Rung(Out):
    id: int
    caller: str


@router.post("", status_code=201)
async def ring(caller: AsBuyer, tx: Tx, body: Ring) -> Rung:
    """Ring a bell."""
    return await _ring(tx, body, caller)


@router.post("/once", status_code=201)
async def once(caller: AsBuyer, tx: Tx, body: Ring) -> Rung:
    """Ring a bell that may be rung only once."""
    if await tx.scalar(COUNT, {"bell": body.bell}):
        raise Taken
    return await _ring(tx, body, caller)


@router.post("/keyed", status_code=201)
async def keyed(caller: AsBuyer, key: RequiredKey, tx: Tx, body: Ring) -> Rung:
    """Ring a bell; the key is needed."""
    assert key.key
    return await _ring(tx, body, caller)


@router.post("/form", status_code=201, dependencies=[Depends(BUYER)])
async def form(tx: Tx, file: UploadFile) -> Rung:
    """Ring as often as the file has bytes."""
    content = await file.read()
    return await _ring(tx, Ring(bell=file.filename or "?", times=len(content)), Caller())


@router.post("/unlucky/{times}", status_code=201)
async def unlucky(caller: AsBuyer, tx: Tx, body: Ring, times: int) -> Rung:
    """Lose a race some times before it works."""
    rung = await _ring(tx, body, caller)
    tries.append(body.bell)
    if len(tries) <= times:
        raise RetryTransaction
    return rung


@router.post("/pair/{first}/{second}", status_code=204)
async def pair(caller: AsUser, tx: Tx, first: str, second: str) -> None:
    """Touch two rows in the order given, which deadlocks with the other order."""
    touch = text("UPDATE trial.rings SET times = times + 1 WHERE bell = :bell")
    tries.append(first)
    await tx.execute(touch, {"bell": first})
    if first in held:
        inside[first].set()
        await held[first].wait()
    await tx.execute(touch, {"bell": second})


@router.get("/sum", dependencies=PUBLICLY)
async def total(db: Read) -> int:
    """How often all bells were rung."""
    return int(await db.scalar(SUM) or 0)


@router.get("/heard", dependencies=PUBLICLY)
async def heard(db: Read, lang: str = "en", limit: Limit = 24) -> Response:
    """The same, kept until somebody rings."""
    rings = int(await db.scalar(SUM) or 0)
    computed.append(lang)
    if lang in held:
        inside[lang].set()
        await held[lang].wait()
    headers = tagged("bells", f"lang:{lang}")
    return Response(f'{{"rings":{rings}}}', media_type="application/json", headers=headers)


@router.get("/limited", dependencies=[Depends(BUYER), limited("bells", times=3, per=60)])
async def few() -> str:
    """Three times a minute."""
    return "ding"


@router.get("/of/{product_id}", dependencies=PUBLICLY)
async def of_product(product_id: ProductId, number: int = 0) -> int:
    """A path with a typed id."""
    return number


@router.get("/stored", dependencies=[Depends(USER)])
async def stored(db: Read, bell: str = "", times: int = 0) -> int:
    """Send parameters to the database as they come."""
    found = await db.scalar(
        text("SELECT count(*) FROM trial.rings WHERE bell = :bell OR times = :times"),
        {"bell": bell, "times": times},
    )
    return int(found or 0)


@router.get("/broken", dependencies=PUBLICLY)
async def broken() -> int:
    """Fail in a way that nobody foresaw."""
    raise LookupError("sk_live_verysecretkey4711")


async def _ring(tx: Tx, body: Ring, caller: Caller) -> Rung:
    number = await tx.scalar(RING, {"bell": body.bell, "times": body.times})
    changed(tx, "bells")
    if body.bell in held:
        inside[body.bell].set()
        await held[body.bell].wait()
    return Rung(id=int(number or 0), caller=caller.actor)


class Doorman:
    """Knows two users by their names, and one server."""

    async def user(self, access_token: str) -> Caller | None:
        found = {"asha": ASHA, "juma": JUMA}.get(access_token)
        return Caller(user_id=found) if found else None

    async def server(self, api_key: str) -> Caller | None:
        return Caller(api_key_id=new_id()) if api_key == "robot" else None


async def make_table(url: str) -> None:
    host = url.partition("host=")[2].partition("&")[0].replace("%2F", "/")
    name = url.partition("?")[0].rpartition("/")[2]
    connection = await asyncpg.connect(host=host, user="postgres", database=name)
    await connection.execute(
        "CREATE SCHEMA IF NOT EXISTS trial; CREATE TABLE IF NOT EXISTS trial.rings"
        " (id int GENERATED ALWAYS AS IDENTITY, bell text NOT NULL, times int NOT NULL)"
    )
    await connection.close()

"""The locations that a file's quantities go to."""

import re
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sokoni.exchange.errors import UnknownLocation
from sokoni.exchange.wanted import HERE
from sokoni.inventory import queries as stock
from sokoni.inventory import service as inventory
from sokoni.kernel.db import ReadSession, WriteSession

FIRST = "Warehouse"
"""The location that a shop without any gets for plain quantities."""

no_letter = re.compile(r"[^A-Z0-9]+")


async def check_location(db: ReadSession, *, name: str | None) -> None:
    """`UnknownLocation` for a name that the shop's locations do not have; the first may be new."""
    known = [place.name for place in await stock.locations(db)]
    if name is not None and known and name not in known:
        raise UnknownLocation.field(
            "/location", f"{name!r} is no location of this shop; there are {', '.join(known)}"
        )


async def located(
    tx: WriteSession, *, names: Collection[str], here: str | None, actor: str, now: datetime
) -> dict[str, UUID]:
    """The locations by name; missing ones are opened. `HERE` is the one called `here`, else the
    first active one.
    """
    if not names:
        return {}
    places = await stock.locations(tx)
    found = {place.name: place.id for place in places}
    codes = {place.code for place in places}
    active = next((place.name for place in places if place.is_active), FIRST)
    for name in sorted(names):
        called = (here or active) if name == HERE else name
        if called not in found:
            code = _code(called, codes)
            codes.add(code)
            found[called] = await inventory.create_location(
                tx, name=called, code=code, priority=len(found), actor=actor, now=now
            )
        found[name] = found[called]
    return found


def _code(name: str, taken: Collection[str]) -> str:
    base = no_letter.sub("-", name.upper()).strip("-")[:40] or "STOCK"
    code, number = base, 2
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    return code

"""Staff: the shop's own settings."""

from typing import Annotated

from sokoni.kernel.db import Read, ReadSession, Tx
from sokoni.kernel.errors import Stale
from sokoni.kernel.now import Now
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.resources import resource
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, Versioned
from sokoni.kernel.settings import Settings
from sokoni.markets import queries, service
from sokoni.markets.admin.callers import AsStaff
from sokoni.markets.schemas import StoreChange, StoreOut

router = Api(prefix="/admin/store", tags=["admin.store"])

Config = Annotated[Settings, resource(Settings)]


@router.get("")
async def get(_caller: AsStaff, settings: Config, db: Read) -> Versioned[StoreOut]:
    """Show the shop's settings."""
    return await _store(db, settings)


@router.patch("", responses=problem_responses(Stale))
async def change(
    caller: AsStaff, settings: Config, body: StoreChange, version: IfMatch, now: Now, tx: Tx
) -> Versioned[StoreOut]:
    """Change the shop's name, default currency, country or support address."""
    await service.ensure_store(tx, default_currency=settings.default_currency)
    await service.change_store(tx, fields=body.sent(), version=version, actor=caller.actor, now=now)
    return await _store(tx, settings)


async def _store(db: ReadSession, settings: Settings) -> StoreOut:
    store = await queries.store(db)
    if store is not None:
        return StoreOut.model_validate(store)
    return StoreOut(
        name=service.DEFAULT_NAME,
        default_currency=settings.default_currency,
        country=None,
        support_email=None,
        version=1,
    )

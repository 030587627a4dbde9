"""Ways to ship within a region. Amounts are minor units of the region's currency."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from sokoni.kernel.db import WriteSession
from sokoni.kernel.errors import FieldError, Invalid
from sokoni.kernel.ids import new_id
from sokoni.kernel.money import Money
from sokoni.markets.models import Region, ShippingOption
from sokoni.markets.service import versions

BOUNDS = (
    ("min_days", "max_days"),
    ("min_weight_g", "max_weight_g"),
    ("min_total", "max_total"),
)


async def create_shipping_option(
    tx: WriteSession,
    *,
    region_id: UUID,
    name: str,
    price: Money,
    min_days: int,
    max_days: int,
    actor: str,
    now: datetime,
    carrier: str | None = None,
    min_weight_g: int | None = None,
    max_weight_g: int | None = None,
    min_total: Money | None = None,
    max_total: Money | None = None,
    is_active: bool = True,
    position: int = 0,
) -> UUID:
    """Offer a way to ship. Raises Invalid for an unknown region or amounts in other currencies."""
    amounts = {"price": price, "min_total": min_total, "max_total": max_total}
    await _check_currency(tx, region_id=region_id, amounts=amounts)
    option = ShippingOption(
        id=new_id(),
        region_id=region_id,
        name=name,
        carrier=carrier,
        amount=price.amount,
        min_days=min_days,
        max_days=max_days,
        min_weight_g=min_weight_g,
        max_weight_g=max_weight_g,
        min_total=min_total.amount if min_total else None,
        max_total=max_total.amount if max_total else None,
        is_active=is_active,
        position=position,
    )
    _check_bounds(versions.columns(option))
    await versions.add(tx, option, actor=actor, now=now)
    return option.id


async def change_shipping_option(
    tx: WriteSession,
    option_id: UUID,
    *,
    fields: Mapping[str, object],
    version: int | None,
    actor: str,
    now: datetime,
) -> None:
    """Change some fields; `price`, `min_total`, `max_total` are Money. Raises NotFound, Stale."""
    option = await versions.take(tx, ShippingOption, option_id, version=version)
    amounts = {name: value for name, value in fields.items() if isinstance(value, Money)}
    if amounts:
        await _check_currency(tx, region_id=option.region_id, amounts=amounts)
    plain = {
        "amount" if name == "price" else name: amounts[name].amount if name in amounts else value
        for name, value in fields.items()
    }
    _check_bounds(versions.columns(option) | plain)
    await versions.apply(tx, option, fields=plain, actor=actor, now=now)


async def delete_shipping_option(
    tx: WriteSession, option_id: UUID, *, version: int | None, actor: str, now: datetime
) -> None:
    """Offer it no more; orders keep their copy. Raises NotFound, Stale."""
    option = await versions.take(tx, ShippingOption, option_id, version=version)
    await versions.remove(tx, option, actor=actor, now=now)


async def _check_currency(
    tx: WriteSession, *, region_id: UUID, amounts: Mapping[str, Money | None]
) -> None:
    """Raise Invalid unless all amounts are in the region's currency; it cannot change meanwhile."""
    currency = await tx.scalar(
        select(Region.currency).where(Region.id == region_id).with_for_update(read=True)
    )
    if currency is None:
        raise Invalid.field("/region_id", "is not a region")
    wrong = [
        FieldError(f"/{name}/currency", f"must be {currency}, the region's currency")
        for name, money in amounts.items()
        if money is not None and money.currency != currency
    ]
    if wrong:
        raise Invalid("The region has another currency.", errors=wrong)


def _check_bounds(values: Mapping[str, object]) -> None:
    """Raise Invalid where a lower bound is above its upper one."""
    wrong = []
    for low, high in BOUNDS:
        least, most = values[low], values[high]
        if isinstance(least, int) and isinstance(most, int) and least > most:
            wrong.append(FieldError(f"/{high}", f"must not be less than {low}"))
    if wrong:
        raise Invalid("The bounds exclude every basket.", errors=wrong)

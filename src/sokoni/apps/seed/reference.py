"""Reference data: the store, regions with their taxes and shipping options, categories."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sokoni.apps.seed.files import category_paths, read_json
from sokoni.catalog import service as catalog
from sokoni.kernel.clock import Clock
from sokoni.kernel.db import Database, WriteSession, lock
from sokoni.kernel.money import Money
from sokoni.kernel.resources import Resources
from sokoni.markets import queries as market_queries
from sokoni.markets import service as markets

ACTOR = "seed"


async def seed_reference(resources: Resources) -> None:
    """Set up what is missing; regions are known by name, categories by their path."""
    now = resources.get(Clock).now()
    data = read_json("reference", "reference.json")
    async with resources.get(Database).transaction() as tx:
        await lock(tx, "seed", "reference")
        default = next(r for r in data["regions"] if r["code"] == data["default_region"])
        await markets.ensure_store(
            tx, default_currency=default["currency"], country=default["countries"][0]
        )
        known = {market.name for market in await market_queries.markets(tx)}
        for position, region in enumerate(data["regions"]):
            if region["name"] not in known:
                is_default = region is default and not known
                await _region(tx, region, position=position, is_default=is_default, now=now)
        await catalog.ensure_categories(tx, paths=list(category_paths().values()))


async def _region(
    tx: WriteSession, region: dict[str, Any], *, position: int, is_default: bool, now: datetime
) -> None:
    region_id = await markets.create_region(
        tx,
        name=region["name"],
        currency=region["currency"],
        tax_inclusive=region["tax_inclusive"],
        countries=region["countries"],
        is_default=is_default,
        position=position,
        actor=ACTOR,
        now=now,
    )
    for rate in region["tax_rates"]:
        await markets.create_tax_rate(tx, region_id=region_id, **rate, actor=ACTOR, now=now)
    for place, option in enumerate(region["shipping_options"]):
        await _shipping_option(tx, region_id, option, position=place, now=now)


async def _shipping_option(
    tx: WriteSession, region_id: UUID, option: dict[str, Any], *, position: int, now: datetime
) -> None:
    currency = option["currency"]

    def money(amount: int | None) -> Money | None:
        return None if amount is None else Money(amount, currency)

    await markets.create_shipping_option(
        tx,
        region_id=region_id,
        name=option["name"],
        carrier=option["carrier"],
        price=Money(option["amount"], currency),
        min_days=option["min_days"],
        max_days=option["max_days"],
        min_total=money(option["min_total"]),
        max_total=money(option["max_total"]),
        min_weight_g=option["min_weight_g"],
        max_weight_g=option["max_weight_g"],
        position=position,
        actor=ACTOR,
        now=now,
    )

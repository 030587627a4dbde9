"""Which market a buyer is in, and what applies there."""

from dataclasses import replace

from sokoni.kernel.db import Database
from sokoni.kernel.ids import new_id
from sokoni.kernel.money import Money
from sokoni.markets import queries, service
from sokoni.pricing.service import context_for
from tests.markets.factories import ACTOR, NOW, market, region, shipping_option, shop
from tests.support.statements import counted


async def test_a_country_has_its_regions_currency_taxes_and_shipping(db: Database) -> None:
    made = await shop(db)

    async with db.reading() as session:
        with counted(db) as statements:
            found = await queries.market_for(session, country="FR")

    assert len(statements) == 1
    assert found == made.europe
    assert (found.currency, found.tax_inclusive, found.countries) == ("EUR", True, ("DE", "FR"))
    assert [(rate.name, rate.rate_bp) for rate in found.tax_rates] == [("VAT", 2000)]
    assert [(o.name, o.amount, o.currency) for o in found.shipping_options] == [
        ("Standard", 490, "EUR"),
        ("Free", 0, "EUR"),
    ]


async def test_without_a_country_the_default_region_counts(db: Database) -> None:
    made = await shop(db)

    async with db.reading() as session:
        assert await queries.market_for(session) == made.europe
        assert await queries.market_for(session, region_id=made.japan.region_id) == made.japan
        assert await queries.market_for(session, country="KE") is None
        assert await queries.market_for(session, region_id=new_id()) is None
        assert [one.name for one in await queries.markets(session)] == [
            "Europe",
            "Japan",
            "Tanzania",
            "United States",
        ]


async def test_a_shop_without_regions_has_no_market(db: Database) -> None:
    async with db.reading() as session:
        assert await queries.market_for(session) is None
        assert await queries.markets(session) == ()
        assert await queries.store(session) is None


async def test_without_a_cart_only_options_for_any_basket_are_offered(db: Database) -> None:
    made = await shop(db)
    async with db.transaction() as tx:
        await shipping_option(
            tx,
            region_id=made.europe.region_id,
            name="Bike",
            price=Money(200, "EUR"),
            max_weight_g=5_000,
        )

    async with db.reading() as session:
        offered = await queries.options_for(session, country="DE")
        assert [option.name for option in offered] == ["Standard"]
        assert await queries.options_for(session, country="KE") == ()


async def test_a_closed_option_is_not_offered(db: Database) -> None:
    async with db.transaction() as tx:
        region_id = await region(tx)
        (option,) = (await market(tx, region_id)).shipping_options
        await service.change_shipping_option(
            tx, option.id, fields={"is_active": False}, version=1, actor=ACTOR, now=NOW
        )
        assert (await market(tx, region_id)).shipping_options == ()


async def test_a_states_tax_applies_to_addresses_in_that_state_only(db: Database) -> None:
    async with db.transaction() as tx:
        region_id = await region(tx, currency="USD", countries=["US", "CA"], rate_bp=None)
        for country, state, rate_bp in [("US", None, 100), ("US", "CA", 725), ("CA", None, 500)]:
            await service.create_tax_rate(
                tx,
                region_id=region_id,
                name=f"{country} {state}",
                rate_bp=rate_bp,
                country=country,
                state=state,
                actor=ACTOR,
                now=NOW,
            )
        found = await market(tx, region_id)

    def rates(country: str | None, state: str | None) -> set[int]:
        context = context_for(found, country=country, state=state)
        return {rate.rate_bp for rate in context.tax_rates}

    assert rates("US", " ca ") == {100, 725}
    assert rates("US", "NY") == rates("US", None) == {100}
    assert rates("CA", "CA") == {500}
    assert rates(None, None) == set()


async def test_a_store_is_set_up_once(db: Database) -> None:
    async with db.transaction() as tx:
        assert await service.ensure_store(tx, name="Duka", default_currency="TZS")
        assert not await service.ensure_store(tx, name="Other", default_currency="EUR")
        found = await queries.store(tx)

    assert found is not None
    assert replace(found, name="x") == queries.StoreSettings("x", "TZS", None, None, 1)
    assert found.name == "Duka"

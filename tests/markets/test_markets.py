"""Which market a buyer is in."""

from sokoni.kernel.db import Database
from sokoni.markets import queries
from tests.markets.factories import shop


async def test_a_country_has_its_regions_currency_taxes_and_shipping(db: Database) -> None:
    made = await shop(db)

    async with db.reading() as session:
        found = await queries.market_for(session, country="FR")

    assert found == made.europe
    assert found is not None
    assert (found.currency, found.tax_inclusive, found.countries) == ("EUR", True, ("DE", "FR"))
    assert [(rate.name, rate.rate_bp) for rate in found.tax_rates] == [("VAT", 2000)]
    assert [(o.name, o.amount, o.currency) for o in found.shipping_options] == [
        ("Standard", 490, "EUR"),
        ("Free", 0, "EUR"),
    ]

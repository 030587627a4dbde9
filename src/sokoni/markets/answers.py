"""A door: what a storefront asks first, as the API answers it."""

from sokoni.kernel.db import ReadSession
from sokoni.kernel.settings import Settings
from sokoni.markets import queries
from sokoni.markets.schemas import Features, RegionOut, StoreConfig
from sokoni.markets.service import DEFAULT_NAME

__all__ = ["RegionOut", "StoreConfig", "store_config"]


async def store_config(db: ReadSession, *, settings: Settings) -> StoreConfig:
    """Who the shop is, where and in which currencies it sells, and how it is paid."""
    store = await queries.store(db)
    markets = await queries.markets(db)
    default = store.default_currency if store else settings.default_currency
    is_mock = settings.payment_provider == "mock"
    return StoreConfig(
        name=store.name if store else DEFAULT_NAME,
        default_currency=default,
        currencies=list(dict.fromkeys([default, *(market.currency for market in markets)])),
        country=store.country if store else None,
        support_email=store.support_email if store else None,
        regions=[RegionOut.of(market) for market in markets],
        payment_provider=settings.payment_provider,
        publishable_key=settings.stripe_publishable_key or None,
        features=Features(
            guest_checkout=settings.checkout_api_key is None,
            hosted_payment_page=not is_mock and settings.stripe_payment_page == "hosted",
            test_cards=is_mock,
        ),
    )

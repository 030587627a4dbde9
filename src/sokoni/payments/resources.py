"""What payments keep for the life of a process: the providers."""

from sokoni.kernel.resources import Resources
from sokoni.kernel.settings import Settings
from sokoni.payments.mock import MockProvider
from sokoni.payments.port import PaymentProvider
from sokoni.payments.providers import Providers
from sokoni.payments.stripe import StripeAccount, StripeProvider


async def open_resources(resources: Resources) -> None:
    """Mock everywhere but in production; Stripe where there is a key for it."""
    settings = resources.get(Settings)
    by_name: dict[str, PaymentProvider] = {}
    if not settings.is_production:
        by_name["mock"] = MockProvider()
    if settings.stripe_secret_key is not None:
        webhook_secret = settings.stripe_webhook_secret
        account = StripeAccount(
            secret_key=settings.stripe_secret_key.get_secret_value(),
            webhook_secret=webhook_secret.get_secret_value() if webhook_secret else None,
            api_base=settings.stripe_api_base,
            return_url=settings.shop_url,
        )
        stripe = StripeProvider(account)
        by_name[stripe.name] = stripe
        resources.put(StripeProvider, stripe, close=stripe.close)
    providers = Providers(by_name=by_name, configured=settings.payment_provider)
    resources.put(Providers, providers)

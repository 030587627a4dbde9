"""What payments keep for the life of a process: the providers."""

from sokoni.kernel.resources import Resources
from sokoni.kernel.settings import Settings
from sokoni.payments.mock import MockProvider
from sokoni.payments.port import PaymentProvider
from sokoni.payments.providers import Providers


async def open_resources(resources: Resources) -> None:
    """Mock everywhere but in production; Stripe where there is a key for it."""
    settings = resources.get(Settings)
    by_name: dict[str, PaymentProvider] = {}
    if not settings.is_production:
        by_name["mock"] = MockProvider()
    providers = Providers(by_name=by_name, configured=settings.payment_provider)
    resources.put(Providers, providers)

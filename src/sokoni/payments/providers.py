"""The payment providers of this process, by name."""

from collections.abc import Mapping
from dataclasses import dataclass

from sokoni.payments.errors import ProviderUnknown
from sokoni.payments.port import PaymentProvider

FREE = "none"
"""The provider of sessions over nothing: they settle at once and nobody is asked."""


@dataclass(frozen=True, slots=True)
class Providers:
    """`configured` is what a checkout without a choice uses."""

    by_name: Mapping[str, PaymentProvider]
    configured: str

    def get(self, name: str | None = None) -> PaymentProvider:
        """The provider of this name. Raises ProviderUnknown."""
        found = self.by_name.get(name or self.configured)
        if found is None:
            raise ProviderUnknown(
                f"This shop takes payments through: {', '.join(sorted(self.by_name))}."
            )
        return found

    def outside(self) -> list[str]:
        """The names of those that know more than we do, and can be asked."""
        return [name for name in self.by_name if name != "mock"]

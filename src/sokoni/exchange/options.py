"""How an import is to be done; kept with it as JSON."""

from typing import Any

import msgspec

from sokoni.exchange.models import StockMode


class ImportOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`currency` is that of `Variant Price`; `location` takes the plain quantities, the first
    active one without it. `mapping`: see `columns`.
    """

    currency: str
    stock: StockMode = StockMode.CREATE
    location: str | None = None
    dry_run: bool = False
    with_pictures: bool = True
    mapping: dict[str, str] = {}

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = msgspec.to_builtins(self)
        return found


def options_of(kept: dict[str, Any]) -> ImportOptions:
    return msgspec.convert(kept, ImportOptions)

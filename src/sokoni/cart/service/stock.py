"""What may be put into a cart. A cart holds no stock, so the answer may be another at checkout."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sokoni.cart.errors import NotSellable, PriceUnavailable
from sokoni.cart.models import MAX_QUANTITY
from sokoni.cart.service.facts import Facts
from sokoni.inventory.errors import InsufficientStock
from sokoni.kernel.errors import Invalid
from sokoni.kernel.ids import encode


def check_quantity(quantity: int) -> None:
    """Raise Invalid for more or fewer units than a line can have."""
    if not 1 <= quantity <= MAX_QUANTITY:
        raise Invalid.field("/quantity", f"must be between 1 and {MAX_QUANTITY} in all")


def check_sellable(facts: Facts, variant_ids: Iterable[UUID]) -> None:
    """Raise NotSellable, or PriceUnavailable when only the price is missing."""
    known = {wanted: facts.sellables.get(wanted) for wanted in variant_ids}
    gone = [wanted for wanted, found in known.items() if found is None or not found.is_sellable]
    if gone:
        raise NotSellable(variant_ids=_wire(gone))
    unpriced = [wanted for wanted in known if not facts.can_sell(wanted)]
    if unpriced:
        currency = facts.market.currency
        raise PriceUnavailable(
            f"It has no price in {currency}.", variant_ids=_wire(unpriced), currency=currency
        )


def check_stock(facts: Facts, wanted: Mapping[UUID, int]) -> None:
    """Raise InsufficientStock, with what is left, when a line asks for more than there is."""
    short = [
        {
            "variant_id": encode("var", variant_id),
            "requested": quantity,
            "available": facts.available.get(variant_id, 0),
        }
        for variant_id, quantity in wanted.items()
        if quantity > facts.available.get(variant_id, 0)
    ]
    if not short:
        return
    if len(short) > 1:
        raise InsufficientStock(lines=short)
    left = short[0]["available"]
    raise InsufficientStock(f"{left} left.", lines=short, available=left)


def _wire(variant_ids: Iterable[UUID]) -> list[str]:
    return [encode("var", variant_id) for variant_id in variant_ids]

"""What the witnesses disagree about. Any finding makes a run red."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Each is a way in which a shop can lose an order, money, goods or an effect."""

    ORDER_MISSING = "acknowledged order missing"
    ORDER_DIFFERS = "order differs from what the buyer was told"
    PAID_ORDER_LOST = "order told as paid is not"
    CANCELLED_ORDER_LIVES = "order told as cancelled lives"
    KEY_TWICE = "one key, several orders"
    DOUBLE_CHARGE = "charged twice"
    CHARGED_AND_KEPT = "charged, neither paid nor refunded"
    PAID_WITHOUT_MONEY = "paid order without its money"
    UNKNOWN_CHARGE = "charge for an order nobody knows"
    AMOUNTS_DIFFER = "amounts or currencies differ"
    REFUND_NOT_MADE = "refund in the books, not at the provider"
    REFUND_UNBOOKED = "refund at the provider, not in the books"
    REFUND_TWICE = "refunded more than once"
    OVERSOLD = "more sold than there was"
    STOCK_NOT_CONSERVED = "stock not conserved"
    EVENT_MISSING = "paid order without its event"
    EVENT_TWICE = "paid order with several events"
    EFFECT_MISSING = "event without its effect"
    EFFECT_NOT_ONCE = "effect counted other than once"
    WEBHOOK_WITHOUT_EFFECT = "webhook marked as done without its effect"
    BOOKS = "sokoni check fails"


@dataclass(frozen=True, slots=True)
class Finding:
    """`subject`: the order, SKU, key or reference concerned."""

    kind: Kind
    subject: str
    says: str

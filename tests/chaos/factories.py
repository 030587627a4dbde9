"""What three witnesses would say about a small shop, made by hand; all of them agree at first."""

from dataclasses import dataclass, field
from typing import Any

from chaos.journal import Journal
from chaos.witnesses import agreeing, provider
from chaos.witnesses.books import BookedOrder, BookedRefund, Books, Level, Webhook
from chaos.witnesses.finding import Finding, Kind

from sokoni.kernel.ids import decode, encode, new_id

SKU, PRODUCT, UNITS = "KANGA", "kanga", 10
TOTAL, CURRENCY = 4488, "EUR"


@dataclass
class Witnesses:
    """Write into them what a case needs, then ask what they find."""

    journal: Journal
    ledger: list[dict[str, Any]] = field(default_factory=list)
    books: Books = field(default_factory=Books)

    def bought(self, *, key: str = "key-1", units: int = 2, told: bool = True) -> str:
        """An order that was placed, charged, settled, and told as paid to its buyer."""
        order_id = encode("ord", new_id())
        if told:
            self.tell(order_id, key=key, units=units)
        self.charge(order_id)
        self.books.orders[order_id] = BookedOrder(
            order_id=order_id,
            number=f"S-{order_id[-4:]}",
            state="paid",
            currency=CURRENCY,
            total=TOTAL,
            units={SKU: units},
            captured=TOTAL,
            noted=TOTAL,
            was_noted=True,
            was_paid=True,
            paid_events=1,
        )
        self.books.orders_by_key[key] = {order_id}
        self._move(units)
        self.books.webhooks.append(
            Webhook(
                event_id=f"evt_{order_id}",
                kind="payment_intent.succeeded",
                reference=f"pi_{order_id}",
                done=True,
                settled=True,
            )
        )
        return order_id

    def returned(self, order_id: str, *, reference: str = "re_1") -> None:
        """The bought order is cancelled, its money given back and its units put back."""
        order = self.books.orders[order_id]
        order.state, order.refunded = "cancelled", TOTAL
        self.journal.asked_to_cancel(buyer="asha", order_id=order_id)
        self.journal.told_cancelled(buyer="asha", order_id=order_id)
        self.give_back(order_id, reference=reference)
        self.book_refund(order_id, reference=reference)
        self._move(-sum(order.units.values()), paid=False)

    def tell(
        self, order_id: str, *, key: str | None = "key-1", units: int = 2, **changes: Any
    ) -> None:
        """The shop's answer to the buyer."""
        answer = {
            "id": order_id,
            "number": f"S-{order_id[-4:]}",
            "status": "confirmed",
            "payment_status": "paid",
            "totals": {"grand_total": {"amount": TOTAL, "currency": CURRENCY}},
            "lines": [{"sku": SKU, "quantity": units}],
        }
        self.journal.told(buyer="asha", order=answer | changes, key=key)

    def charge(
        self, order_id: str, *, amount: int = TOTAL, charge: str = "", currency: str = "eur"
    ) -> None:
        self._moved("capture", order_id, amount, charge or f"ch_{order_id}", currency)

    def give_back(
        self, order_id: str, *, amount: int = TOTAL, charge: str = "", reference: str = "re_1"
    ) -> None:
        self._moved("refund", order_id, amount, charge or f"ch_{order_id}", "eur", reference)

    def book_refund(
        self, order_id: str, *, reference: str | None = "re_1", amount: int = TOTAL
    ) -> None:
        refund = BookedRefund(order_id, reference, amount, "succeeded", "cancelled", is_stray=False)
        self.books.refunds.append(refund)

    def find(self) -> list[Finding]:
        """What `chaos.witnesses.compare` finds, without a shop to ask."""
        ledger = provider.accounts(self.ledger)
        known = self.journal.orders()
        return [
            *agreeing.orders(known, self.books),
            *agreeing.keys(self.journal.orders_by_key(), self.books),
            *agreeing.money(ledger, self.books),
            *agreeing.refunds(ledger, self.books),
            *agreeing.stock(self.journal.stock(), known, self.books),
            *agreeing.deliveries(self.journal.counted_before(), self.books),
            *agreeing.webhooks(ledger, self.books),
        ]

    def kinds(self) -> set[Kind]:
        return {finding.kind for finding in self.find()}

    def _move(self, units: int, *, paid: bool = True) -> None:
        """Units leave the shelf, or come back; what was paid is counted once."""
        level = self.books.stock[SKU]
        self.books.stock[SKU] = Level(
            level.initial, level.on_hand - units, 0, level.sold + units, level.received
        )
        if paid:
            self.books.should_count[PRODUCT] += units
            self.books.counted_sold[PRODUCT] += units

    def _moved(
        self,
        kind: str,
        order_id: str,
        amount: int,
        charge: str,
        currency: str,
        refund: str | None = None,
    ) -> None:
        named = decode("ord", order_id)
        metadata = {"order_id": str(named)} if named else {}
        self.ledger.append(
            {
                "kind": kind,
                "charge": charge,
                "payment_intent": f"pi_{order_id}",
                "amount": amount,
                "currency": currency,
                "refund": refund,
                "metadata": metadata,
            }
        )


def witnesses(journal: Journal) -> Witnesses:
    """A shop with ten units of one SKU, some of whose product were sold before."""
    made = Witnesses(journal)
    made.journal.goods({SKU: UNITS}, counted={PRODUCT: 3})
    made.books.stock[SKU] = Level(initial=UNITS, on_hand=UNITS, reserved=0, sold=0, received=0)
    made.books.counted_sold[PRODUCT], made.books.should_count[PRODUCT] = 3, 0
    return made

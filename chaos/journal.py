"""The first witness: what the buyers sent, and what they were told. Append-only JSONL.

A line is flushed as it is written, before the buyer goes on, so the journal knows every promise
that the shop has made; it knows nothing that only the shop or the provider know.
"""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class KnownOrder:
    """An order as its buyer knows it. `total` in minor units; `units` by SKU.

    The sets hold what answers said over time; each should have one member.
    """

    order_id: str
    numbers: set[str] = field(default_factory=set)
    totals: set[int] = field(default_factory=set)
    currencies: set[str] = field(default_factory=set)
    units: dict[str, int] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    was_told_paid: bool = False
    asked_to_cancel: bool = False
    was_told_cancelled: bool = False
    paid_at_provider: int = 0  # how often the provider said so to the buyer
    paid_after_the_end: bool = False  # once the order was over, as far as the buyer knew


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the buyers did."""

    checkouts_sent: int
    orders: int
    told_paid: int
    refused: int
    sent_again: int
    declined: int
    cancelled: int
    paid_late: int
    given_up: int
    kept_waiting: tuple[float, ...]  # seconds of those that took longer than the shop promises


class Journal:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("a", buffering=1, encoding="utf-8")

    def write(self, what: str, **more: object) -> None:
        """One line; `buffering=1` hands it to the system at its end."""
        line = {"at": round(time.time(), 3), "what": what, **more}
        self._file.write(json.dumps(line, default=str) + "\n")

    def close(self) -> None:
        self._file.close()

    # What buyers write

    def goods(self, units: Mapping[str, int], *, counted: Mapping[str, int]) -> None:
        """As it was before the first buyer came: the stock, and units counted as sold."""
        self.write("goods", units=dict(units), counted=dict(counted))

    def sent(self, *, buyer: str, key: str, path: str, attempt: int) -> None:
        self.write("sent", buyer=buyer, key=key, path=path, attempt=attempt)

    def refused(self, *, buyer: str, key: str, status: int, problem: str) -> None:
        self.write("refused", buyer=buyer, key=key, status=status, problem=problem)

    def given_up(self, *, buyer: str, key: str, path: str) -> None:
        """The buyer never heard: there may be an order or none."""
        self.write("given-up", buyer=buyer, key=key, path=path)

    def kept_waiting(self, *, buyer: str, path: str, seconds: float) -> None:
        """The answer came later than promised, or the buyer hung up before it came."""
        self.write("kept-waiting", buyer=buyer, path=path, seconds=round(seconds, 2))

    def told(self, *, buyer: str, order: Json, key: str | None = None) -> None:
        """The shop answered with this order: an acknowledgement."""
        total = order["totals"]["grand_total"]
        units: dict[str, int] = {}
        for line in order["lines"]:
            units[line["sku"]] = units.get(line["sku"], 0) + line["quantity"]
        self.write(
            "told",
            buyer=buyer,
            key=key,
            order_id=order["id"],
            number=order["number"],
            total=total["amount"],
            currency=total["currency"],
            units=units,
            status=order["status"],
            payment_status=order["payment_status"],
        )

    def asked_to_cancel(self, *, buyer: str, order_id: str) -> None:
        """Written before the request goes out: from now on the order may be cancelled."""
        self.write("asked-to-cancel", buyer=buyer, order_id=order_id)

    def told_cancelled(self, *, buyer: str, order_id: str) -> None:
        self.write("told-cancelled", buyer=buyer, order_id=order_id)

    def declined(self, *, buyer: str, order_id: str) -> None:
        self.write("declined", buyer=buyer, order_id=order_id)

    def paid(self, *, buyer: str, order_id: str, reference: str, is_over: bool = False) -> None:
        """The provider told the buyer that the money was taken."""
        self.write("paid", buyer=buyer, order_id=order_id, reference=reference, is_over=is_over)

    # What witnesses read

    def lines(self) -> Iterator[Json]:
        with self.path.open(encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)

    def stock(self) -> dict[str, int]:
        """The units of each SKU before the first buyer came."""
        units: dict[str, int] = {}
        for line in self.lines():
            if line["what"] == "goods":
                units |= line["units"]
        return units

    def counted_before(self) -> dict[str, int]:
        """By product: the units that the shop counted as sold before the first buyer came."""
        counted: dict[str, int] = {}
        for line in self.lines():
            if line["what"] == "goods":
                counted |= line["counted"]
        return counted

    def orders(self) -> dict[str, KnownOrder]:
        """Every order that any buyer ever heard of, by its id."""
        found: dict[str, KnownOrder] = {}
        for line in self.lines():
            if "order_id" in line:
                known = found.setdefault(line["order_id"], KnownOrder(line["order_id"]))
                _learn(known, line)
        return {
            order_id: known
            for order_id, known in found.items()
            if known.numbers or known.paid_at_provider
        }

    def orders_by_key(self) -> dict[str, set[str]]:
        """Which orders each checkout's key was answered with; one, or none."""
        found: dict[str, set[str]] = {}
        for line in self.lines():
            if line["what"] == "told" and line["key"]:
                found.setdefault(line["key"], set()).add(line["order_id"])
        return found

    def counts(self) -> Counts:
        tally: dict[str, int] = {}
        again = checkouts = 0
        waited: list[float] = []
        for line in self.lines():
            tally[line["what"]] = tally.get(line["what"], 0) + 1
            if line["what"] == "kept-waiting":
                waited.append(line["seconds"])
            if line["what"] == "sent":
                again += line["attempt"] > 1
                checkouts += line["attempt"] == 1 and line["path"].endswith("/checkout")
        orders = self.orders().values()
        return Counts(
            checkouts_sent=checkouts,
            orders=len(orders),
            told_paid=sum(order.was_told_paid for order in orders),
            refused=tally.get("refused", 0),
            sent_again=again,
            declined=tally.get("declined", 0),
            cancelled=sum(order.was_told_cancelled for order in orders),
            paid_late=sum(order.paid_after_the_end for order in orders),
            given_up=tally.get("given-up", 0),
            kept_waiting=tuple(waited),
        )


def _learn(known: KnownOrder, line: Json) -> None:
    match line["what"]:
        case "told":
            known.numbers.add(line["number"])
            known.totals.add(line["total"])
            known.currencies.add(line["currency"])
            known.units = line["units"]
            known.was_told_paid |= line["payment_status"] == "paid"
            if line["key"]:
                known.keys.add(line["key"])
        case "asked-to-cancel":
            known.asked_to_cancel = True
        case "told-cancelled":
            known.was_told_cancelled = True
        case "paid":
            known.paid_at_provider += 1
            known.paid_after_the_end |= line["is_over"]

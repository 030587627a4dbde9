"""The second witness: the provider's own ledger, one line of JSON per movement of money."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from sokoni.kernel.ids import encode


@dataclass(frozen=True, slots=True)
class Taken:
    """A charge. `amount` in minor units: the currencies of chaos count at Stripe as by ISO 4217."""

    charge: str
    intent: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class Given:
    """A refund of a charge that did not fail afterwards."""

    refund: str
    charge: str
    amount: int
    currency: str


@dataclass(slots=True)
class Account:
    """All that moved for one order."""

    taken: list[Taken] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)

    @property
    def captured(self) -> int:
        return sum(charge.amount for charge in self.taken)

    @property
    def refunded(self) -> int:
        return sum(refund.amount for refund in self.given)

    @property
    def net(self) -> int:
        return self.captured - self.refunded

    @property
    def currencies(self) -> set[str]:
        taken = {charge.currency for charge in self.taken}
        return taken | {refund.currency for refund in self.given}


def read(path: Path) -> dict[str, Account]:
    """Every order's account, by the order's id on the wire; `''` for money that names none."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8") as file:
        return accounts(json.loads(line) for line in file)


def accounts(entries: Iterable[dict[str, Any]]) -> dict[str, Account]:
    found: dict[str, Account] = {}
    for entry in entries:
        account = found.setdefault(_order_of(entry), Account())
        amount, currency = entry["amount"], entry["currency"].upper()
        match entry["kind"]:
            case "capture":
                account.taken.append(
                    Taken(entry["charge"], entry["payment_intent"], amount, currency)
                )
            case "refund":
                account.given.append(Given(entry["refund"], entry["charge"], amount, currency))
            case "refund_failed":
                account.given = [one for one in account.given if one.refund != entry["refund"]]
    return found


def _order_of(entry: dict[str, Any]) -> str:
    order_id = entry["metadata"].get("order_id")
    return encode("ord", UUID(order_id)) if order_id else ""

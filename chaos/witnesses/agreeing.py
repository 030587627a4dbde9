"""The comparison: pure functions over what the three witnesses say.

Each function is one question and answers with what speaks against the shop; nothing is asked
twice, so a planted bug shows by its own kind of finding.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from chaos.journal import KnownOrder
from chaos.witnesses.books import BookedOrder, Books, Level
from chaos.witnesses.finding import Finding, Kind
from chaos.witnesses.provider import Account


def orders(known: Mapping[str, KnownOrder], books: Books) -> Iterator[Finding]:
    """Every order a buyer was told of is there, as told."""
    for order_id, told in known.items():
        if not told.numbers:
            continue  # only paid for, never acknowledged: the money's questions cover it
        booked = books.orders.get(order_id)
        if booked is None:
            yield Finding(Kind.ORDER_MISSING, order_id, f"number {_one(told.numbers)}")
            continue
        yield from _as_told(told, booked)
        if told.was_told_paid and not booked.was_paid:
            yield Finding(Kind.PAID_ORDER_LOST, order_id, f"is {booked.state}")
        elif told.was_told_paid and not booked.is_bought and not told.asked_to_cancel:
            yield Finding(Kind.PAID_ORDER_LOST, order_id, f"is {booked.state}, by nobody's wish")
        if told.was_told_cancelled and booked.state not in {"cancelled", "refunded"}:
            yield Finding(Kind.CANCELLED_ORDER_LIVES, order_id, f"is {booked.state}")


def _as_told(told: KnownOrder, booked: BookedOrder) -> Iterator[Finding]:
    facts = (
        ("number", told.numbers, {booked.number}),
        ("total", told.totals, {booked.total}),
        ("currency", told.currencies, {booked.currency}),
        ("units", {_units(told.units)}, {_units(booked.units)}),
    )
    for name, said, true in facts:
        if said != true:
            says = f"{name} told as {_one(said)}, is {_one(true)}"
            yield Finding(Kind.ORDER_DIFFERS, told.order_id, says)


def keys(by_key: Mapping[str, set[str]], books: Books) -> Iterator[Finding]:
    """One key, one order: by the journal and by the books together."""
    for key in by_key.keys() | books.orders_by_key.keys():
        found = by_key.get(key, set()) | books.orders_by_key.get(key, set())
        if len(found) > 1:
            yield Finding(Kind.KEY_TWICE, key, ", ".join(sorted(found)))


def money(ledger: Mapping[str, Account], books: Books) -> Iterator[Finding]:
    """What the provider holds for each order is what the order is worth: all, or nothing."""
    for order_id in ledger.keys() - books.orders.keys():
        if ledger[order_id].net:
            says = f"{ledger[order_id].net} kept"
            yield Finding(Kind.UNKNOWN_CHARGE, order_id or "no order", says)
    for order_id, booked in books.orders.items():
        account = ledger.get(order_id, Account())
        yield from _of_one_order(booked, account)


def _of_one_order(booked: BookedOrder, account: Account) -> Iterator[Finding]:
    order_id, owed = booked.order_id, booked.captured - booked.refunded
    held = f"the provider holds {account.net}, the order is {booked.state} over {booked.total}"
    if account.currencies - {booked.currency}:
        says = f"{', '.join(sorted(account.currencies))} at the provider, {booked.currency} here"
        yield Finding(Kind.AMOUNTS_DIFFER, order_id, says)
    if account.net > booked.total:
        yield Finding(Kind.DOUBLE_CHARGE, order_id, held)
    elif not booked.is_bought and account.net > 0:
        knows = "knows of it" if booked.noted else "does not know"
        yield Finding(Kind.CHARGED_AND_KEPT, order_id, f"{held}; the shop {knows}")
    elif booked.is_bought and account.net < booked.total:
        yield Finding(Kind.PAID_WITHOUT_MONEY, order_id, held)
    if account.net != owed:
        yield Finding(Kind.AMOUNTS_DIFFER, order_id, f"{held}, the books say {owed}")
    wrong = [str(charge.amount) for charge in account.taken if charge.amount != booked.total]
    if wrong:
        says = f"charged {', '.join(wrong)}, the order is over {booked.total}"
        yield Finding(Kind.AMOUNTS_DIFFER, order_id, says)


def refunds(ledger: Mapping[str, Account], books: Books) -> Iterator[Finding]:
    """Each refund in the books is one at the provider, and the other way round."""
    given = {
        refund.refund: (order_id, refund)
        for order_id, account in ledger.items()
        for refund in account.given
    }
    booked = {refund.reference: refund for refund in books.refunds if refund.reference}
    for refund in books.refunds:
        at_provider = given.get(refund.reference or "")
        if at_provider is None:
            says = f"{refund.amount}, {refund.reason}: {refund.status}, {refund.reference}"
            yield Finding(Kind.REFUND_NOT_MADE, refund.order_id, says)
        elif at_provider[1].amount != refund.amount or at_provider[0] != refund.order_id:
            says = f"refund of {refund.amount} is {at_provider[1].amount} at the provider"
            yield Finding(Kind.AMOUNTS_DIFFER, refund.order_id, says)
    for reference, (order_id, made) in given.items():
        if reference not in booked:
            yield Finding(Kind.REFUND_UNBOOKED, order_id, f"{reference}: {made.amount}")
    for order_id, account in ledger.items():
        for charge, times in Counter(refund.charge for refund in account.given).items():
            if times > 1:  # the shop only ever refunds whole charges
                yield Finding(Kind.REFUND_TWICE, order_id, f"{charge}, {times} times")


def stock(
    initial: Mapping[str, int], known: Mapping[str, KnownOrder], books: Books
) -> Iterator[Finding]:
    """What was there is there or sold; nobody was promised goods that do not exist."""
    promised: Counter[str] = Counter()
    for told in known.values():
        if told.was_told_paid and not told.asked_to_cancel:
            promised.update(told.units)
    sold: Counter[str] = Counter()
    for booked in books.orders.values():
        if booked.is_bought:
            sold.update(booked.units)
    for sku, units in initial.items():
        most = max(promised[sku], sold[sku])
        if most > units:
            yield Finding(Kind.OVERSOLD, sku, f"{most} sold of {units}")
        yield from _conserved(sku, units, sold=sold[sku], level=books.stock.get(sku))


def _conserved(sku: str, units: int, *, sold: int, level: Level | None) -> Iterator[Finding]:
    if level is None:
        yield Finding(Kind.STOCK_NOT_CONSERVED, sku, "has no level any more")
        return
    facts = (
        (level.initial + level.received - level.sold, level.on_hand, "by its movements, on hand"),
        (level.sold, sold, "left the shelf, in bought orders"),
        (units - sold, level.on_hand, "should be left, on hand"),
    )
    for one, other, words in facts:
        if one != other:
            first, second = words.split(", ")
            yield Finding(Kind.STOCK_NOT_CONSERVED, sku, f"{one} {first}, {other} {second}")


def deliveries(counted_before: Mapping[str, int], books: Books) -> Iterator[Finding]:
    """Every order that was ever paid has its event once, and every event its effect once.

    `counted_before`: by product, what the effect's counter said before the first buyer came.
    """
    for order_id, booked in books.orders.items():
        if booked.was_paid and booked.paid_events == 0:
            yield Finding(Kind.EVENT_MISSING, order_id, "no order.paid")
        if booked.paid_events > 1 or (booked.paid_events and not booked.was_paid):
            yield Finding(Kind.EVENT_TWICE, order_id, f"{booked.paid_events} order.paid")
    for event in books.events_without_effect:
        yield Finding(Kind.EFFECT_MISSING, event, "no subscriber acted on it")
    for product, should in books.should_count.items():
        counted = books.counted_sold[product] - counted_before.get(product, 0)
        if counted != should:
            says = f"{counted} units counted as sold, {should} were paid"
            yield Finding(Kind.EFFECT_NOT_ONCE, product, says)


def webhooks(ledger: Mapping[str, Account], books: Books) -> Iterator[Finding]:
    """A webhook that told of money is marked as done only if the money has been noted."""
    orders_by_intent = {
        charge.intent: order_id for order_id, account in ledger.items() for charge in account.taken
    }
    for webhook in books.webhooks:
        booked = books.orders.get(orders_by_intent.get(webhook.reference, ""))
        is_noted = booked is None or booked.was_noted
        if webhook.done and not (webhook.settled and is_noted):
            yield Finding(Kind.WEBHOOK_WITHOUT_EFFECT, webhook.event_id, webhook.kind)


def _units(units: Mapping[str, int]) -> str:
    return ", ".join(f"{number} × {sku}" for sku, number in sorted(units.items()))


def _one(values: set[str] | set[int]) -> str:
    return " and ".join(sorted(map(str, values)))

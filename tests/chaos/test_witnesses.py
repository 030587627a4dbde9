"""Each way in which the witnesses can disagree is found, and called by its name."""

from dataclasses import replace

import pytest
from chaos.journal import Journal
from chaos.witnesses.books import Webhook
from chaos.witnesses.finding import Kind

from sokoni.kernel.ids import encode, new_id
from tests.chaos.factories import PRODUCT, SKU, TOTAL, UNITS, Witnesses, witnesses


@pytest.fixture
def shop(journal: Journal) -> Witnesses:
    return witnesses(journal)


def test_witnesses_who_agree_find_nothing(shop: Witnesses) -> None:
    shop.bought(key="one")
    shop.returned(shop.bought(key="other"))

    assert shop.find() == []


def test_an_acknowledged_order_that_is_not_in_the_database_is_missing(shop: Witnesses) -> None:
    order_id = shop.bought()
    del shop.books.orders[order_id]

    found = [finding for finding in shop.find() if finding.kind is Kind.ORDER_MISSING]
    assert [finding.subject for finding in found] == [order_id]


def test_an_order_with_another_total_than_its_buyer_was_told_differs(shop: Witnesses) -> None:
    order_id = shop.bought()
    shop.tell(order_id, totals={"grand_total": {"amount": TOTAL - 1, "currency": "EUR"}})

    assert shop.kinds() == {Kind.ORDER_DIFFERS}


def test_an_order_with_another_currency_number_or_line_differs(shop: Witnesses) -> None:
    order_id = shop.bought()
    order = shop.books.orders[order_id]

    shop.tell(order_id, totals={"grand_total": {"amount": TOTAL, "currency": "USD"}})
    assert "currency told as EUR and USD, is EUR" in [finding.says for finding in shop.find()]
    order.number = "another"
    assert any("number told" in finding.says for finding in shop.find())
    order.units = {SKU: 1}
    assert any("units told as 2 × KANGA, is 1 × KANGA" in f.says for f in shop.find())


@pytest.mark.parametrize("state", ["pending", "cancelled", "expired"])
def test_an_order_told_as_paid_that_is_not_is_lost(shop: Witnesses, state: str) -> None:
    order_id = shop.bought()
    order = shop.books.orders[order_id]
    order.state, order.was_paid = state, False

    assert Kind.PAID_ORDER_LOST in shop.kinds()


def test_a_paid_order_that_ended_without_its_buyers_wish_is_lost(shop: Witnesses) -> None:
    shop.books.orders[shop.bought()].state = "cancelled"

    assert Kind.PAID_ORDER_LOST in shop.kinds()


def test_an_order_told_as_cancelled_must_not_live(shop: Witnesses) -> None:
    order_id = shop.bought()
    shop.journal.asked_to_cancel(buyer="asha", order_id=order_id)
    assert shop.kinds() == set()

    shop.journal.told_cancelled(buyer="asha", order_id=order_id)

    assert shop.kinds() == {Kind.CANCELLED_ORDER_LIVES}


def test_one_key_answered_with_two_orders_is_found(shop: Witnesses) -> None:
    first, second = shop.bought(key="same"), shop.bought(key="same")

    found = shop.find()

    assert [finding.kind for finding in found] == [Kind.KEY_TWICE]
    assert first in found[0].says
    assert second in found[0].says


def test_a_second_charge_that_was_not_given_back_is_a_double_charge(shop: Witnesses) -> None:
    order_id = shop.bought()
    shop.charge(order_id, charge="ch_again")

    assert shop.kinds() == {Kind.DOUBLE_CHARGE, Kind.AMOUNTS_DIFFER}


def test_a_second_charge_that_was_given_back_is_none(shop: Witnesses) -> None:
    order_id = shop.bought()
    shop.charge(order_id, charge="ch_again")
    shop.give_back(order_id, charge="ch_again")
    shop.book_refund(order_id)

    assert shop.find() == []


def test_money_for_an_order_that_is_over_is_charged_and_kept(shop: Witnesses) -> None:
    order_id = shop.bought(told=False)
    order = shop.books.orders[order_id]
    order.state, order.captured, order.was_paid, order.paid_events = "expired", 0, False, 0
    order.noted = 0

    assert {Kind.CHARGED_AND_KEPT, Kind.AMOUNTS_DIFFER} <= shop.kinds()
    assert Kind.DOUBLE_CHARGE not in shop.kinds()
    assert any(finding.says.endswith("; the shop does not know") for finding in shop.find())
    order.noted = TOTAL
    assert any(finding.says.endswith("; the shop knows of it") for finding in shop.find())


def test_money_for_an_order_that_nobody_knows_is_found(shop: Witnesses) -> None:
    shop.charge(encode("ord", new_id()))
    shop.charge("without an order")

    assert [finding.kind for finding in shop.find()] == [Kind.UNKNOWN_CHARGE] * 2


def test_a_paid_order_whose_money_went_back_is_without_its_money(shop: Witnesses) -> None:
    order_id = shop.bought()
    shop.give_back(order_id)
    shop.book_refund(order_id)

    assert shop.kinds() == {Kind.PAID_WITHOUT_MONEY, Kind.AMOUNTS_DIFFER}


def test_another_amount_or_currency_at_the_provider_is_found(shop: Witnesses) -> None:
    shop.bought()
    shop.ledger[0]["amount"] = TOTAL - 1
    assert shop.kinds() == {Kind.PAID_WITHOUT_MONEY, Kind.AMOUNTS_DIFFER}

    shop.ledger[0] |= {"amount": TOTAL, "currency": "usd"}
    assert shop.kinds() == {Kind.AMOUNTS_DIFFER}


def test_a_refund_that_was_never_made_is_found(shop: Witnesses) -> None:
    shop.returned(shop.bought())
    shop.ledger.pop()

    assert shop.kinds() == {Kind.REFUND_NOT_MADE, Kind.CHARGED_AND_KEPT, Kind.AMOUNTS_DIFFER}


def test_a_refund_without_the_providers_word_for_it_was_never_made(shop: Witnesses) -> None:
    shop.returned(shop.bought())
    shop.books.refunds[0] = replace(shop.books.refunds[0], reference=None)

    assert shop.kinds() == {Kind.REFUND_NOT_MADE, Kind.REFUND_UNBOOKED}


def test_a_refund_that_failed_at_the_provider_was_never_made(shop: Witnesses) -> None:
    shop.returned(shop.bought())
    shop.ledger.append({**shop.ledger[-1], "kind": "refund_failed"})

    assert Kind.REFUND_NOT_MADE in shop.kinds()


def test_a_charge_refunded_in_two_parts_was_refunded_twice(shop: Witnesses) -> None:
    order_id = shop.bought()
    shop.returned(order_id)
    shop.ledger[-1]["amount"] = TOTAL - 1
    shop.give_back(order_id, amount=1, reference="re_2")

    assert shop.kinds() == {Kind.AMOUNTS_DIFFER, Kind.REFUND_UNBOOKED, Kind.REFUND_TWICE}


def test_more_units_in_paid_orders_than_there_were_is_oversold(shop: Witnesses) -> None:
    for number in range(UNITS // 2 + 1):
        shop.bought(key=f"key-{number}")

    assert shop.kinds() == {Kind.OVERSOLD}


def test_units_that_vanish_or_appear_are_found(shop: Witnesses) -> None:
    shop.bought()
    level = shop.books.stock[SKU]

    for wrong in (replace(level, on_hand=level.on_hand - 1), replace(level, sold=level.sold + 1)):
        shop.books.stock[SKU] = wrong
        assert shop.kinds() == {Kind.STOCK_NOT_CONSERVED}
    del shop.books.stock[SKU]
    assert shop.kinds() == {Kind.STOCK_NOT_CONSERVED}


def test_a_shelf_filled_up_unseen_is_found(shop: Witnesses) -> None:
    """Movements and level agree, but not with what was there before the first buyer."""
    level = shop.books.stock[SKU]
    shop.books.stock[SKU] = replace(level, received=5, on_hand=level.on_hand + 5)

    assert shop.kinds() == {Kind.STOCK_NOT_CONSERVED}


def test_a_paid_order_has_its_event_exactly_once(shop: Witnesses) -> None:
    order = shop.books.orders[shop.bought()]

    order.paid_events = 0
    assert shop.kinds() == {Kind.EVENT_MISSING}
    order.paid_events = 2
    assert shop.kinds() == {Kind.EVENT_TWICE}


@pytest.mark.parametrize("counted", [3, 3 + 2 + 2])
def test_an_effect_that_was_lost_or_done_twice_is_found(shop: Witnesses, counted: int) -> None:
    shop.bought(units=2)
    shop.books.counted_sold[PRODUCT] = counted

    assert shop.kinds() == {Kind.EFFECT_NOT_ONCE}


def test_an_event_without_an_effect_is_found(shop: Witnesses) -> None:
    shop.books.events_without_effect.append("order.paid 1")

    assert shop.kinds() == {Kind.EFFECT_MISSING}


def test_a_webhook_is_done_only_with_its_effect(shop: Witnesses) -> None:
    waiting = Webhook("evt_1", "checkout.session.completed", "cs_1", done=False, settled=False)
    shop.books.webhooks.append(waiting)
    assert shop.find() == []

    shop.books.webhooks.append(replace(waiting, done=True))

    assert shop.kinds() == {Kind.WEBHOOK_WITHOUT_EFFECT}


def test_a_webhook_of_a_payment_that_the_shop_never_heard_of_is_checked_by_the_ledger(
    shop: Witnesses,
) -> None:
    order = shop.books.orders[shop.bought()]
    assert shop.find() == []

    order.was_noted = False

    assert shop.kinds() == {Kind.WEBHOOK_WITHOUT_EFFECT}

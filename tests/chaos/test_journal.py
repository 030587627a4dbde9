"""What buyers wrote down is what witnesses read."""

from typing import Any

from chaos.journal import Counts, Journal, KnownOrder


def order(**changes: Any) -> dict[str, Any]:
    return {
        "id": "ord_1",
        "number": "S-1",
        "status": "pending",
        "payment_status": "pending",
        "totals": {"grand_total": {"amount": 4488, "currency": "EUR"}},
        "lines": [{"sku": "A", "quantity": 2}, {"sku": "A", "quantity": 1}],
        **changes,
    }


def test_every_line_can_be_read_as_soon_as_it_is_written(journal: Journal) -> None:
    journal.sent(buyer="asha", key="k", path="/checkout", attempt=1)

    (line,) = journal.lines()

    assert (line["what"], line["buyer"], line["key"]) == ("sent", "asha", "k")


def test_an_order_is_all_that_its_buyer_was_told_of_it(journal: Journal) -> None:
    journal.told(buyer="asha", order=order(), key="k")
    journal.told(buyer="asha", order=order(payment_status="paid"))
    journal.asked_to_cancel(buyer="asha", order_id="ord_1")
    journal.told_cancelled(buyer="asha", order_id="ord_1")
    journal.paid(buyer="asha", order_id="ord_1", reference="pi_1", is_over=True)

    assert journal.orders() == {
        "ord_1": KnownOrder(
            order_id="ord_1",
            numbers={"S-1"},
            totals={4488},
            currencies={"EUR"},
            units={"A": 3},
            keys={"k"},
            was_told_paid=True,
            asked_to_cancel=True,
            was_told_cancelled=True,
            paid_at_provider=1,
            paid_after_the_end=True,
        )
    }
    assert journal.orders_by_key() == {"k": {"ord_1"}}


def test_a_key_answered_with_two_orders_keeps_both(journal: Journal) -> None:
    journal.told(buyer="asha", order=order(), key="k")
    journal.told(buyer="asha", order=order(id="ord_2"), key="k")

    assert journal.orders_by_key() == {"k": {"ord_1", "ord_2"}}


def test_an_order_of_which_only_a_wish_is_known_was_not_acknowledged(journal: Journal) -> None:
    journal.asked_to_cancel(buyer="staff", order_id="ord_1")

    assert journal.orders() == {}


def test_the_stock_is_as_the_first_note_says(journal: Journal) -> None:
    journal.goods({"A": 5}, counted={"a": 1})

    assert journal.stock() == {"A": 5}
    assert journal.counted_before() == {"a": 1}


def test_counts_tell_checkouts_from_their_repetitions(journal: Journal) -> None:
    for attempt in (1, 2, 3):
        journal.sent(buyer="asha", key="k", path="/checkout", attempt=attempt)
    journal.sent(buyer="asha", key="other", path="/payments/sessions", attempt=1)
    journal.told(buyer="asha", order=order(payment_status="paid"), key="k")
    journal.refused(buyer="ben", key="l", status=409, problem="insufficient-stock")
    journal.declined(buyer="ben", order_id="ord_1")
    journal.given_up(buyer="ben", key="m", path="/checkout")
    journal.kept_waiting(buyer="asha", path="/cart", seconds=12.0)

    assert journal.counts() == Counts(
        checkouts_sent=1,
        orders=1,
        told_paid=1,
        refused=1,
        sent_again=2,
        declined=1,
        cancelled=0,
        paid_late=0,
        given_up=1,
        kept_waiting=(12.0,),
    )

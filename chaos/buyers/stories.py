"""What buyers do. Each story is a coroutine over a `Buyer`; the weights say how often.

A story does not judge: it does what people do, writes down what it was told, and leaves. Where the
shop refuses, the story ends.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from chaos.buyers.bank import VISA, Outcome
from chaos.buyers.buyer import Bought, Buyer

GOOD = ("pm_card_visa", "pm_card_mastercard", "pm_card_amex", "pm_card_visa_debit")
BAD = (
    "pm_card_visa_chargeDeclined",
    "pm_card_visa_chargeDeclinedInsufficientFunds",
    "pm_card_chargeDeclinedExpiredCard",
)
ASKING = "pm_card_authenticationRequired"
ASKING_NUMBER = "4000002760003184"
BAD_NUMBER = "4000000000000002"
LOOK_SECONDS = 0.7


@dataclass(frozen=True, slots=True)
class Setting:
    """What stories need to know of the shop's habits."""

    hold_seconds: int


Story = Callable[[Buyer, Setting], Awaitable[None]]


async def buys_at_once(buyer: Buyer, _setting: Setting) -> None:
    """One call with a card, some with a change of mind afterwards."""
    bought = await buyer.check_out(
        units=buyer.shelf.some(buyer.dice), method=buyer.dice.choice(GOOD)
    )
    if bought and bought.payment_status == "pending":  # nobody knows: ask, as pages do
        await buyer.return_page(bought)
        await buyer.look(bought)


async def buys_something_scarce(buyer: Buyer, _setting: Setting) -> None:
    wanted = buyer.shelf.something_scarce(buyer.dice)
    await buyer.check_out(
        units={wanted.variant_id: buyer.dice.randint(1, 2)}, method=buyer.dice.choice(GOOD)
    )


async def fills_a_cart(buyer: Buyer, _setting: Setting) -> None:
    """Line by line, then checks out; sometimes changes it in between, or does not pay."""
    cart = await buyer.fill_cart(buyer.shelf.some(buyer.dice))
    if cart is None:
        return
    if buyer.dice.random() < 0.2 and await buyer.check_out(headers=cart) is not None:
        more = {buyer.shelf.hot.variant_id: 1}  # the first order is replaced by the second
        for variant_id, quantity in more.items():
            await buyer.door.post(
                "/cart/items",
                headers=cart,
                json={"variant_id": variant_id, "quantity": quantity},
            )
    await buyer.check_out(headers=cart, method=buyer.dice.choice(GOOD))


async def buys_as_a_customer(buyer: Buyer, setting: Setting) -> None:
    if not buyer.headers:
        await buyer.sign_in()
    await fills_a_cart(buyer, setting)


async def pays_on_the_page(buyer: Buyer, _setting: Setting) -> None:
    """The provider's hosted page; some come back to the shop, most close the window."""
    bought = await buyer.check_out(units=buyer.shelf.some(buyer.dice), mode="checkout")
    if bought is None:
        return
    if buyer.dice.random() < 0.2:
        await buyer.pay(bought, number=BAD_NUMBER)
    number = ASKING_NUMBER if buyer.dice.random() < 0.2 else VISA
    await buyer.pay(bought, number=number)
    if buyer.dice.random() < 0.4:
        await buyer.return_page(bought)
        await buyer.look(bought)


async def is_declined_first(buyer: Buyer, _setting: Setting) -> None:
    bought = await buyer.check_out(
        units=buyer.shelf.some(buyer.dice), method=buyer.dice.choice(BAD)
    )
    if bought is None or bought.payment_status == "succeeded":
        return
    if buyer.dice.random() < 0.5:
        await buyer.confirm(bought, buyer.dice.choice(GOOD))
    elif await buyer.pay_otherwise(bought, mode="checkout"):
        await buyer.pay(bought)
        await buyer.return_page(bought)
    await buyer.look(bought)


async def is_asked_by_the_bank(buyer: Buyer, _setting: Setting) -> None:
    """3-D Secure: the bank's page, passed or not, or never answered."""
    bought = await buyer.check_out(units=buyer.shelf.some(buyer.dice), method=ASKING)
    if bought is None or bought.reference is None or buyer.dice.random() < 0.15:
        return
    outcome = await buyer.bank.authenticate(bought.reference, passes=buyer.dice.random() < 0.8)
    if outcome is Outcome.PAID:
        buyer.journal.paid(buyer=buyer.name, order_id=bought.order_id, reference=bought.reference)
    await buyer.return_page(bought)
    await buyer.look(bought)


async def cancels_unpaid(buyer: Buyer, _setting: Setting) -> None:
    """Cancels before paying; some pay all the same, and must get their money back."""
    bought = await buyer.check_out(
        units=buyer.shelf.some(buyer.dice), mode=buyer.dice.choice(("checkout", "intent"))
    )
    if bought is None:
        return
    pays_anyway = bought.reference is not None and buyer.dice.random() < 0.7
    if pays_anyway:
        await buyer.bank.keep_open(str(bought.reference))
    if await buyer.cancel(bought) and pays_anyway:
        await buyer.pay(bought, is_over=True)
        await buyer.look(bought)


async def cancels_paid(buyer: Buyer, _setting: Setting) -> None:
    bought = await buyer.check_out(
        units=buyer.shelf.some(buyer.dice), method=buyer.dice.choice(GOOD)
    )
    if bought and bought.payment_status == "succeeded":
        await buyer.cancel(bought)
        await buyer.look(bought)


async def pays_late(buyer: Buyer, setting: Setting) -> None:
    """Waits until the shop has given the order up, and pays then."""
    scarce = buyer.dice.random() < 0.6
    wanted = buyer.shelf.something_scarce(buyer.dice)
    bought = await buyer.check_out(
        units={wanted.variant_id: 1} if scarce else buyer.shelf.some(buyer.dice),
        mode=buyer.dice.choice(("checkout", "intent")),
    )
    if bought is None or bought.reference is None:
        return
    await buyer.bank.keep_open(bought.reference)
    await asyncio.sleep(setting.hold_seconds)
    if await _comes_to_its_end(buyer, bought):
        if scarce and buyer.dice.random() < 0.7:  # somebody else is quicker
            await _buys_the_rest(buyer, wanted.variant_id, most=wanted.units)
        await buyer.pay(bought, is_over=True)
        await buyer.look(bought)


async def pays_in_the_last_moment(buyer: Buyer, setting: Setting) -> None:
    """Around the time at which the hold ends: either side may win."""
    bought = await buyer.check_out(
        units=buyer.shelf.some(buyer.dice), mode=buyer.dice.choice(("checkout", "intent"))
    )
    if bought is None:
        return
    await asyncio.sleep(setting.hold_seconds + buyer.dice.uniform(-1.0, 5.0))
    await buyer.pay(bought)
    await buyer.look(bought)


async def walks_away(buyer: Buyer, _setting: Setting) -> None:
    await buyer.check_out(
        units=buyer.shelf.some(buyer.dice), mode=buyer.dice.choice(("checkout", "intent"))
    )


async def _comes_to_its_end(buyer: Buyer, bought: Bought) -> bool:
    """Whether the shop cancels the order soon after its hold is over."""
    for _ in range(20):
        await buyer.look(bought)
        if bought.status != "pending":
            return bought.status == "cancelled"
        await asyncio.sleep(LOOK_SECONDS)
    return False


async def _buys_the_rest(buyer: Buyer, variant_id: str, *, most: int) -> None:
    for _ in range(most):
        if await buyer.check_out(units={variant_id: 1}, method="pm_card_visa") is None:
            return


# Waiting stories run beside the buyer, who goes on shopping.
AT_ONCE: dict[Story, int] = {
    buys_at_once: 30,
    buys_something_scarce: 4,
    fills_a_cart: 14,
    buys_as_a_customer: 10,
    pays_on_the_page: 18,
    is_declined_first: 8,
    is_asked_by_the_bank: 7,
    cancels_unpaid: 9,
    cancels_paid: 9,
    walks_away: 3,
}
WAITING: dict[Story, int] = {pays_late: 6, pays_in_the_last_moment: 4}

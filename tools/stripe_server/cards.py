"""The test cards and accounts that Stripe documents, and what becomes of a payment with each."""

from dataclasses import dataclass
from enum import StrEnum

from tools.stripe_server.errors import StripeError


@dataclass(frozen=True, slots=True)
class Decline:
    code: str
    decline_code: str
    message: str
    blocked: bool = False  # stopped by Stripe's own fraud rules, never sent to the bank


GENERIC = Decline("card_declined", "generic_decline", "Your card was declined.")
INSUFFICIENT_FUNDS = Decline(
    "card_declined", "insufficient_funds", "Your card has insufficient funds."
)
LOST = Decline("card_declined", "lost_card", "Your card was declined.")
STOLEN = Decline("card_declined", "stolen_card", "Your card was declined.")
EXPIRED = Decline("expired_card", "expired_card", "Your card has expired.")
INCORRECT_CVC = Decline("incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect.")
PROCESSING_ERROR = Decline(
    "processing_error",
    "processing_error",
    "An error occurred while processing your card. Try again in a little bit.",
)
VELOCITY = Decline(
    "card_declined",
    "card_velocity_exceeded",
    "Your card was declined for making repeated attempts too frequently or exceeding its "
    "amount limit.",
)
FRAUDULENT = Decline("card_declined", "fraudulent", "Your card was declined.", blocked=True)
LIVE_CARD = Decline(
    "card_declined",
    "test_mode_live_card",
    "Your card was declined. Your request was in test mode, but used a non test card.",
)
DECLINES = {
    decline.decline_code: decline
    for decline in (
        *(GENERIC, INSUFFICIENT_FUNDS, LOST, STOLEN, EXPIRED, INCORRECT_CVC),
        *(PROCESSING_ERROR, VELOCITY, FRAUDULENT, LIVE_CARD),
    )
}


class Afterwards(StrEnum):
    """What happens later to the money of a payment that went well."""

    NOTHING = "nothing"
    DISPUTE = "dispute"
    REFUND_PENDING = "refund_pending"
    REFUND_FAILS = "refund_fails"


@dataclass(frozen=True, slots=True)
class Card:
    number: str
    token: str
    brand: str = "visa"
    country: str = "US"
    funding: str = "credit"
    decline: Decline | None = None
    attaches: bool = True  # whether a customer can save it
    authentication: bool = False  # 3-D Secure, each time
    afterwards: Afterwards = Afterwards.NOTHING

    @property
    def last4(self) -> str:
        return self.number[-4:]


def _declined(number: str, name: str, decline: Decline) -> Card:
    return Card(number, name, decline=decline, attaches=False)


CARDS = (
    Card("4242424242424242", "visa"),
    Card("4000056655665556", "visa_debit", funding="debit"),
    Card("5555555555554444", "mastercard", brand="mastercard"),
    Card("5200828282828210", "mastercard_debit", brand="mastercard", funding="debit"),
    Card("5105105105105100", "mastercard_prepaid", brand="mastercard", funding="prepaid"),
    Card("378282246310005", "amex", brand="amex"),
    Card("6011111111111117", "discover", brand="discover"),
    Card("3056930009020004", "diners", brand="diners"),
    Card("3566002020360505", "jcb", brand="jcb", country="JP"),
    Card("6200000000000005", "unionpay", brand="unionpay", country="CN"),
    Card("4000008260000000", "gb", country="GB"),
    Card("4000002760000016", "de", country="DE"),
    Card("4000000000000077", "bypassPending"),
    _declined("4000000000000002", "visa_chargeDeclined", GENERIC),
    _declined("4000000000009995", "visa_chargeDeclinedInsufficientFunds", INSUFFICIENT_FUNDS),
    _declined("4000000000009987", "visa_chargeDeclinedLostCard", LOST),
    _declined("4000000000009979", "visa_chargeDeclinedStolenCard", STOLEN),
    _declined("4000000000000069", "chargeDeclinedExpiredCard", EXPIRED),
    _declined("4000000000000127", "chargeDeclinedIncorrectCvc", INCORRECT_CVC),
    _declined("4000000000000119", "chargeDeclinedProcessingError", PROCESSING_ERROR),
    _declined("4000000000006975", "visa_chargeDeclinedVelocityLimitExceeded", VELOCITY),
    Card("4100000000000019", "radarBlock", decline=FRAUDULENT),
    Card("4000000000000341", "chargeCustomerFail", decline=GENERIC),
    Card("4000002500003155", "authenticationRequiredOnSetup", authentication=True),
    Card("4000002760003184", "authenticationRequired", authentication=True),
    Card("4000000000003220", "threeDSecure2Required", authentication=True),
    Card(
        "4000008260003178",
        "authenticationRequiredChargeDeclinedInsufficientFunds",
        authentication=True,
        decline=INSUFFICIENT_FUNDS,
    ),
    Card(
        "4000008400001629",
        "threeDSecureRequiredChargeDeclined",
        authentication=True,
        decline=GENERIC,
    ),
    Card("4000000000000259", "createDispute", afterwards=Afterwards.DISPUTE),
    Card("4000000000007726", "pendingRefund", afterwards=Afterwards.REFUND_PENDING),
    Card("4000000000005126", "refundFail", afterwards=Afterwards.REFUND_FAILS),
)
_BY_NUMBER = {card.number: card for card in CARDS}
# Stripe's older names leave the brand out of the declined ones; both are in use.
_BY_TOKEN = {f"pm_card_{card.token}": card for card in CARDS} | {
    f"pm_card_{card.token.removeprefix('visa_')}": card for card in CARDS if card.decline
}


@dataclass(frozen=True, slots=True)
class BankAccount:
    """A SEPA account: the payment is `processing` first, and known only later."""

    iban: str
    succeeds: bool

    @property
    def last4(self) -> str:
        return self.iban[-4:]


_BANK_ACCOUNTS = {
    account.iban: account
    for account in (
        BankAccount("DE89370400440532013000", succeeds=True),
        BankAccount("DE62370400440532013001", succeeds=False),
    )
}

Instrument = Card | BankAccount


def by_token(token: str) -> Card | None:
    return _BY_TOKEN.get(token)


def by_number(number: str) -> Card:
    """The card with this number; a number that is no card's is a card error, as at Stripe."""
    digits = number.replace(" ", "").replace("-", "")
    if card := _BY_NUMBER.get(digits):
        return card
    if not digits.isdigit() or not 12 <= len(digits) <= 19 or not _luhn(digits):
        raise StripeError(
            "Your card number is incorrect.",
            status=402,
            kind="card_error",
            code="incorrect_number",
            param="number",
        )
    return Card(digits, "", decline=LIVE_CARD, attaches=False)


def by_iban(iban: str) -> BankAccount:
    account = _BANK_ACCOUNTS.get(iban.replace(" ", "").upper())
    if account is None:
        message = f"The IBAN you provided is invalid: {iban}"
        raise StripeError(message, code="invalid_bank_account_iban", param="sepa_debit[iban]")
    return account


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0

"""Currencies and amounts that Stripe takes. Amounts are integers in Stripe's smallest unit."""

from tools.stripe_server.errors import bad_parameter

# UGX and ISK have no cents any more, but Stripe still counts them in hundredths.
ZERO_DECIMAL = frozenset(
    {
        *("bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga"),
        *("pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"),
    }
)
THREE_DECIMAL = frozenset({"bhd", "jod", "kwd", "omr", "tnd"})

# Documented minimums. For other currencies Stripe converts to its account's and wants about half a
# dollar, which the last line approximates.
_MINIMUMS = {
    50: ("usd", "aud", "brl", "cad", "chf", "eur", "inr", "jpy", "nzd", "sgd"),
    30: ("gbp",),
    100: ("bgn",),
    250: ("dkk",),
    300: ("nok", "sek"),
    400: ("hkd",),
    200: ("aed", "myr", "pln", "ron"),
    1000: ("mxn", "thb"),
    1500: ("czk",),
    17500: ("huf",),
    6500: ("kes",),
    75000: ("ngn",),
    130000: ("tzs",),
    190000: ("ugx",),
    900: ("zar",),
}
MINIMUM = {code: amount for amount, codes in _MINIMUMS.items() for code in codes}
MAXIMUM = 99_999_999

CURRENCIES = frozenset(
    """usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp
    byn bzd cad cdf chf clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd
    gnf gtq gyd hkd hnl htg huf idr ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp
    lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab
    pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek sgd shp sle sos srd std szl thb tjs
    tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xof xpf yer zar zmw""".split()  # noqa: SIM905 - a list of these would fill a screen
)


def currency(code: str, *, param: str = "currency") -> str:
    """The code in lower case, as every answer shows it."""
    if code.lower() not in CURRENCIES:
        message = f"Invalid currency: {code.lower()}. Stripe does not support it"
        raise bad_parameter(message, param=param)
    return code.lower()


def check_amount(amount: int, code: str, *, param: str = "amount") -> int:
    """Refuse what no card network would take."""
    if amount < 1:
        message = "This value must be greater than or equal to 1."
        raise bad_parameter(message, param=param, code="parameter_invalid_integer")
    minimum = MINIMUM.get(code, 1)
    if amount < minimum:
        message = f"Amount must be at least {show(minimum, code)}"
        raise bad_parameter(message, param=param, code="amount_too_small")
    if amount > MAXIMUM and code != "idr":
        message = f"Amount must be no more than {show(MAXIMUM, code)}"
        raise bad_parameter(message, param=param, code="amount_too_large")
    return amount


def show(amount: int, code: str) -> str:
    digits = 0 if code in ZERO_DECIMAL else 3 if code in THREE_DECIMAL else 2
    return f"{amount / 10**digits:,.{digits}f} {code.upper()}"


def fee(amount: int, code: str) -> int:
    """What Stripe keeps of a card payment: 2.9 % and thirty cents where there are cents."""
    fixed = 0 if code in ZERO_DECIMAL else 30
    return min(amount, (amount * 29 + 500) // 1000 + fixed)

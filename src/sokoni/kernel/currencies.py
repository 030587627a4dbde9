"""The currencies a shop can sell in, and how many decimals each has.

Codes and exponents are ISO 4217's list one. Unicode's currency data (what Babel formats with) is
not a source for exponents: it gives the decimals people write, so that 0 stands for IQD (ISO: 3)
or MGA, LAK and ALL (ISO: 2). Left out are the codes nobody can pay with: funds and units of
account (BOV, CHE, CHW, CLF, COU, MXV, USN, UYI, UYW, XAD), metals and tests (X…).
"""

from collections.abc import Mapping
from types import MappingProxyType

TWO_DECIMALS = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL
    HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT
    MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB
    SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH
    USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"

EXPONENTS: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(TWO_DECIMALS.split(), 2)
    | dict.fromkeys(NO_DECIMALS.split(), 0)
    | dict.fromkeys(THREE_DECIMALS.split(), 3)
)


class UnknownCurrency(ValueError):
    """Not the code of a currency that people pay with"""

    def __init__(self, currency: str) -> None:
        super().__init__(f"{currency!r} is not a currency code; write it like EUR")


def exponent(currency: str) -> int:
    """How many decimals one unit of the currency has: 2 for TZS, 0 for JPY, 3 for KWD."""
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise UnknownCurrency(currency) from None

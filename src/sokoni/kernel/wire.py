"""Money on the wire: `{"amount": 1999, "currency": "EUR"}`, strict in and exact out."""

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sokoni.kernel.currencies import exponent
from sokoni.kernel.money import MAX_AMOUNT, Money
from sokoni.kernel.schemas import Out


def _known(currency: str) -> str:
    exponent(currency)
    return currency


CurrencyCode = Annotated[
    str,
    Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 currency code", examples=["EUR"]),
    AfterValidator(_known),
]
AMOUNT = "Integer minor units by the ISO 4217 exponent: 1999 is 19.99 EUR, 1999 JPY, 1.999 KWD"


class _Wire(BaseModel):
    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        json_schema_extra={"examples": [{"amount": 1999, "currency": "EUR"}]},
    )

    amount: int
    currency: CurrencyCode

    @classmethod
    def of(cls, money: Money) -> Self:
        return cls(amount=money.amount, currency=money.currency)

    def to_money(self) -> Money:
        return Money(self.amount, self.currency)


class MoneyOut(_Wire):
    """An amount that the shop tells; negative ones are possible."""

    amount: int = Field(ge=-MAX_AMOUNT, le=MAX_AMOUNT, description=AMOUNT)


class MoneyIn(_Wire):
    """An amount that somebody sets: a price, a fee, a refund; never negative."""

    amount: int = Field(ge=0, le=MAX_AMOUNT, description=AMOUNT)


class TotalsOut(Out):
    """`tax` was added on top, `tax_included` is contained in the rest."""

    items: MoneyOut
    discount: MoneyOut
    shipping: MoneyOut
    tax: MoneyOut
    tax_included: MoneyOut
    gift_card: MoneyOut
    grand_total: MoneyOut

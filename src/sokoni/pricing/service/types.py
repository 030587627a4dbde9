"""What goes into `price` and what comes out. Amounts are minor units of one currency."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sokoni.markets.queries import ShippingOption, TaxRate

MAX_QUANTITY = 10_000


@dataclass(frozen=True, slots=True)
class LineToPrice:
    """Some units of one variant. `key` names the line in the quote and its explanation.

    `unit_price` and `compare_at` are of one unit, and so is `weight_g`. `category_ids` is what
    rules will select lines by; a list price does not depend on it.
    """

    key: str
    variant_id: UUID
    quantity: int
    unit_price: int
    currency: str
    compare_at: int | None = None
    weight_g: int = 0
    taxable: bool = True
    category_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class PriceContext:
    """Where the purchase happens. `tax_inclusive`: prices and shipping contain their tax.

    All the `tax_rates` apply to each taxable line; `service.context_for` picks a country's.
    """

    currency: str
    tax_inclusive: bool
    tax_rates: tuple[TaxRate, ...] = ()
    shipping: ShippingOption | None = None


@dataclass(frozen=True, slots=True)
class TaxShare:
    """The part of one tax that falls on one line or on the shipping."""

    rate_id: UUID
    name: str
    rate_bp: int
    amount: int


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A priced line. `taxable_base` is what the rates apply to: the line after its discount, or 0.

    `tax` is the sum of `taxes`; in a tax-inclusive quote it is contained in `line_total`, else it
    comes on top.
    """

    key: str
    variant_id: UUID
    quantity: int
    unit_price: int
    compare_at: int | None
    line_total: int
    discount: int
    taxable_base: int
    tax: int = 0
    taxes: tuple[TaxShare, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteShipping:
    """The chosen shipping option and its tax, contained or on top as on the lines."""

    option_id: UUID
    name: str
    amount: int
    tax: int = 0
    taxes: tuple[TaxShare, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteTax:
    """One tax of the whole purchase: the sum of its shares on lines and shipping."""

    rate_id: UUID
    name: str
    rate_bp: int
    base: int
    amount: int
    included: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums a buyer sees. `tax` was added on top, `tax_included` is contained in the rest."""

    items: int
    discount: int
    shipping: int
    tax: int
    tax_included: int
    gift_card: int
    grand_total: int


class StepKind(StrEnum):
    LIST_PRICE = "list_price"
    SHIPPING = "shipping"
    TAX = "tax"
    TAX_INCLUDED = "tax_included"
    TAX_SHARE = "tax_share"


@dataclass(frozen=True, slots=True)
class Step:
    """One small sum of the derivation: an amount, what it is for, and how it came about.

    `subject` is a line's key, `shipping`, or a tax's name. Steps `in_total` add up to the grand
    total; the others divide or look into an amount that is counted already.
    """

    kind: StepKind
    subject: str
    amount: int
    in_total: bool
    formula: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A priced purchase, with the derivation of every minor unit in `explain`."""

    currency: str
    tax_inclusive: bool
    lines: tuple[QuoteLine, ...]
    shipping: QuoteShipping | None
    taxes: tuple[QuoteTax, ...]
    totals: Totals
    weight_g: int
    explain: tuple[Step, ...]

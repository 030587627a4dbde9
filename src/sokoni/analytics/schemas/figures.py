"""Figures on the wire. Every answer says which period, currency and time zone it is about."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from sokoni.analytics.periods import Compared, Interval, Period
from sokoni.analytics.queries import (
    BestSeller,
    Buyers,
    BuyersOfPeriod,
    Funnel,
    Sales,
    TopCustomer,
)
from sokoni.analytics.schemas.pictures import PictureOut
from sokoni.kernel.ids import OrderId, ProductId, encode
from sokoni.kernel.schemas import Out
from sokoni.kernel.storage import Storage
from sokoni.kernel.wire import MoneyOut


class PeriodOut(Out):
    """From `from_at` (included) to `to_at` (not)."""

    from_at: datetime
    to_at: datetime

    @classmethod
    def of(cls, period: Period) -> Self:
        return cls(from_at=period.since, to_at=period.until)


class FiguresOut(Out):
    """What a figure is about. Buckets begin by the clocks of `time_zone`."""

    currency: Annotated[str, Field(examples=["EUR"])]
    time_zone: Annotated[str, Field(examples=["UTC"])]
    interval: Interval
    period: PeriodOut
    previous_period: PeriodOut


class SalesOut(Out):
    """What was sold. `sales` with shipping and tax; `refunds` at the time they were made.

    `net_sales` is the difference. `new_customers` bought for the first time.
    """

    orders: int
    sales: MoneyOut
    refunds: MoneyOut
    net_sales: MoneyOut
    average_order_value: MoneyOut | None
    new_customers: int

    @classmethod
    def of(cls, sales: Sales, currency: str) -> Self:
        def money(amount: int) -> MoneyOut:
            return MoneyOut(amount=amount, currency=currency)

        average = sales.average_order_value
        return cls(
            orders=sales.orders,
            sales=money(sales.sales),
            refunds=money(sales.refunds),
            net_sales=money(sales.net_sales),
            average_order_value=None if average is None else money(average),
            new_customers=sales.new_customers,
        )


class SalesBucket(SalesOut):
    """One hour, day, week or month, and what the one in its place of the period before brought."""

    starts_at: datetime
    ends_at: datetime
    previous: SalesOut


class SalesReport(FiguresOut):
    """Sales over time beside the period before, every bucket there, also where nothing was sold."""

    total: SalesOut
    previous_total: SalesOut
    items: list[SalesBucket]

    @classmethod
    def told(
        cls,
        about: FiguresOut,
        *,
        compared: Compared,
        now: list[Sales],
        before: list[Sales],
    ) -> Self:
        items = [
            SalesBucket(
                starts_at=starts_at,
                ends_at=ends_at,
                previous=SalesOut.of(then, about.currency),
                **dict(SalesOut.of(sold, about.currency)),
            )
            for (starts_at, ends_at), sold, then in zip(
                compared.now.buckets, now, before, strict=True
            )
        ]
        return cls(
            **dict(about),
            total=SalesOut.of(sum(now, Sales()), about.currency),
            previous_total=SalesOut.of(sum(before, Sales()), about.currency),
            items=items,
        )


class BestSellerOut(Out):
    """A product and what it sold; `revenue` is what its lines came to. Gone: without a slug."""

    product_id: ProductId
    slug: str | None
    title: str
    thumbnail: PictureOut | None
    units: int
    revenue: MoneyOut
    orders: int
    previous_units: int
    previous_revenue: MoneyOut

    @classmethod
    def of(cls, sold: BestSeller, *, storage: Storage, currency: str) -> Self:
        return cls(
            product_id=sold.product_id,
            slug=sold.slug,
            title=sold.title,
            thumbnail=PictureOut.of(sold.picture, storage),
            units=sold.units,
            revenue=MoneyOut(amount=sold.revenue, currency=currency),
            orders=sold.orders,
            previous_units=sold.units_before,
            previous_revenue=MoneyOut(amount=sold.revenue_before, currency=currency),
        )


class ProductsReport(FiguresOut):
    """The products that sold best, best first."""

    items: list[BestSellerOut]


class BuyersOut(Out):
    """People by e-mail address; `returning` bought before, `accounts` were opened in that time."""

    customers: int
    new_customers: int
    returning: int
    accounts: int


class BuyersBucket(BuyersOut):
    starts_at: datetime
    ends_at: datetime
    previous: BuyersOut


class TopCustomerOut(Out):
    """Somebody with what they spent in the period. `id` opens them at `/admin/customers/{id}`."""

    id: Annotated[str, Field(examples=["usr_01j4vg0000e0080000000000g1"])]
    email: str
    name: str | None
    orders: int
    spent: MoneyOut
    last_order_id: OrderId

    @classmethod
    def of(cls, customer: TopCustomer, currency: str) -> Self:
        return cls(
            id=customer_id(user_id=customer.user_id, order_id=customer.order_id),
            email=customer.email,
            name=customer.name,
            orders=customer.orders,
            spent=MoneyOut(amount=customer.spent, currency=currency),
            last_order_id=customer.order_id,
        )


class CustomersReport(FiguresOut):
    """Who bought over time, and who the most. Nobody counts twice in a total."""

    total: BuyersOut
    previous_total: BuyersOut
    items: list[BuyersBucket]
    top: list[TopCustomerOut]

    @classmethod
    def told(
        cls,
        about: FiguresOut,
        *,
        compared: Compared,
        now: BuyersOfPeriod,
        before: BuyersOfPeriod,
        top: list[TopCustomer],
    ) -> Self:
        items = [
            BuyersBucket(
                starts_at=starts_at,
                ends_at=ends_at,
                previous=BuyersOut.model_validate(then),
                **dict(BuyersOut.model_validate(bought)),
            )
            for (starts_at, ends_at), bought, then in zip(
                compared.now.buckets, now.buckets, before.buckets, strict=True
            )
        ]
        return cls(
            **dict(about),
            total=_buyers(now.total),
            previous_total=_buyers(before.total),
            items=items,
            top=[TopCustomerOut.of(customer, about.currency) for customer in top],
        )


class FunnelOut(Out):
    """Carts with something in them, and how many of those got further.

    `checkouts`: the buyer left an e-mail address. `orders`: placed, paid or not.
    """

    carts: int
    checkouts: int
    orders: int
    paid: int


class FunnelReport(FiguresOut):
    """How far the carts got that were begun in the period, beside the period before."""

    total: FunnelOut
    previous_total: FunnelOut

    @classmethod
    def told(cls, about: FiguresOut, *, now: Funnel, before: Funnel) -> Self:
        return cls(
            **dict(about),
            total=FunnelOut.model_validate(now),
            previous_total=FunnelOut.model_validate(before),
        )


def customer_id(*, user_id: UUID | None, order_id: UUID) -> str:
    """A customer with an account goes by it, a guest by an order of theirs."""
    return encode("usr", user_id) if user_id else encode("ord", order_id)


def _buyers(found: Buyers) -> BuyersOut:
    return BuyersOut.model_validate(found)

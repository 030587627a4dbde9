"""Customers for staff: accounts and guests, with what they bought."""

from typing import Annotated

from fastapi import Depends, Path, Query

from sokoni.analytics.queries import customers
from sokoni.analytics.queries.customers import CustomerKind
from sokoni.analytics.schemas.customers import CustomerDetail, CustomerOut
from sokoni.identity import queries as identity
from sokoni.identity.queries import UserSort
from sokoni.kernel.access import Permission, Staff
from sokoni.kernel.db import Read
from sokoni.kernel.errors import Invalid, NotFound
from sokoni.kernel.ids import decode
from sokoni.kernel.paging import DEFAULT_LIMIT, Cursor, Limit, Page
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api

router = Api(
    prefix="/admin/customers",
    tags=["admin.customers"],
    dependencies=[Depends(Staff(Permission.CUSTOMERS_READ))],
)

CustomerId = Annotated[
    str,
    Path(
        max_length=64,
        description="An account (`usr_…`), or any order of a guest (`ord_…`).",
        examples=["usr_01j4vg0000e0080000000000g1"],
    ),
]


@router.get("", name="list")
async def list_customers(
    *,
    db: Read,
    kind: Annotated[
        CustomerKind, Query(description="Accounts; or guests, by their newest order.")
    ] = CustomerKind.ACCOUNT,
    q: Annotated[
        str | None,
        Query(
            max_length=254,
            pattern=r"^[^\x00]*$",
            description="How the e-mail address begins, or of accounts the name.",
        ),
    ] = None,
    sort: Annotated[
        UserSort | None,
        Query(description="Of accounts, without it the newest first; a minus turns it round."),
    ] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[CustomerOut]:
    """List customers with what they bought."""
    if kind is CustomerKind.ACCOUNT:
        rows = await customers.accounts(
            db, q=q, limit=limit, cursor=cursor, sort=sort or UserSort.NEWEST
        )
    elif sort is not None:
        raise Invalid.field("/query/sort", "is for accounts; guests stand by their newest order")
    else:
        rows = await customers.guests(db, q=q, limit=limit, cursor=cursor)
    items = [CustomerOut.of(customer) for customer in rows.items]
    return Page(items=items, next_cursor=rows.next_cursor)


@router.get("/{customer_id}", responses=problem_responses(NotFound))
async def get(*, customer_id: CustomerId, db: Read) -> CustomerDetail:
    """Show a customer with their addresses; their orders are in the list of orders, by e-mail."""
    user_id = decode("usr", customer_id)
    if user_id is not None:
        account = await customers.account(db, user_id)
        return CustomerDetail.with_book(account, await identity.addresses(db, user_id=user_id))
    order_id = decode("ord", customer_id)
    guest = await customers.guest(db, order_id) if order_id is not None else None
    if guest is None:
        raise NotFound
    return CustomerDetail.with_used(guest, await customers.guest_addresses(db, email=guest.email))

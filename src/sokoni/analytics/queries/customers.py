"""Customers: accounts, and guests by the e-mail address of their orders.

An account's orders are those it placed, and those placed without signing in under its address. A
guest goes by the id of any of their orders, so that no address stands in a link or a log; whoever
has an account is none. What customers spent is what was captured of them and not given back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.engine import Row

from sokoni.identity import queries as identity
from sokoni.identity.queries import UserSort
from sokoni.kernel.db import ReadSession
from sokoni.kernel.paging import Rows, decode_cursor, encode_cursor

GUESTS = "admin.guests"


class CustomerKind(StrEnum):
    ACCOUNT = "account"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Spent:
    """Minor units of a currency: captured and not refunded."""

    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who bought or may buy. `orders` were paid, whatever became of them."""

    kind: CustomerKind
    id: UUID
    email: str
    name: str | None
    is_active: bool
    email_verified_at: datetime | None
    created_at: datetime
    orders: int
    spent: tuple[Spent, ...]
    first_order_at: datetime | None
    last_order_at: datetime | None
    last_order_id: UUID | None


# One row per asked person, in the order asked: `mine` are their orders, by two indexes.
FIGURES = text(
    """
    SELECT asked.nth, whole.orders, whole.first_order_at, last.placed_at AS last_order_at,
           last.id AS last_order_id, whole.spent
      FROM unnest(CAST(:user_ids AS uuid[]), CAST(:emails AS text[]))
           WITH ORDINALITY AS asked (user_id, email, nth)
     CROSS JOIN LATERAL (
           SELECT coalesce(CAST(sum(c.orders) AS bigint), 0) AS orders,
                  min(c.first_order_at) AS first_order_at,
                  json_agg(json_build_array(c.spent, c.currency) ORDER BY c.currency)
                      FILTER (WHERE c.orders > 0) AS spent
             FROM (SELECT m.currency, min(m.placed_at) AS first_order_at,
                          count(*) FILTER (WHERE m.payment_status NOT IN ('pending', 'failed'))
                              AS orders,
                          sum(coalesce(paid.kept, 0)) AS spent
                     FROM (SELECT o.id, o.currency, o.placed_at, o.payment_status
                             FROM orders.orders AS o WHERE o.user_id = asked.user_id
                            UNION ALL
                           SELECT o.id, o.currency, o.placed_at, o.payment_status
                             FROM orders.orders AS o
                            WHERE o.email = asked.email AND o.user_id IS NULL) AS m
                     LEFT JOIN LATERAL (
                          SELECT CAST(sum(s.captured - s.refunded) AS bigint) AS kept
                            FROM payments.sessions AS s WHERE s.order_id = m.id) AS paid ON true
                    GROUP BY m.currency) AS c) AS whole
      LEFT JOIN LATERAL (
           SELECT o.id, o.placed_at FROM (
               (SELECT id, placed_at FROM orders.orders WHERE user_id = asked.user_id
                 ORDER BY placed_at DESC, id DESC LIMIT 1)
               UNION ALL
               (SELECT id, placed_at FROM orders.orders
                 WHERE email = asked.email AND user_id IS NULL
                 ORDER BY placed_at DESC LIMIT 1)) AS o
            ORDER BY o.placed_at DESC, o.id DESC LIMIT 1) AS last ON true
     ORDER BY asked.nth
    """
)

# A guest's newest order stands for them; the walk by time ends as soon as the page is full.
PAGE_OF_GUESTS = """
    SELECT o.id, o.email, o.placed_at, o.shipping_address ->> 'name' AS name
      FROM orders.orders AS o
     WHERE o.user_id IS NULL {conditions}
       AND NOT EXISTS (SELECT FROM orders.orders AS later
                        WHERE later.email = o.email AND later.user_id IS NULL
                          AND (later.placed_at, later.id) > (o.placed_at, o.id))
       AND NOT EXISTS (SELECT FROM identity.users AS u WHERE u.email = o.email)
     ORDER BY o.placed_at DESC, o.id DESC LIMIT :most
"""
AFTER = " AND (o.placed_at, o.id) < (:placed_at, :last_id)"
BEGINNING = " AND o.email LIKE :start"

GUEST = text(
    """
    SELECT newest.id, newest.email, newest.placed_at, newest.shipping_address ->> 'name' AS name
      FROM orders.orders AS named
      JOIN orders.orders AS newest ON newest.email = named.email AND newest.user_id IS NULL
     WHERE named.id = :id AND named.user_id IS NULL
       AND NOT EXISTS (SELECT FROM identity.users AS u WHERE u.email = named.email)
     ORDER BY newest.placed_at DESC, newest.id DESC LIMIT 1
    """
)
ADDRESSES = text(
    """
    SELECT address FROM (
        SELECT DISTINCT ON (shipping_address) shipping_address AS address, placed_at
          FROM (SELECT shipping_address, placed_at FROM orders.orders
                 WHERE email = :email AND user_id IS NULL
                 ORDER BY placed_at DESC LIMIT 50) AS latest
         ORDER BY shipping_address, placed_at DESC) AS used
     ORDER BY placed_at DESC LIMIT 10
    """
)


async def accounts(
    db: ReadSession, *, q: str | None, limit: int, cursor: str | None, sort: UserSort
) -> Rows[Customer]:
    """A page of accounts; `q` begins an e-mail address or a name."""
    wanted = identity.Wanted(q=q or None)
    rows = await identity.users(db, wanted=wanted, limit=limit, cursor=cursor, sort=sort)
    figures = await _figures(db, [(profile.id, profile.email) for profile in rows.items])
    items = [_account(profile, row) for profile, row in zip(rows.items, figures, strict=True)]
    return Rows(items=items, next_cursor=rows.next_cursor)


async def guests(
    db: ReadSession, *, q: str | None, limit: int, cursor: str | None
) -> Rows[Customer]:
    """A page of guests, by their newest order; `q` begins the e-mail address."""
    values: dict[str, Any] = {"most": limit + 1}
    conditions = ""
    if q:
        conditions += BEGINNING
        values["start"] = f"{_escaped(q.lower())}%"
    if cursor is not None:
        placed_at, last_id = decode_cursor(GUESTS, cursor, of=tuple[datetime, UUID])
        conditions += AFTER
        values |= {"placed_at": placed_at, "last_id": last_id}
    found = (await db.execute(text(PAGE_OF_GUESTS.format(conditions=conditions)), values)).all()
    page = found[:limit]
    last = page[-1] if len(found) > limit else None
    figures = await _figures(db, [(None, row.email) for row in page])
    return Rows(
        items=[_guest(row, own) for row, own in zip(page, figures, strict=True)],
        next_cursor=encode_cursor(GUESTS, [last.placed_at.isoformat(), str(last.id)])
        if last
        else None,
    )


async def account(db: ReadSession, user_id: UUID) -> Customer:
    """The customer with this account. Raises NotFound."""
    profile = await identity.user(db, user_id)
    return _account(profile, (await _figures(db, [(profile.id, profile.email)]))[0])


async def guest(db: ReadSession, order_id: UUID) -> Customer | None:
    """The guest who placed this order; None for an order of somebody who has an account."""
    row = (await db.execute(GUEST, {"id": order_id})).one_or_none()
    return None if row is None else _guest(row, (await _figures(db, [(None, row.email)]))[0])


async def guest_addresses(db: ReadSession, *, email: str) -> list[dict[str, Any]]:
    """Where a guest's latest orders went, the latest first; ten at most."""
    return list(await db.scalars(ADDRESSES, {"email": email}))


async def _figures(
    db: ReadSession, people: Sequence[tuple[UUID | None, str]]
) -> Sequence[Row[Any]]:
    """What each of these bought. One statement."""
    values = {
        "user_ids": [user_id for user_id, _ in people],
        "emails": [email for _, email in people],
    }
    return (await db.execute(FIGURES, values)).all()


def _account(profile: identity.Profile, row: Row[Any]) -> Customer:
    return Customer(
        kind=CustomerKind.ACCOUNT,
        id=profile.id,
        email=profile.email,
        name=profile.name,
        is_active=profile.is_active,
        email_verified_at=profile.email_verified_at,
        created_at=profile.created_at,
        **_bought(row),
    )


def _guest(row: Row[Any], figures: Row[Any]) -> Customer:
    return Customer(
        kind=CustomerKind.GUEST,
        id=row.id,
        email=row.email,
        name=row.name,
        is_active=True,
        email_verified_at=None,
        created_at=figures.first_order_at,
        **_bought(figures),
    )


def _bought(row: Row[Any]) -> dict[str, Any]:
    return {
        "orders": row.orders,
        "spent": tuple(Spent(int(amount), currency) for amount, currency in row.spent or ()),
        "first_order_at": row.first_order_at,
        "last_order_at": row.last_order_at,
        "last_order_id": row.last_order_id,
    }


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")

"""Rate limits that all processes share, in one unlogged table.

GCRA: a row says when the caller's allowance will be full again. One upsert asks and takes; it runs
in autocommit on its own, so that a refused or failed request still counts. The table may be lost
in a crash, which gives everybody a fresh allowance; with the database away everybody is let in.

Who counts is the user, the server key or the client's address. Behind proxies the address is read
from `X-Forwarded-For`, from the right, skipping the networks in `TRUSTED_PROXIES`; without trusted
proxies the header is anybody's claim and is not read.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

import structlog
from fastapi import Depends, Request
from sqlalchemy import Column, DateTime, Table, Text, delete, func, text

from sokoni.kernel.access import Caller
from sokoni.kernel.db import Base, Database, WriteSession
from sokoni.kernel.errors import TooMany

log = structlog.get_logger(__name__)

Network = IPv4Network | IPv6Network

rate_limits = Table(
    "rate_limits",
    Base.metadata,
    Column("key", Text, primary_key=True),
    Column("full_at", DateTime(timezone=True), nullable=False),
    schema="kernel",
    prefixes=["UNLOGGED"],
    postgresql_with={"fillfactor": 50},
)

# `full_at` moves by one emission per request and may not pass `window` from now. The first select
# answers when the request is let in, the second, without writing, when it is not.
TAKE = text(
    """
    WITH taken AS (
        INSERT INTO kernel.rate_limits AS l (key, full_at)
        VALUES (:key, now() + cast(:emission AS float8) * interval '1 second')
        ON CONFLICT (key) DO UPDATE
           SET full_at = greatest(l.full_at, now())
                         + cast(:emission AS float8) * interval '1 second'
         WHERE greatest(l.full_at, now()) + cast(:emission AS float8) * interval '1 second'
               <= now() + cast(:window AS float8) * interval '1 second' + interval '1 millisecond'
        RETURNING extract(epoch FROM full_at - now())::float8 AS busy)
    SELECT true AS let_in, busy FROM taken
    UNION ALL
    SELECT false, extract(epoch FROM full_at - now())::float8 FROM kernel.rate_limits
     WHERE key = :key AND NOT EXISTS (SELECT FROM taken)
    """
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is left of an allowance; times in whole seconds, rounded up."""

    let_in: bool
    times: int
    remaining: int
    reset: int
    retry_after: int

    @property
    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.times),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
        }


async def take(db: Database, key: str, *, times: int, per: float) -> Verdict:
    """Take one of `times` in `per` seconds from the allowance of `key`."""
    emission = per / times
    async with db.reading() as session:
        ask = {"key": key, "emission": emission, "window": per}
        row = (await session.execute(TAKE, ask)).first()
    let_in, busy = (row.let_in, float(row.busy)) if row is not None else (False, per)
    return Verdict(
        let_in=let_in,
        times=times,
        remaining=max(0, math.floor((per - busy) / emission + 0.001)) if let_in else 0,
        reset=max(0, math.ceil(busy)),
        retry_after=0 if let_in else max(1, math.ceil(busy + emission - per)),
    )


def limited(name: str, *, times: int, per: float) -> Any:
    """A dependency that lets each caller in `times` in `per` seconds; else 429.

    Put it after the access: `dependencies=[Depends(PUBLIC), limited("login", times=10, per=60)]`.
    """

    async def limit(request: Request) -> None:
        if not request.app.state.settings.rate_limit_enabled:
            return
        try:
            verdict = await take(
                request.app.state.db, f"{name}:{who(request)}", times=times, per=per
            )
        except Exception as error:  # noqa: BLE001 - a shop that cannot count still serves
            log.warning("rate limit not checked", limit=name, error=repr(error))
            return
        request.state.limit_headers = verdict.headers
        if not verdict.let_in:
            raise TooMany(
                f"Too many requests; try again in {verdict.retry_after} s.",
                headers={"Retry-After": str(verdict.retry_after)},
            )

    return Depends(limit)


def who(request: Request) -> str:
    """The caller as a limit counts them."""
    caller: Caller = getattr(request.state, "caller", Caller())
    return caller.actor if caller.is_known else client_address(request)


def client_address(request: Request) -> str:
    """The client's address, as far as it can be trusted; IPv6 by its /64."""
    peer = request.client.host if request.client is not None else ""
    trusted: Sequence[Network] = request.app.state.settings.proxies
    hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",")]
    while trusted and hops and _is_within(peer, trusted):
        claimed = hops.pop()
        if _parsed(claimed) is None:
            break
        peer = claimed
    found = _parsed(peer)
    if isinstance(found, IPv6Address):
        return str(IPv6Network((found, 64), strict=False))
    return str(found or peer or "unknown")


async def forget_full(tx: WriteSession) -> None:
    """Drop the rows of callers whose allowance is full again."""
    await tx.execute(delete(rate_limits).where(rate_limits.c.full_at < func.now()))


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _is_within(address: str, networks: Sequence[Network]) -> bool:
    found = _parsed(address)
    return found is not None and any(found in network for network in networks)

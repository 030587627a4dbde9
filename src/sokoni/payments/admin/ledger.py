"""The ledger for staff: what stands on which account."""

from typing import Annotated

from fastapi import Depends, Query
from pydantic import AwareDatetime

from sokoni.kernel.access import Permission, Staff
from sokoni.kernel.db import Read
from sokoni.kernel.now import Now
from sokoni.kernel.routing import Api
from sokoni.payments import queries
from sokoni.payments.schemas import TrialBalanceOut

router = Api(
    prefix="/admin/ledger",
    tags=["admin.ledger"],
    dependencies=[Depends(Staff(Permission.PAYMENTS_READ))],
)


@router.get("/trial-balance")
async def trial_balance(
    *,
    db: Read,
    now: Now,
    at: Annotated[
        AwareDatetime | None, Query(description="What was booked before; without it, all.")
    ] = None,
) -> TrialBalanceOut:
    """Add up the ledger, account by account; each currency's accounts come to zero.

    Debits are what is owed to the shop, credits its revenue and what it owes.
    """
    return TrialBalanceOut.of(await queries.trial_balance(db, before=at), at=at or now)

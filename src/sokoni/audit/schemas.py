"""The audit log as staff read it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field

from sokoni.kernel.ids import AuditId, decode, encode
from sokoni.kernel.schemas import Out

NOUNS = {"user": "usr", "key": "key"}


def shown_actor(actor: str) -> str:
    """`user:<uuid>` in the log is `usr_…` on the wire; `system` and `guest` stay."""
    noun, _, value = actor.partition(":")
    return encode(NOUNS[noun], UUID(value)) if noun in NOUNS else actor


def stored_actor(shown: str) -> str:
    """The other way round; anything unknown stays as it is and matches nothing."""
    for noun, prefix in NOUNS.items():
        value = decode(prefix, shown)
        if value is not None:
            return f"{noun}:{value}"
    return shown


class EntryOut(Out):
    """One change: who, what, when, and the changed fields before and after."""

    id: AuditId
    at: datetime
    actor: Annotated[str, AfterValidator(shown_actor), Field(examples=["system"])]
    action: Annotated[str, Field(examples=["product.archived"])]
    subject: Annotated[str, Field(examples=["prod_01j4vg0000e0080000000000g1"])]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    request_id: str | None
    note: str | None

"""Writes of identity, one file per noun; others call them as `identity.sign_in(tx, …)`."""

from sokoni.identity.service.addresses import (
    AddressFields,
    add_address,
    change_address,
    delete_address,
)
from sokoni.identity.service.handing import COOKIE, Handed, Tokens, hand_over, refresh_cookie
from sokoni.identity.service.keys import IssuedKey, issue_key, note_key_use, revoke_key
from sokoni.identity.service.locksmith import Locksmith
from sokoni.identity.service.roles import (
    change_role,
    create_role,
    delete_role,
    make_administrator,
)
from sokoni.identity.service.sessions import (
    Device,
    Proven,
    Signed,
    forget_old_sessions,
    refresh,
    revoke_by_token,
    revoke_session,
    revoke_sessions,
    sign_in,
)
from sokoni.identity.service.users import (
    change_password,
    change_user,
    claim_shop,
    create_admin,
    create_user,
    erase_user,
    rename_user,
)

__all__ = [
    "COOKIE",
    "AddressFields",
    "Device",
    "Handed",
    "IssuedKey",
    "Locksmith",
    "Proven",
    "Signed",
    "Tokens",
    "add_address",
    "change_address",
    "change_password",
    "change_role",
    "change_user",
    "claim_shop",
    "create_admin",
    "create_role",
    "create_user",
    "delete_address",
    "delete_role",
    "erase_user",
    "forget_old_sessions",
    "hand_over",
    "issue_key",
    "make_administrator",
    "note_key_use",
    "refresh",
    "refresh_cookie",
    "rename_user",
    "revoke_by_token",
    "revoke_key",
    "revoke_session",
    "revoke_sessions",
    "sign_in",
]

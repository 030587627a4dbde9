"""Reads of accounts, sessions, roles, keys and addresses."""

from sokoni.identity.queries.lists import UserSort, Wanted, users
from sokoni.identity.queries.reading import (
    Badge,
    Profile,
    Standing,
    Stored,
    address,
    addresses,
    administrator_exists,
    api_key,
    api_keys,
    names_of,
    roles,
    sessions,
    standing,
    stored_password,
    user,
    user_by_email,
)

__all__ = [
    "Badge",
    "Profile",
    "Standing",
    "Stored",
    "UserSort",
    "Wanted",
    "address",
    "addresses",
    "administrator_exists",
    "api_key",
    "api_keys",
    "names_of",
    "roles",
    "sessions",
    "standing",
    "stored_password",
    "user",
    "user_by_email",
    "users",
]

"""Request and response bodies of identity."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from sokoni.kernel.access import Permission
from sokoni.kernel.ids import AddressId, ApiKeyId, RoleId, SessionId
from sokoni.kernel.schemas import (
    Address,
    Body,
    CountryCode,
    Email,
    FromText,
    Line,
    NotNull,
    OptionalLine,
    Out,
)

NewPassword = Annotated[
    str,
    Field(
        min_length=8,
        max_length=128,
        examples=["seven-wet-mangoes"],
        json_schema_extra={"format": "password"},
    ),
]
Password = Annotated[
    str, Field(min_length=1, max_length=128, json_schema_extra={"format": "password"})
]
RefreshText = Annotated[str, Field(min_length=1, max_length=200)]
Name = Annotated[OptionalLine | None, Field(examples=["Asha Mrema"])]
GrantedPermission = Annotated[Permission, FromText]
Permissions = Annotated[list[GrantedPermission], Field(max_length=100)]


class Registration(Body):
    """A new account."""

    email: Email
    password: NewPassword
    name: Name = None


class AdminRegistration(Registration):
    """The first administrator, with the shop's `ADMIN_SECRET`."""

    admin_secret: Annotated[str, Field(min_length=1, max_length=500)]


class PasswordForm(BaseModel):
    """OAuth2's password form, which may have more fields than these."""

    username: Annotated[str, Field(max_length=254)]
    password: Annotated[str, Field(max_length=128, json_schema_extra={"format": "password"})]
    grant_type: Annotated[str, Field(pattern="^password$")] = "password"


class Refresh(Body):
    """The refresh token of a client without cookies."""

    refresh_token: RefreshText


class Logout(Body):
    """What to sign out of: this session, or all of the user's."""

    refresh_token: RefreshText | None = None
    everywhere: bool = False


class PasswordChange(Body):
    """The current password and the one to replace it."""

    current_password: Password
    new_password: NewPassword


class MeChange(Body):
    """What users may change about themselves."""

    name: Name = None


class Erasure(Body):
    """The password, to be sure that it is the owner who deletes the account."""

    password: Password


class SessionOut(Out):
    """One sign-in on one device."""

    id: SessionId
    user_agent: str | None
    ip: str | None
    created_at: datetime
    last_used_at: datetime
    is_current: bool


class UserChange(Body):
    """Activate, deactivate, or give exactly these roles."""

    is_active: Annotated[bool | None, NotNull] = None
    roles: Annotated[list[RoleId] | None, NotNull, Field(max_length=100)] = None


class NewRole(Body):
    """A named set of permissions."""

    name: Annotated[Line, Field(max_length=100, examples=["Warehouse"])]
    permissions: Permissions


class RoleChange(Body):
    """A new name, or other permissions."""

    name: Annotated[Line | None, NotNull, Field(max_length=100)] = None
    permissions: Annotated[Permissions | None, NotNull] = None


class RoleOut(Out):
    """A named set of permissions."""

    id: RoleId
    name: str
    permissions: list[str]
    created_at: datetime
    version: int


class NewApiKey(Body):
    """A key for a server, limited to these permissions."""

    name: Annotated[Line, Field(examples=["Warehouse system"])]
    scopes: Annotated[list[GrantedPermission], Field(min_length=1, max_length=100)]


class ApiKeyOut(Out):
    """A server key, recognisable by its first characters."""

    id: ApiKeyId
    name: str
    prefix: str
    scopes: list[str]
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


class IssuedKeyOut(ApiKeyOut):
    """A new server key. `key` is shown this once."""

    key: str


class SavedAddressIn(Address):
    """An address for the book."""

    is_default: bool = False


class SavedAddressChange(Body):
    """The fields of an address to change."""

    name: Annotated[Line | None, NotNull] = None
    company: OptionalLine | None = None
    line1: Annotated[Line | None, NotNull] = None
    line2: OptionalLine | None = None
    city: Annotated[Line | None, NotNull] = None
    state: OptionalLine | None = None
    postal_code: OptionalLine | None = None
    country: Annotated[CountryCode | None, NotNull] = None
    phone: OptionalLine | None = None
    is_default: Annotated[bool | None, NotNull] = None


class SavedAddressOut(Out):
    """An address of the book."""

    id: AddressId
    is_default: bool
    name: str
    company: str | None
    line1: str
    line2: str | None
    city: str
    state: str | None
    postal_code: str | None
    country: str
    phone: str | None
    created_at: datetime
    version: int

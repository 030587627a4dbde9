"""Accounts, their sessions and refresh tokens, roles, server keys and addresses.

Of refresh tokens and server keys only a SHA-256 hash is stored: they are long and random, so that
nothing slower is needed.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from sokoni.kernel.db import Base
from sokoni.kernel.ids import new_id

SCHEMA = {"schema": "identity"}
ADMINISTRATOR = "administrator"


class User(Base):
    """An account: a customer, and a member of staff as soon as it has a role."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint('email = lower(email COLLATE "C")', name="email_is_lower_case"),
        Index("users_by_age", "created_at", "id"),
        Index("users_by_email", "email", postgresql_ops={"email": "text_pattern_ops"}),
        Index("users_by_name", text("lower(name) text_pattern_ops")),
        SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    name: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    email_verified_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    password_changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class Session(Base):
    """One sign-in on one device, until it is revoked or its refresh tokens run out."""

    __tablename__ = "sessions"
    __table_args__ = (
        Index("sessions_by_user", "user_id", "last_used_at"),
        Index("sessions_by_use", "last_used_at"),
        SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.id))
    user_agent: Mapped[str | None]
    ip: Mapped[str | None]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class RefreshToken(Base):
    """A token that was handed out; used ones are kept to recognise a second use."""

    __tablename__ = "refresh_tokens"
    __table_args__ = (
        Index("refresh_tokens_by_session", "session_id"),
        Index("refresh_tokens_by_expiry", "expires_at"),
        SCHEMA,
    )

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey(Session.id, ondelete="CASCADE"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Role(Base):
    """A named set of permissions; `administrator` is made on demand and holds them all."""

    __tablename__ = "roles"
    __table_args__ = (SCHEMA,)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(unique=True)
    permissions: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class UserRole(Base):
    """A user has a role. A role that somebody has cannot be deleted."""

    __tablename__ = "user_roles"
    __table_args__ = (Index("user_roles_by_role", "role_id"), SCHEMA)

    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    role_id: Mapped[UUID] = mapped_column(
        ForeignKey(Role.id, name="user_roles_role_id_fkey"), primary_key=True
    )


class ApiKey(Base):
    """A server's key: its first characters to recognise it by, and a hash of the whole."""

    __tablename__ = "api_keys"
    __table_args__ = (SCHEMA,)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    prefix: Mapped[str]
    key_hash: Mapped[bytes] = mapped_column(unique=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SavedAddress(Base):
    """An address in a customer's book; at most one is the default."""

    __tablename__ = "addresses"
    __table_args__ = (
        Index("addresses_by_user", "user_id", "created_at", "id"),
        Index("addresses_one_default", "user_id", unique=True, postgresql_where=text("is_default")),
        SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.id))
    is_default: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str]
    company: Mapped[str | None]
    line1: Mapped[str]
    line2: Mapped[str | None]
    city: Mapped[str]
    state: Mapped[str | None]
    postal_code: Mapped[str | None]
    country: Mapped[str]
    phone: Mapped[str | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

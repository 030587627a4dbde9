"""Settings: the only place that reads the environment.

Values come from the environment, then `.env.<ENVIRONMENT>`, then `.env`. In production `check`
refuses to start with anything unsafe; each refusal is one sentence that says how to mend it.
"""

import json
import os
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DEFAULT_SECRET = "insecure-development-secret-change-me"  # noqa: S105 - refused in production

ASYNCPG_PARAMETERS = {
    "host",
    "port",
    "ssl",
    "target_session_attrs",
    "prepared_statement_cache_size",
}

NO_DATABASE = "DATABASE_URL (or DB_HOST) must name a PostgreSQL server of your own."

Words = Annotated[list[str], NoDecode]


class Environment(StrEnum):
    DEVELOPMENT = "development"
    TEST = "test"
    STAGING = "staging"
    PRODUCTION = "production"


class UnsafeSettings(SystemExit):
    """Raised at start with the sentences that say what to mend."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("Sokoni does not start:\n" + "\n".join(f"- {line}" for line in reasons))


class Settings(BaseSettings):
    """Every setting, under its environment name in lower case."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True)

    environment: Environment = Environment.DEVELOPMENT
    debug: bool = False
    port: int = Field(8000, ge=1, le=65535)
    backend_url: str = ""
    frontend_url: str = ""
    trusted_proxies: Words = []
    cors_origins: Words = []
    rate_limit_enabled: bool = True
    crash_at: str = ""

    sokoni_home: Path | None = None
    database_url: str | None = None
    database_direct_url: str | None = None
    db_host: str | None = None
    db_port: int = 5432
    db_name: str = "sokoni"
    db_user: str = "postgres"
    db_password: SecretStr | None = None
    db_sslmode: str | None = None
    db_pool_size: int = Field(10, ge=1, le=200)

    jwt_secret: SecretStr = SecretStr(DEFAULT_SECRET)
    jwt_algorithm: Literal["HS256", "HS384", "HS512"] = "HS256"
    access_token_expire_minutes: int = Field(15, ge=1, le=24 * 60)
    refresh_token_expire_minutes: int = Field(30 * 24 * 60, ge=1)
    admin_secret: SecretStr | None = None
    checkout_api_key: SecretStr | None = None

    payment_provider: Literal["mock", "stripe"] = "mock"
    stripe_secret_key: SecretStr | None = None
    stripe_publishable_key: str | None = None
    stripe_payment_page: Literal["hosted", "element"] = "hosted"
    stripe_webhook_secret: SecretStr | None = None
    stripe_api_base: str = "https://api.stripe.com"
    checkout_hold_seconds: int = Field(1800, ge=1, le=24 * 3600)
    default_currency: str = Field("USD", pattern="^[A-Z]{3}$")

    file_storage_provider: Literal["local", "s3"] = "local"
    file_storage_dir: Path | None = None
    s3_bucket: str | None = None
    s3_region: str | None = None
    s3_endpoint: str | None = None
    s3_access_key_id: str | None = None
    s3_secret_access_key: SecretStr | None = None
    s3_public_url: str | None = None
    s3_addressing: Literal["path", "virtual"] = "path"

    renderer: Literal["v8", "none"] = "v8"
    frontend_dist: Path | None = None
    vite_url: str = ""

    @field_validator("cors_origins", "trusted_proxies", mode="before")
    @classmethod
    def _words(cls, value: object) -> object:
        """A comma list or JSON."""
        if not isinstance(value, str):
            return value
        if value.strip().startswith("["):
            return json.loads(value)
        return [word.strip().rstrip("/") for word in value.split(",") if word.strip()]

    @field_validator("trusted_proxies")
    @classmethod
    def _known_networks(cls, value: list[str]) -> list[str]:
        _networks(tuple(value))
        return value

    @field_validator("backend_url", "frontend_url", "stripe_api_base", "vite_url")
    @classmethod
    def _address(cls, value: str) -> str:
        return value.rstrip("/")

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    @property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        return _networks(tuple(self.trusted_proxies))

    @property
    def public_url(self) -> str:
        """Where this API is reached from outside; every link to it starts so."""
        return self.backend_url or f"http://127.0.0.1:{self.port}"

    @property
    def shop_url(self) -> str:
        """Where the buyer's pages are; return pages of payments start so."""
        return self.frontend_url or self.public_url

    @property
    def has_stripe_form(self) -> bool:
        """Whether Stripe's script and frames stand in our pages; else buyers go to its own."""
        is_wanted = self.payment_provider == "stripe" and self.stripe_payment_page == "element"
        return is_wanted and bool(self.stripe_publishable_key)

    @property
    def external_database(self) -> str | None:
        """The configured server's URL in one spelling, or None for the embedded one."""
        if self.database_url:
            return normalise_url(self.database_url)
        if self.db_host is None:
            return None
        password = self.db_password.get_secret_value() if self.db_password else ""
        secret = f":{quote(password, safe='')}" if password else ""
        address = f"{quote(self.db_user, safe='')}{secret}@{self.db_host}:{self.db_port}"
        mode = f"?sslmode={self.db_sslmode}" if self.db_sslmode else ""
        return normalise_url(f"postgresql://{address}/{self.db_name}{mode}")

    def check(self) -> None:
        """Refuse to start with what would be unsafe. Raises UnsafeSettings."""
        reasons = [*self._always(), *(self._in_production() if self.is_production else ())]
        if reasons:
            raise UnsafeSettings(reasons)

    def _always(self) -> list[str]:
        reasons = []
        if self.payment_provider == "stripe" and self.stripe_secret_key is None:
            reasons.append("PAYMENT_PROVIDER=stripe needs STRIPE_SECRET_KEY.")
        if self.file_storage_provider == "s3" and not self.s3_bucket:
            reasons.append("FILE_STORAGE_PROVIDER=s3 needs S3_BUCKET.")
        return reasons

    def _in_production(self) -> list[str]:
        secret = self.jwt_secret.get_secret_value()
        rules = {
            "JWT_SECRET must be set to a secret of your own, 32 characters or more.": (
                secret == DEFAULT_SECRET or len(secret) < 32
            ),
            "PAYMENT_PROVIDER=mock takes no money: set PAYMENT_PROVIDER=stripe.": (
                self.payment_provider == "mock"
            ),
            "STRIPE_WEBHOOK_SECRET must be set, or webhooks could be forged.": (
                self.payment_provider == "stripe" and self.stripe_webhook_secret is None
            ),
            "CORS_ORIGINS must name your origins; it is empty.": not self.cors_origins,
            "CORS_ORIGINS must not contain a wildcard.": any("*" in o for o in self.cors_origins),
            "DEBUG must be off.": self.debug,
            "CRASH_AT is for tests: unset it.": bool(self.crash_at),
            "VITE_URL is for developing: unset it.": bool(self.vite_url),
            NO_DATABASE: self.external_database is None,
            "BACKEND_URL must be the public https address of this API.": (
                not self.backend_url.startswith("https://")
            ),
            "RATE_LIMIT_ENABLED must stay on.": not self.rate_limit_enabled,
        }
        return [sentence for sentence, broken in rules.items() if broken]


def load_settings() -> Settings:
    """The settings of this process."""
    name = os.environ.get("ENVIRONMENT") or dotenv_values(".env").get("ENVIRONMENT")
    name = name or Environment.DEVELOPMENT
    return Settings(_env_file=(".env", f".env.{name}"))


@cache
def _networks(words: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(word, strict=False) for word in words)


def normalise_url(url: str) -> str:
    """One spelling for `postgres://`, `postgresql+driver://` and their `ssl` parameters."""
    parts = urlsplit(url)
    scheme = parts.scheme.partition("+")[0]
    if scheme not in {"postgres", "postgresql"}:
        raise UnsafeSettings([f"DATABASE_URL must start with postgresql://, not {scheme}://."])
    query = dict(parse_qsl(parts.query))
    if "ssl" in query:
        query["sslmode"] = {"true": "require", "false": "disable"}.get(query["ssl"], query["ssl"])
        del query["ssl"]
    return urlunsplit(("postgresql", parts.netloc, parts.path, urlencode(query, safe="/"), ""))


def asyncpg_url(url: str) -> str:
    """The SQLAlchemy spelling for asyncpg, which calls `sslmode` `ssl` and knows few parameters."""
    parts = urlsplit(url)
    query = [
        ("ssl" if name == "sslmode" else name, value) for name, value in parse_qsl(parts.query)
    ]
    known = urlencode([pair for pair in query if pair[0] in ASYNCPG_PARAMETERS], safe="/")
    return urlunsplit(("postgresql+asyncpg", parts.netloc, parts.path, known, ""))


def psycopg_url(url: str) -> str:
    """The SQLAlchemy spelling for psycopg (migrations, command line)."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def export(values: Mapping[str, str]) -> None:
    """Set variables for this process and for every process that it starts from now on."""
    os.environ.update(values)

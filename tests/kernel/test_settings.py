"""Settings are read in a known order, and production refuses what is unsafe, each in a sentence."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from sokoni.kernel.settings import (
    Environment,
    Settings,
    UnsafeSettings,
    asyncpg_url,
    load_settings,
    normalise_url,
    psycopg_url,
)

SAFE: dict[str, Any] = {
    "environment": "production",
    "jwt_secret": "a secret of our own, long enough to sign",
    "payment_provider": "stripe",
    "stripe_secret_key": "sk_live_x",
    "stripe_webhook_secret": "whsec_x",
    "cors_origins": "https://shop.example",
    "database_url": "postgresql://shop@db/shop",
    "backend_url": "https://api.shop.example",
}


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings around, in an empty directory."""
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def refusals(**changed: Any) -> list[str]:
    try:
        Settings(_env_file=None, **SAFE | changed).check()
    except UnsafeSettings as refusal:
        return refusal.reasons
    return []


def test_production_starts_with_everything_in_place() -> None:
    assert refusals() == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"jwt_secret": "insecure-development-secret-change-me"},
            "JWT_SECRET must be set to a secret of your own, 32 characters or more.",
        ),
        (
            {"jwt_secret": "short"},
            "JWT_SECRET must be set to a secret of your own, 32 characters or more.",
        ),
        (
            {"payment_provider": "mock"},
            "PAYMENT_PROVIDER=mock takes no money: set PAYMENT_PROVIDER=stripe.",
        ),
        ({"stripe_secret_key": None}, "PAYMENT_PROVIDER=stripe needs STRIPE_SECRET_KEY."),
        (
            {"stripe_webhook_secret": None},
            "STRIPE_WEBHOOK_SECRET must be set, or webhooks could be forged.",
        ),
        ({"cors_origins": ""}, "CORS_ORIGINS must name your origins; it is empty."),
        ({"cors_origins": "*"}, "CORS_ORIGINS must not contain a wildcard."),
        ({"cors_origins": "https://*.example"}, "CORS_ORIGINS must not contain a wildcard."),
        ({"debug": True}, "DEBUG must be off."),
        ({"crash_at": "after-commit"}, "CRASH_AT is for tests: unset it."),
        (
            {"database_url": None},
            "DATABASE_URL (or DB_HOST) must name a PostgreSQL server of your own.",
        ),
        (
            {"backend_url": "http://api.shop.example"},
            "BACKEND_URL must be the public https address of this API.",
        ),
        ({"rate_limit_enabled": False}, "RATE_LIMIT_ENABLED must stay on."),
        ({"file_storage_provider": "s3"}, "FILE_STORAGE_PROVIDER=s3 needs S3_BUCKET."),
    ],
)
def test_production_refuses_in_one_sentence(changed: dict[str, Any], sentence: str) -> None:
    assert refusals(**changed) == [sentence]


def test_all_reasons_are_given_at_once() -> None:
    assert len(refusals(debug=True, cors_origins="", payment_provider="mock")) == 3


@pytest.mark.parametrize("environment", ["development", "test", "staging"])
def test_elsewhere_the_defaults_will_do(environment: str) -> None:
    Settings(_env_file=None, environment=environment).check()


def test_the_environments_file_goes_before_the_common_one_and_after_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text("PORT=1001\nDB_NAME=common\nDEFAULT_CURRENCY=TZS\n")
    Path(".env.staging").write_text("PORT=1002\nDB_NAME=staging\n")
    monkeypatch.setenv("ENVIRONMENT", "staging")
    monkeypatch.setenv("PORT", "1003")
    found = load_settings()
    assert (found.port, found.db_name, found.default_currency) == (1003, "staging", "TZS")
    assert found.environment is Environment.STAGING


def test_the_common_file_may_name_the_environment() -> None:
    Path(".env").write_text("export ENVIRONMENT='staging'  # for now\nPORT=1001\n")
    Path(".env.staging").write_text("PORT=1002\n")
    found = load_settings()
    assert (found.environment, found.port) == (Environment.STAGING, 1002)


def test_another_environments_file_is_not_read() -> None:
    Path(".env.production").write_text("PORT=1002\n")
    assert load_settings().port == 8000


@pytest.mark.parametrize(
    "text", ["https://a.example, https://b.example/", '["https://a.example", "https://b.example"]']
)
def test_lists_are_words_or_json(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("CORS_ORIGINS", text)
    assert load_settings().cors_origins == ["https://a.example", "https://b.example"]


def test_an_empty_variable_is_an_absent_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("PORT", "")
    found = load_settings()
    assert (found.external_database, found.port) == (None, 8000)


@pytest.mark.parametrize(
    "name", [("TRUSTED_PROXIES", "everybody"), ("PORT", "0"), ("JWT_ALGORITHM", "none")]
)
def test_a_value_that_cannot_be_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, name: tuple[str, str]
) -> None:
    monkeypatch.setenv(*name)
    with pytest.raises(ValidationError, match=name[0].lower()):
        load_settings()


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("postgres://u:p@h:5/d", "postgresql://u:p@h:5/d"),
        ("postgresql+psycopg2://u@h/d", "postgresql://u@h/d"),
        ("postgresql+asyncpg://u@h/d?ssl=require", "postgresql://u@h/d?sslmode=require"),
        (
            "postgresql+psycopg://u@h/d?sslmode=verify-full",
            "postgresql://u@h/d?sslmode=verify-full",
        ),
        ("postgresql://u:p%40%2F@h/d?ssl=true", "postgresql://u:p%40%2F@h/d?sslmode=require"),
        ("postgresql://u@/d?host=/run/pg", "postgresql://u@/d?host=/run/pg"),
    ],
)
def test_every_spelling_of_a_database_url_becomes_one(given: str, normal: str) -> None:
    assert normalise_url(given) == normal


@pytest.mark.parametrize("url", ["mysql://u@h/d", "sqlite:///shop.db", "shop"])
def test_another_database_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(UnsafeSettings, match="must start with postgresql://"):
        normalise_url(url)


def test_drivers_get_the_spelling_they_know() -> None:
    url = "postgresql://u@h/d?sslmode=require&channel_binding=require&application_name=x"
    assert asyncpg_url(url) == "postgresql+asyncpg://u@h/d?ssl=require"
    assert psycopg_url(url) == url.replace("postgresql://", "postgresql+psycopg://")


def test_the_database_may_be_given_in_parts() -> None:
    found = Settings(
        _env_file=None, db_host="db", db_user="shop", db_password="p@ss/word", db_sslmode="require"
    )
    assert found.external_database == (
        "postgresql://shop:p%40ss%2Fword@db:5432/sokoni?sslmode=require"
    )


def test_only_the_settings_read_the_environment() -> None:
    source = Path(__file__).parents[2] / "src"
    readers = {
        file.name
        for file in source.rglob("*.py")
        if "os.environ" in file.read_text() or "getenv" in file.read_text()
    }
    assert readers == {"settings.py"}

"""`sokoni doctor` finds each fault, says it in a sentence, and says what mends it."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from sokoni.apps.platform import doctor, schema
from sokoni.apps.platform.doctor import Finding, Verdict
from sokoni.kernel.embedded import EmbeddedPostgres
from sokoni.kernel.settings import Settings
from tests.platform.conftest import Start

Configured = Callable[..., Settings]


@pytest.fixture
def configured(place: Path) -> Configured:
    """Settings of an installation of the test's own, whatever the developer's `.env` says."""

    def make(**values: Any) -> Settings:
        given: dict[str, Any] = {"sokoni_home": place, "database_url": "", **values}
        return Settings(_env_file=None, **given)

    return make


def faults(settings: Settings) -> list[Finding]:
    return [found for found in doctor.examine(settings) if found.verdict is not Verdict.GOOD]


def test_a_fresh_setup_has_no_fault(configured: Configured) -> None:
    assert faults(configured(port=free_port())) == []


def test_a_database_without_tables_needs_the_migrations(
    start: Start, configured: Configured
) -> None:
    start().ensure_database("sokoni")

    assert faults(configured(port=free_port())) == [
        Finding(
            Verdict.BROKEN,
            f"The schema is empty, and this version needs {schema.head()}.",
            "Run 'sokoni migrate'.",
        )
    ]


def test_an_older_schema_is_told_from_the_newest(start: Start) -> None:
    server = start()
    with psycopg.connect(server.url("postgres")) as connection:
        connection.execute("create table alembic_version (version_num text)")
        connection.execute("insert into alembic_version values ('old')")

    assert schema.current(server.url("postgres")) == "old"
    assert doctor._migrations(current="old", head="new") == Finding(
        Verdict.BROKEN,
        "The schema is at old, and this version needs new.",
        "Run 'sokoni migrate'.",
    )


def test_a_database_that_does_not_answer(configured: Configured) -> None:
    url = f"postgresql://shop:secret@127.0.0.1:{free_port()}/shop"

    found = faults(configured(database_url=url, port=free_port()))

    assert [finding.verdict for finding in found] == [Verdict.BROKEN]
    assert found[0].sentence.startswith("The database cannot be reached: ")
    assert "Check DATABASE_URL" in found[0].remedy
    assert "secret" not in found[0].sentence


def test_a_database_of_another_kind_is_a_fault_and_not_the_end(configured: Configured) -> None:
    found = list(doctor.examine(configured(database_url="mysql://u@127.0.0.1/x")))

    assert [f.sentence for f in found if f.verdict is Verdict.BROKEN] == [
        "DATABASE_URL must start with postgresql://, not mysql://."
    ]
    assert found[-1].sentence.startswith("The clock says ")


def test_a_port_that_another_program_uses(configured: Configured) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        assert faults(configured(port=port)) == [
            Finding(
                Verdict.WARNING,
                f"Port {port} is in use by another program.",
                f"Stop it, or choose another: PORT={port + 1}",
            )
        ]


def test_every_refusal_of_production_is_told(configured: Configured) -> None:
    found = faults(configured(environment="production", port=free_port()))

    assert {finding.verdict for finding in found} == {Verdict.BROKEN}
    told = " ".join(finding.sentence for finding in found)
    for name in ("JWT_SECRET", "PAYMENT_PROVIDER", "CORS_ORIGINS", "DATABASE_URL", "BACKEND_URL"):
        assert name in told


def test_data_that_everybody_can_read(start: Start, configured: Configured) -> None:
    server = start()
    server.stop()
    server.data_dir.chmod(0o755)

    assert faults(configured(port=free_port())) == [
        Finding(
            Verdict.BROKEN,
            f"{server.data_dir} is open to other users (mode 755), and PostgreSQL refuses that.",
            f"chmod 700 {server.data_dir}",
        )
    ]


def test_data_of_somebody_else(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data_dir.mkdir(mode=0o700)
    server = EmbeddedPostgres(data_dir)
    other = data_dir.stat().st_uid + 1
    monkeypatch.setattr(server, "account", type(server.account)(uid=other, gid=other, dropped=True))

    found = doctor._ownership(server)

    assert found is not None
    assert found.remedy.startswith(f"chown -R {other} {data_dir}")


@pytest.mark.parametrize(
    ("name", "version", "sentence"),
    [
        ("", "", "The embedded PostgreSQL does not run on musl."),
        ("glibc", "2.17", "glibc 2.17 is older than 2.28."),
    ],
)
def test_a_system_that_the_embedded_server_cannot_run_on(
    name: str, version: str, sentence: str
) -> None:
    found = doctor._libc(name, version)

    assert found is not None
    assert (found.verdict, found.sentence) == (Verdict.BROKEN, sentence)
    assert "DATABASE_URL" in found.remedy
    assert doctor._libc("glibc", "2.36") is None


def test_an_old_python_server_or_clock() -> None:
    assert doctor._python((3, 10)).sentence == "Python 3.10 is too old."
    assert [f.sentence for f in doctor._version(140011, version="14.11", encoding="UTF8")] == [
        "PostgreSQL 14.11 is too old."
    ]
    assert [f.sentence for f in doctor._version(180004, version="18.4", encoding="LATIN1")] == [
        "The database has the encoding LATIN1."
    ]
    assert doctor._clock(0).sentence == "This machine's clock is behind the date of its own files."


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port

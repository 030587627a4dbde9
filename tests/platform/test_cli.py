"""The command line teaches, hides secrets, and answers a fault with a sentence."""

import json
import socket
import tarfile
from pathlib import Path
from typing import Any

import psycopg
import pytest
import typer
from typer.main import get_command

from sokoni.apps.cli import app
from sokoni.apps.platform import schema
from sokoni.kernel.embedded import EmbeddedPostgres
from tests.platform.conftest import Start
from tests.platform.processes import ROOT, sokoni


def commands() -> dict[str, Any]:
    """Every command by its full name."""
    found: dict[str, Any] = {}
    root = get_command(app)
    assert isinstance(root, typer.core.TyperGroup)
    for name, command in root.commands.items():
        if isinstance(command, typer.core.TyperGroup):
            found |= {f"{name} {under}": below for under, below in command.commands.items()}
        else:
            found[name] = command
    return found


def test_every_command_says_what_it_does_and_shows_how() -> None:
    silent = [name for name, command in commands().items() if not (command.help and command.epilog)]

    assert silent == []
    assert {"demo", "serve", "worker", "migrate", "doctor", "config show"} <= commands().keys()


def test_help_does_not_load_the_application() -> None:
    done = sokoni("--help", settings={"PYTHONPROFILEIMPORTTIME": "1"})

    assert done.returncode == 0
    assert "sokoni doctor" in done.stdout
    loaded = {line.rpartition("|")[2].strip() for line in done.stdout.splitlines() if "|" in line}
    assert not loaded & {"sqlalchemy", "fastapi", "psycopg", "pydantic", "granian", "alembic"}


@pytest.mark.parametrize("command", ["migrate", "check"])
def test_production_never_falls_back_on_the_embedded_database(place: Path, command: str) -> None:
    done = sokoni(command, settings={"SOKONI_HOME": str(place), "ENVIRONMENT": "production"})

    assert done.returncode == 1
    assert done.stdout == (
        "With ENVIRONMENT=production, DATABASE_URL (or DB_HOST) must name a PostgreSQL server of "
        "your own.\n"
    )
    assert list(place.iterdir()) == []


def test_config_show_keeps_secrets_to_itself(place: Path) -> None:
    done = sokoni(
        *("config", "show", "--given"),
        settings={
            "SOKONI_HOME": str(place),
            "DATABASE_URL": "postgresql://shop:hunter2@db.example/shop?password=hunter3",
            "JWT_SECRET": "do-not-tell",
            "STRIPE_SECRET_KEY": "sk_test_hidden",
            "CORS_ORIGINS": '["https://a.example", "https://b.example"]',
        },
    )

    assert "DATABASE_URL=postgresql://shop:********@db.example/shop?********" in done.stdout
    assert "JWT_SECRET=********" in done.stdout
    assert "CORS_ORIGINS=https://a.example,https://b.example" in done.stdout
    for secret in ("hunter2", "hunter3", "do-not-tell", "sk_test_hidden"):
        assert secret not in done.stdout


def test_a_setting_that_cannot_be_read_is_named(place: Path) -> None:
    done = sokoni("migrate", settings={"SOKONI_HOME": str(place), "PORT": "many"})

    assert (done.returncode, done.stdout.count("\n")) == (1, 1)
    assert done.stdout.startswith("PORT: ")


@pytest.mark.parametrize("command", ["migrate", "check", "export-products all.csv", "demo"])
def test_a_database_that_does_not_answer_is_one_sentence(command: str, place: Path) -> None:
    settings = {"SOKONI_HOME": str(place), "DATABASE_URL": "postgresql://u@127.0.0.1:1/x"}

    done = sokoni(*command.split(), settings=settings)

    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].startswith("The database cannot be reached: ")
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_in_use_is_one_sentence(command: str, place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = sokoni(command, settings={"SOKONI_HOME": str(place), "PORT": str(port)})

    assert done.returncode == 1
    assert done.stdout.startswith(f"Port {port} is in use by another program. Choose another")


def test_production_refuses_the_demo(place: Path) -> None:
    done = sokoni("demo", settings={"SOKONI_HOME": str(place), "ENVIRONMENT": "production"})

    assert (done.returncode, done.stdout) == (
        1,
        "ENVIRONMENT is production, and the demo has published passwords.\n",
    )


def test_a_backup_brings_back_rows_and_pictures(place: Path, start: Start) -> None:
    settings = {"SOKONI_HOME": str(place)}
    server = start()
    server.ensure_database("sokoni")
    media = place / "media" / "products"
    media.mkdir(parents=True)
    (media / "lamp.webp").write_bytes(b"picture")
    head = schema.head()
    run(server, f"create table alembic_version as select '{head}' as version_num")
    run(server, "create table note as select 'kept' as text")
    file = place / "shop.tar"

    saved = sokoni("backup", str(file), settings=settings)
    run(server, "update note set text = 'lost'")
    (media / "lamp.webp").unlink()
    restored = sokoni("restore", str(file), settings=settings)

    assert saved.stdout == f"Wrote {file}: schema {head}, 1 files of media.\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert restored.stdout.startswith(f"Restored {file} of ")
    assert run(server, "select text from note") == "kept"
    assert (media / "lamp.webp").read_bytes() == b"picture"
    before = restored.stdout.split()[-1].rstrip(".")
    assert run(server, "select text from note", database=before) == "lost"


def test_a_backup_cannot_write_outside_the_media(place: Path, start: Start) -> None:
    settings = {"SOKONI_HOME": str(place)}
    start().ensure_database("sokoni")
    file = place / "shop.tar"
    sokoni("backup", str(file), settings=settings)
    (place / "planted").write_text("planted")
    with tarfile.open(file, "a") as tar:
        tar.add(place / "planted", "media/../escaped")

    restored = sokoni("restore", str(file), settings=settings)

    assert restored.returncode == 1
    assert "The backup has a file outside the media: media/../escaped." in restored.stdout
    assert not (place / "escaped").exists()


def test_a_restore_waits_for_nobody_and_harms_nothing(place: Path, start: Start) -> None:
    settings = {"SOKONI_HOME": str(place)}
    server = start()
    server.ensure_database("sokoni")
    run(server, "create table note as select 'kept' as text")
    file = place / "shop.tar"
    sokoni("backup", str(file), settings=settings)

    with psycopg.connect(server.url()):
        running = sokoni("restore", str(file), settings=settings)
    broken = place / "broken.tar"
    with tarfile.open(file) as tar, tarfile.open(broken, "w") as worse:
        contents = tar.extractfile("contents.json")
        assert contents is not None
        (place / "contents.json").write_bytes(contents.read())
        (place / "database.dump").write_bytes(b"PGDMP, but no more")
        worse.add(place / "contents.json", "contents.json")
        worse.add(place / "database.dump", "database.dump")
    damaged = sokoni("restore", str(broken), settings=settings)
    (place / "contents.json").write_text(json.dumps({"format": 99}))
    foreign = sokoni("restore", str(place / "contents.json"), settings=settings)
    nowhere = sokoni("backup", str(place / "no" / "shop.tar"), settings=settings)

    assert (running.returncode, damaged.returncode, foreign.returncode) == (1, 1, 1)
    assert nowhere.stdout == f"{place}/no/shop.tar cannot be written: No such file or directory.\n"
    assert running.stdout.startswith("The shop is running on this database.")
    assert foreign.stdout == f"{place}/contents.json is not a backup of ours.\n"
    assert run(server, "select text from note") == "kept"
    assert run(server, "select count(*) from pg_database where datname like 'sokoni%'") == 1


def test_the_example_names_every_setting() -> None:
    known = sokoni("config", "show", settings={}).stdout
    shown = [line.lstrip("# ").partition("=")[0] for line in known.splitlines()]
    example = (ROOT / ".env.example").read_text()
    named = [line.partition("=")[0] for line in example.splitlines() if line[:1].isupper()]

    assert sorted(named) == sorted(shown)


def run(server: EmbeddedPostgres, query: str, *, database: str = "sokoni") -> object:
    with psycopg.connect(server.url(database)) as connection:
        cursor = connection.execute(query)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None

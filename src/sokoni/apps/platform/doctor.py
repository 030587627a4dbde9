"""What is wrong with a setup, in words, and how to mend it.

Each check looks at one thing, changes nothing, needs nothing that an earlier check has found
broken, and answers with findings.
"""

import os
import platform
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import psycopg

from sokoni.apps.platform import ports, schema
from sokoni.apps.platform.database import unreachable
from sokoni.kernel.embedded import EmbeddedError, EmbeddedPostgres, binaries
from sokoni.kernel.embedded.home import embedded_server, home, project_root
from sokoni.kernel.settings import Settings, UnsafeSettings

_OLDEST_GLIBC = (2, 28)
_OLDEST_POSTGRES = 150000
_LITTLE_BYTES, _TOO_LITTLE_BYTES = 2_000_000_000, 300_000_000
_CLOCK_SECONDS = 5.0


class Verdict(StrEnum):
    GOOD = "good"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one thing; `remedy` says what to do unless it is good."""

    verdict: Verdict
    sentence: str
    remedy: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    yield _python(sys.version_info[:2])
    yield from _settings(settings)
    yield from _database(settings)
    yield _port(settings.port)
    yield _disk(home(settings))
    yield _clock(time.time())


def _python(version: tuple[int, ...]) -> Finding:
    name = ".".join(map(str, version))
    if version < (3, 11):
        return Finding(
            Verdict.BROKEN, f"Python {name} is too old.", "Install Python 3.11 or newer."
        )
    return Finding(Verdict.GOOD, f"Python {name}.")


def _settings(settings: Settings) -> Iterator[Finding]:
    try:
        settings.check()
    except UnsafeSettings as refusal:
        for reason in refusal.reasons:
            yield Finding(Verdict.BROKEN, reason, "Set it in the environment or in .env.")
    else:
        yield Finding(Verdict.GOOD, f"The settings are fit for {settings.environment.value}.")


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        url = settings.external_database
    except UnsafeSettings as refusal:
        for reason in refusal.reasons:
            yield Finding(Verdict.BROKEN, reason, "Write it like postgresql://user@host/name.")
    else:
        yield from _embedded(settings) if url is None else _server(url)


def _embedded(settings: Settings) -> Iterator[Finding]:
    libc = _libc(*platform.libc_ver())
    if libc is not None:
        yield libc
    try:
        server = embedded_server(settings)
        binaries.wheel_programs()
    except EmbeddedError as error:
        yield Finding(Verdict.BROKEN, str(error), "Run 'make setup', or set DATABASE_URL.")
        return
    yield _place(server, wanted=home(settings))
    problem = _ownership(server)
    if problem is not None:
        yield problem
    elif server.answers():
        yield Finding(Verdict.GOOD, "The embedded PostgreSQL is running.")
        yield from _server(server.url())
    else:
        yield Finding(
            Verdict.GOOD, "The embedded PostgreSQL is stopped; each command starts it as needed."
        )


def _libc(name: str, version: str) -> Finding | None:
    """None where there is nothing to say: not Linux, or a glibc that is new enough."""
    if sys.platform != "linux":
        return None
    remedy = "Use a glibc system such as Debian, or set DATABASE_URL to a server of yours."
    if name != "glibc":
        return Finding(Verdict.BROKEN, "The embedded PostgreSQL does not run on musl.", remedy)
    if tuple(map(int, version.split(".")[:2])) < _OLDEST_GLIBC:
        return Finding(Verdict.BROKEN, f"glibc {version} is older than 2.28.", remedy)
    return None


def _place(server: EmbeddedPostgres, *, wanted: Path) -> Finding:
    if not server.moved:
        return Finding(Verdict.GOOD, f"The data are in {server.data_dir}.")
    return Finding(
        Verdict.GOOD,
        f"You are root, PostgreSQL is not, and it cannot enter {wanted}: "
        f"the data are in {server.data_dir}.",
    )


def _ownership(server: EmbeddedPostgres) -> Finding | None:
    """What keeps the server from its data, if anything does."""
    if not server.data_dir.exists():
        existing = next(path for path in server.data_dir.parents if path.exists())
        if os.access(existing, os.W_OK | os.X_OK):
            return None
        return Finding(
            Verdict.BROKEN,
            f"{existing} is not writable, so the data cannot be created.",
            "Make it writable, or set SOKONI_HOME to a directory of yours.",
        )
    found = server.data_dir.stat()
    if found.st_uid != server.account.uid:
        return Finding(
            Verdict.BROKEN,
            f"{server.data_dir} belongs to user id {found.st_uid}, but PostgreSQL would run as "
            f"{server.account.uid}.",
            f"chown -R {server.account.uid} {server.data_dir}, or run as the user who created it.",
        )
    if found.st_mode & 0o077 & ~0o050:
        return Finding(
            Verdict.BROKEN,
            f"{server.data_dir} is open to other users (mode {found.st_mode & 0o777:o}), and "
            "PostgreSQL refuses that.",
            f"chmod 700 {server.data_dir}",
        )
    return None


def _server(url: str) -> Iterator[Finding]:
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            row = connection.execute(
                "select current_setting('server_version_num')::int, "
                "current_setting('server_version'), current_setting('server_encoding'), "
                "extract(epoch from clock_timestamp())::float8"
            ).fetchone()
    except psycopg.OperationalError as error:
        yield Finding(
            Verdict.BROKEN,
            unreachable(error),
            "Check DATABASE_URL, and that the server is up and lets this machine in.",
        )
        return
    assert row is not None
    number, version, encoding, seconds = row
    yield from _version(number, version=version, encoding=encoding)
    apart = abs(seconds - time.time())
    if apart > _CLOCK_SECONDS:
        yield Finding(
            Verdict.BROKEN,
            f"The clocks of this machine and of the database are {apart:.0f} s apart.",
            "Synchronise both by NTP.",
        )
    yield _migrations(current=schema.current(url), head=schema.head())


def _version(number: int, *, version: str, encoding: str) -> Iterator[Finding]:
    if number < _OLDEST_POSTGRES:
        yield Finding(
            Verdict.BROKEN, f"PostgreSQL {version} is too old.", "Use PostgreSQL 15 or newer."
        )
    elif encoding != "UTF8":
        yield Finding(
            Verdict.BROKEN,
            f"The database has the encoding {encoding}.",
            "Create it with: createdb --encoding=UTF8 --template=template0 …",
        )
    else:
        yield Finding(Verdict.GOOD, f"The database answers: PostgreSQL {version}.")


def _migrations(*, current: str | None, head: str | None) -> Finding:
    if head is None:
        return Finding(
            Verdict.BROKEN,
            f"There are no migrations in {project_root()}.",
            "Run Sokoni in the directory that has the folder 'migrations'.",
        )
    if current == head:
        return Finding(Verdict.GOOD, f"The schema is up to date ({head}).")
    return Finding(
        Verdict.BROKEN,
        f"The schema is {f'at {current}' if current else 'empty'}, and this version needs {head}.",
        "Run 'sokoni migrate'.",
    )


def _port(port: int) -> Finding:
    if ports.is_free(port):
        return Finding(Verdict.GOOD, f"Port {port} is free.")
    if ports.is_ready(port):
        return Finding(Verdict.GOOD, f"A shop is serving on port {port}.")
    return Finding(
        Verdict.WARNING,
        f"Port {port} is in use by another program.",
        f"Stop it, or choose another: PORT={port + 1}",
    )


def _disk(directory: Path) -> Finding:
    existing = next(path for path in (directory, *directory.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    sentence = f"{free / 1e9:.1f} GB are free at {existing}."
    if free < _TOO_LITTLE_BYTES:
        return Finding(Verdict.BROKEN, sentence, "Free some space, or set SOKONI_HOME elsewhere.")
    if free < _LITTLE_BYTES:
        return Finding(Verdict.WARNING, sentence, "A growing shop soon needs more.")
    return Finding(Verdict.GOOD, sentence)


def _clock(now: float) -> Finding:
    """Without asking the network: a clock behind our own files is certainly wrong."""
    newest = max(file.stat().st_mtime for file in Path(__file__).parent.glob("*.py"))
    if now < newest - 60:
        return Finding(
            Verdict.BROKEN,
            "This machine's clock is behind the date of its own files.",
            "Set the clock: logins, holds and payment signatures depend on it.",
        )
    said = time.strftime("%Y-%m-%d %H:%M", time.gmtime(now))
    return Finding(Verdict.GOOD, f"The clock says {said} UTC.")

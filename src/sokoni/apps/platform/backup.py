"""One file with everything a shop needs to live again: the database and the local media.

The file is a tar of `contents.json`, `database.dump` (pg_dump's custom format, a consistent
snapshot while the shop runs) and `media/…`. Restoring fills a new database first and then swaps
names, so a broken file harms nothing.
"""

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from sokoni.apps.platform import schema
from sokoni.apps.platform.database import OpenDatabase
from sokoni.kernel.embedded import EmbeddedPostgres
from sokoni.kernel.embedded.home import DATABASE

_FORMAT = 1


class BackupError(Exception):
    """The backup cannot be written or restored; the message says why."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a backup; `made_at` is RFC 3339 in UTC."""

    format: int
    made_at: str
    revision: str | None
    pictures: int


@dataclass(frozen=True, slots=True)
class Restored:
    contents: Contents
    kept_as: str


def write(file: Path, *, opened: OpenDatabase, media: Path) -> Contents:
    """Write a backup; an existing file is replaced only by a complete one."""
    server = _embedded(opened)
    pictures = [path for path in sorted(media.rglob("*")) if path.is_file()]
    with tempfile.TemporaryDirectory(prefix="sokoni-backup-", dir=file.absolute().parent) as name:
        directory = Path(name)
        contents = Contents(
            format=_FORMAT,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            revision=schema.current(opened.url),
            pictures=len(pictures),
        )
        dump, unfinished = directory / "database.dump", directory / "unfinished.tar"
        _run([server.program("pg_dump"), "-Fc", "--no-owner", "-d", opened.url, "-f", dump])
        (directory / "contents.json").write_text(json.dumps(asdict(contents)))
        with tarfile.open(unfinished, "w") as tar:
            tar.add(directory / "contents.json", "contents.json")
            tar.add(dump, "database.dump")
            for path in pictures:
                tar.add(path, f"media/{path.relative_to(media).as_posix()}")
        unfinished.chmod(0o600)
        unfinished.replace(file)
    return contents


def restore(file: Path, *, opened: OpenDatabase, media: Path) -> Restored:
    """Replace the embedded database by the backup's; media files are added, never removed."""
    server = _embedded(opened)
    _require_nobody_connected(server)
    now = datetime.now(UTC)
    fresh, kept = f"{DATABASE}_new_{os.getpid()}", f"{DATABASE}_{now:%Y%m%d_%H%M%S}"
    try:
        tar = tarfile.open(file)  # noqa: SIM115 - the next statement closes it
    except tarfile.TarError as error:
        raise BackupError(f"{file} is not a backup of ours.") from error
    except OSError as error:
        raise BackupError(f"{file} cannot be read: {error.strerror}.") from error
    with tar, tempfile.TemporaryDirectory(prefix="sokoni-restore-") as name:
        directory = Path(name)
        contents = _contents(tar, file)
        pictures = _pictures(tar, media)
        _extract(tar, "database.dump", directory / "database.dump")
        server.ensure_database(fresh)
        try:
            _run(
                [
                    *(server.program("pg_restore"), "--exit-on-error", "--no-owner", "-j", "2"),
                    *("-d", server.url(fresh), directory / "database.dump"),
                ]
            )
            _swap(server, fresh=fresh, kept=kept)
        except BaseException:
            _drop(server, fresh)
            raise
        for picture, target in pictures.items():
            _extract(tar, picture, target)
    return Restored(contents=contents, kept_as=kept)


def _embedded(opened: OpenDatabase) -> EmbeddedPostgres:
    if opened.embedded is None:
        raise BackupError(
            "This command is for the embedded database. DATABASE_URL names a server of yours: "
            "use pg_dump and pg_restore of its version, and copy the media."
        )
    return opened.embedded


def _contents(tar: tarfile.TarFile, file: Path) -> Contents:
    try:
        member = tar.extractfile("contents.json")
        assert member is not None
        contents = Contents(**json.load(member))
    except (KeyError, TypeError, ValueError, AssertionError) as error:
        raise BackupError(f"{file} is not a backup of ours.") from error
    if contents.format > _FORMAT:
        raise BackupError(f"{file} was written by a newer Sokoni; update first.")
    return contents


def _require_nobody_connected(server: EmbeddedPostgres) -> None:
    with psycopg.connect(server.url("postgres")) as connection:
        row = connection.execute(
            "select count(*) from pg_stat_activity where datname = %s", (DATABASE,)
        ).fetchone()
    if row and row[0]:
        raise BackupError("The shop is running on this database. Stop it first, then restore.")


def _swap(server: EmbeddedPostgres, *, fresh: str, kept: str) -> None:
    rename = SQL("alter database {} rename to {}")
    with psycopg.connect(server.url("postgres")) as connection:  # both names change or neither
        connection.execute(rename.format(Identifier(DATABASE), Identifier(kept)))
        connection.execute(rename.format(Identifier(fresh), Identifier(DATABASE)))


def _drop(server: EmbeddedPostgres, name: str) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(SQL("drop database if exists {} with (force)").format(Identifier(name)))


def _pictures(tar: tarfile.TarFile, media: Path) -> dict[str, Path]:
    """The media in the backup, by the name there, and where each belongs."""
    root = media.resolve()
    pictures = {
        member.name: (root / member.name.removeprefix("media/")).resolve()
        for member in tar.getmembers()
        if member.isfile() and member.name.startswith("media/")
    }
    for name, target in pictures.items():
        if not target.is_relative_to(root):
            raise BackupError(f"The backup has a file outside the media: {name}.")
    return pictures


def _extract(tar: tarfile.TarFile, name: str, target: Path) -> None:
    # By hand: tarfile's own safe filter came with Python 3.11.4, and Debian 12 has 3.11.2.
    try:
        content = tar.extractfile(name)
    except KeyError:
        content = None
    if content is None:
        raise BackupError(f"The backup has no file {name}.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with content, target.open("wb") as out:
        shutil.copyfileobj(content, out)


def _run(arguments: Sequence[str | Path]) -> None:
    done = subprocess.run(arguments, capture_output=True, check=False)  # noqa: S603 - our programs
    if done.returncode != 0:
        raise BackupError(done.stderr.decode(errors="replace").strip())

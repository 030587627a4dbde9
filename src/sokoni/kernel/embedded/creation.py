"""The birth of a data directory, and of the private directory for a socket."""

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from sokoni.kernel.embedded.binaries import Account, EmbeddedError

SUPERUSER = "postgres"
ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"}


def create_data(data_dir: Path, *, initdb: Path, account: Account, durable: bool) -> None:
    """Run initdb beside `data_dir` and rename: what has the final name is complete."""
    unfinished = data_dir.with_name(f"{data_dir.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if account.dropped:
        os.chown(unfinished, account.uid, account.gid)
    done = subprocess.run(  # noqa: S603 - our own program and arguments
        [
            *(initdb, "-D", unfinished, "-U", SUPERUSER, "--encoding=UTF8"),
            # The same collation on every machine, whatever its locales.
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--auth-local=trust", "--auth-host=scram-sha-256", "--no-instructions"),
            *(() if durable else ("--no-sync",)),
        ],
        env=ENVIRONMENT,
        cwd="/",
        capture_output=True,
        check=False,
        **account.process_arguments(),
    )
    if done.returncode != 0:
        raise EmbeddedError(f"initdb failed: {done.stderr.decode(errors='replace').strip()}")
    unfinished.rename(data_dir)


def create_socket_dir(directory: Path, *, account: Account) -> None:
    """A directory under a shared one: it has to be ours, and closed to everybody else."""
    with suppress(FileExistsError):
        directory.mkdir(mode=0o700)
        os.chown(directory, account.uid, account.gid)
    found = directory.lstat()
    if found.st_uid != account.uid or found.st_mode & 0o170777 != 0o040700:
        raise EmbeddedError(
            f"{directory} should be a directory of user id {account.uid} with mode 0700 and is "
            "not. Remove it, or set SOKONI_HOME to a shorter path."
        )

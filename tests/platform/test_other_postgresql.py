"""A shop sells on a PostgreSQL of one's own, 15 or newer, as on the embedded one.

The server is Debian's, where it is installed (`.ci/run` does that); nowhere else is there one.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sokoni.kernel.embedded import binaries
from tests.platform.processes import sokoni

FOUND = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))

pytestmark = pytest.mark.skipif(not FOUND, reason="no PostgreSQL is installed on this machine")


@pytest.fixture
def url(place: Path) -> Iterator[str]:
    """A database of Debian's server, which runs for this test."""
    account = binaries.account()
    data, sockets, programs = place / "data", place / "sockets", FOUND[0].parent
    sockets.mkdir()
    for folder in (place, sockets):
        shutil.chown(folder, account.uid, account.gid)
    environment = {**os.environ, "LC_ALL": "C"}

    def run(*command: str) -> None:
        subprocess.run(
            [programs / command[0], *command[1:]],
            check=True,
            capture_output=True,
            cwd="/",
            env=environment,
            user=account.uid if account.dropped else None,
            group=account.gid if account.dropped else None,
        )

    run("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-k {sockets} -c listen_addresses='' -c fsync=off"
    run("pg_ctl", "-D", str(data), "-o", options, "-l", str(place / "log"), "-w", "start")
    try:
        run("createdb", "-h", str(sockets), "-U", "postgres", "shop")
        yield f"postgresql://postgres@/shop?host={sockets}"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def test_a_shop_on_a_server_of_ones_own_sells(url: str, place: Path) -> None:
    settings = {"DATABASE_URL": url, "SOKONI_HOME": str(place / "home")}

    for command in (["migrate"], ["seed", "demo"], ["smoke", "checkout", "--in-process"]):
        done = sokoni(*command, settings=settings)
        assert done.returncode == 0, done.stdout

    books = sokoni("check", settings=settings)
    assert books.returncode == 0, books.stdout
    assert "The books balance." in books.stdout

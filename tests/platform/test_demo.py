"""One command runs the whole shop; whatever is killed comes back, and nothing is left behind."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from sokoni.apps.platform import demo, ports, seeding
from sokoni.apps.platform.home import own_secret
from sokoni.kernel.embedded import DEV, EmbeddedPostgres
from sokoni.kernel.embedded.home import embedded_server
from sokoni.kernel.settings import Settings
from tests.platform.processes import kill, sokoni, start_sokoni
from tests.platform.test_doctor import free_port
from tests.support.waiting import wait_until


@pytest.fixture
def prepared(place: Path) -> dict[str, str]:
    """An installation with its schema, and a note that the demo shop is in it already."""
    settings = {"SOKONI_HOME": str(place), "PORT": str(free_port())}
    migrated = sokoni("migrate", settings=settings)
    assert migrated.returncode == 0, migrated.stdout
    server = EmbeddedPostgres(place / "postgres", DEV).start()
    (place / "seeded").write_text(seeding._identity(server.url()))
    with psycopg.connect(server.url()) as connection:
        connection.execute("create table promise as select 7 as n")
    server.stop()
    return settings


@contextmanager
def ending(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    """A process that does not survive a failed test."""
    with process:
        try:
            yield process
        finally:
            process.kill()


def welcome(running: subprocess.Popen[str]) -> list[str]:
    """The lines up to the one that says that all is up; only then it looks after its children."""
    assert running.stdout is not None
    lines = []
    while line := running.stdout.readline():
        lines.append(line)
        if "  Database " in line:
            return lines
    raise AssertionError("the demo ended: " + "".join(lines))


async def ready(port: int) -> None:
    async def answers() -> bool:
        return ports.is_ready(port)

    await wait_until(answers, within=30, what="the shop")


def children_of(pid: int) -> dict[str, int]:
    """The demo's processes by their command: postgres, serve, worker."""
    found = {}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
        if words[0].endswith(b"/postgres"):
            found["postgres"] = int(child)
        elif b"sokoni.apps.cli" in words:  # and not a dead one, which has no words
            found[words[3].decode()] = int(child)
    return found


async def test_whatever_is_killed_comes_back_and_the_end_is_clean(
    prepared: dict[str, str], place: Path
) -> None:
    port = int(prepared["PORT"])
    with ending(start_sokoni("demo", settings=prepared)) as running:
        greeting = "".join(welcome(running))
        first = children_of(running.pid)
        assert first.keys() == {"postgres", "serve", "worker"}
        for pid in first.values():
            kill(pid)

        async def replaced() -> bool:
            now = children_of(running.pid)
            return now.keys() == first.keys() and not {*now.values()} & {*first.values()}

        await wait_until(replaced, what="three new processes")
        await ready(port)
        assert embedded_server(Settings(_env_file=None, sokoni_home=place)).answers()
        again = sokoni("demo", settings=prepared)
        assert again.stdout == f"The demo is running already (process {running.pid}).\n"
        running.send_signal(signal.SIGINT)
        said, _ = running.communicate(timeout=30)

    assert running.returncode == 0
    assert "Sokoni is ready." in greeting
    assert f"http://127.0.0.1:{port}/docs" in greeting
    assert "admin@example.com / Admin@123" in greeting
    assert said.count("starting again") == 3
    assert said.endswith("Stopped.\n")
    assert ports.is_free(port)
    assert not (place / "postgres" / "postmaster.pid").exists()


def test_a_killed_demo_is_followed_by_one_that_has_everything(
    prepared: dict[str, str], place: Path
) -> None:
    port = int(prepared["PORT"])
    with start_sokoni("demo", settings=prepared) as killed:
        welcome(killed)
        kill(killed.pid)

    with ending(start_sokoni("demo", settings=prepared)) as following:
        welcome(following)
        assert ports.is_ready(port)
        with psycopg.connect(EmbeddedPostgres(place / "postgres").url()) as connection:
            assert connection.execute("select n from promise").fetchone() == (7,)
        following.terminate()
        following.communicate(timeout=30)
    assert following.returncode == 0


def test_the_secret_of_an_installation_is_made_once_and_private(place: Path) -> None:
    settings = Settings(_env_file=None, sokoni_home=place)

    first = own_secret(settings)

    assert len(first) >= 32
    assert own_secret(settings) == first
    assert (place / "jwt-secret").stat().st_mode & 0o777 == 0o600


def test_the_lock_tells_who_runs_and_who_was_killed(place: Path) -> None:
    with demo._only_one(place) as killed_before:
        assert not killed_before
        with (
            pytest.raises(demo.DemoError, match=rf"\(process {os.getpid()}\)"),
            demo._only_one(place),
        ):
            raise AssertionError("two demos at once")
    (place / "demo.lock").write_text("12345")
    with demo._only_one(place) as killed_before:
        assert killed_before

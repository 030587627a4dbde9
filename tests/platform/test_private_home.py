"""Root with a home that others cannot enter: PostgreSQL runs all the same, and nobody's home is
opened for it."""

import os
from pathlib import Path

import pytest

from sokoni.apps.platform import doctor
from sokoni.kernel.embedded import TEST, EmbeddedPostgres, binaries
from sokoni.kernel.embedded.binaries import Account

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another account")


@pytest.fixture
def private_home(place: Path) -> Path:
    home = place / "home" / "shop"
    home.mkdir(parents=True)
    home.parent.chmod(0o700)
    return home


@pytest.fixture
def state_dir(place: Path) -> Path:
    return place / "state"


def test_data_go_under_the_state_directory(private_home: Path, state_dir: Path) -> None:
    wanted = private_home / ".sokoni" / "postgres"

    server = EmbeddedPostgres(wanted, TEST, state_dir=state_dir).start()
    try:
        assert server.moved
        assert server.data_dir.is_relative_to(state_dir)
        assert server.data_dir.stat().st_mode & 0o777 == 0o700
        assert server.data_dir.stat().st_uid == binaries.account().uid
        assert not wanted.exists()
        assert private_home.parent.stat().st_mode & 0o777 == 0o700
    finally:
        server.stop()


def test_every_command_finds_the_same_place(private_home: Path, state_dir: Path) -> None:
    wanted = private_home / ".sokoni" / "postgres"
    elsewhere = private_home / "other" / ".sokoni" / "postgres"

    places = [
        binaries.reachable_data_dir(path, state_dir=state_dir)
        for path in (wanted, wanted, elsewhere)
    ]

    assert places[0] == places[1]
    assert places[0] != places[2]


def test_programs_in_a_private_environment_are_copied_once(
    private_home: Path, state_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = binaries.wheel_programs()
    private = private_home / "site-packages"
    private.mkdir()
    for name in (binaries.PACKAGE, f"{binaries.PACKAGE}.libs"):
        (private / name).symlink_to(found.parents[2] / name)
    inside = private / found.relative_to(found.parents[2])
    monkeypatch.setattr(binaries, "wheel_programs", lambda: inside)

    server = EmbeddedPostgres(state_dir / "postgres", TEST, state_dir=state_dir).start()
    try:
        copied = server.program("postgres")
        copied_at = copied.stat().st_ctime_ns
        assert copied.is_relative_to(state_dir)
        assert server.program("postgres").stat().st_ctime_ns == copied_at
        assert list(state_dir.glob(".*")) == []
    finally:
        server.stop()


def test_an_account_reaches_what_its_directories_let_through(place: Path) -> None:
    stranger = Account(uid=12345, gid=12345, dropped=True)
    file = place / "a" / "b" / "file"
    file.parent.mkdir(parents=True)

    open_to_all = stranger.can_reach(file)
    (place / "a").chmod(0o750)
    closed = stranger.can_reach(file)
    os.chown(place / "a", 0, 12345)
    open_to_group = stranger.can_reach(file)

    assert (open_to_all, closed, open_to_group) == (True, False, True)


def test_doctor_says_where_the_data_are_and_why(private_home: Path, state_dir: Path) -> None:
    server = EmbeddedPostgres(private_home / "postgres", TEST, state_dir=state_dir)

    finding = doctor._place(server, wanted=private_home)

    assert finding.verdict is doctor.Verdict.GOOD
    assert finding.sentence == (
        f"You are root, PostgreSQL is not, and it cannot enter {private_home}: "
        f"the data are in {server.data_dir}."
    )

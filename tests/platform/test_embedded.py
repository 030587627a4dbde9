"""One data directory has one server, whoever starts, shares, leaves or kills it."""

import os
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from sokoni.kernel.embedded import DEV, TEST, EmbeddedError, EmbeddedPostgres, Profile
from tests.platform.conftest import Start
from tests.platform.processes import kill, python
from tests.support.waiting import wait_until

START_AND_STAY = """
import sys
from pathlib import Path
from sokoni.kernel.embedded import DEV, TEST, EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), TEST, die_with_parent=sys.argv[2] == "die").start()
print("owner" if server.is_owner else "guest", flush=True)
sys.stdin.readline()
server.stop()
"""


def postmaster(data_dir: Path) -> int:
    return int((data_dir / "postmaster.pid").read_text().splitlines()[0])


def one(server: EmbeddedPostgres, query: str) -> object:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def test_a_second_start_shares_the_running_server(data_dir: Path, start: Start) -> None:
    first = start()
    pid = postmaster(data_dir)

    second = start()

    assert (first.is_owner, second.is_owner) == (True, False)
    assert postmaster(data_dir) == pid
    assert second.url() == first.url()
    assert one(second, "select 1") == 1


def test_the_last_to_leave_stops_the_server(data_dir: Path, start: Start) -> None:
    first = start()
    second = start()

    first.stop()
    assert one(second, "select 1") == 1

    second.stop()
    assert not second.is_alive()
    assert not (data_dir / "postmaster.pid").exists()


def test_whoever_must_can_stop_a_shared_server(data_dir: Path, start: Start) -> None:
    first = start()
    second = start()

    second.stop(even_if_shared=True)

    assert not first.answers()


def test_attaching_never_starts_a_server(data_dir: Path) -> None:
    assert not EmbeddedPostgres(data_dir, TEST).attach()
    assert not data_dir.exists()


def test_committed_rows_survive_a_killed_server(data_dir: Path, start: Start) -> None:
    server = start(DEV)
    with closing(psycopg.connect(server.url("postgres"))) as connection:
        connection.execute("create table sales as select generate_series(1, 5000) as n")
        connection.commit()
        connection.execute("delete from sales")
        kill(postmaster(data_dir))

    server.start()

    assert one(server, "select count(*) from sales") == 5000


async def test_a_killed_owner_takes_a_bound_server_along(data_dir: Path, start: Start) -> None:
    with python(START_AND_STAY, str(data_dir), "die") as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "owner\n"
        found = EmbeddedPostgres(data_dir, TEST)
        assert found.is_alive()
        kill(owner.pid)

    async def gone() -> bool:
        return not found.is_alive()

    await wait_until(gone)
    assert start().is_owner


def test_a_server_whose_owner_was_killed_is_shared_and_stopped_by_the_next(
    data_dir: Path, start: Start
) -> None:
    with python(START_AND_STAY, str(data_dir), "stay") as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "owner\n"
        kill(owner.pid)

    following = start()
    assert not following.is_owner
    following.stop()
    assert not following.is_alive()


def test_processes_that_start_at_once_share_one_server(data_dir: Path) -> None:
    crowd = [python(START_AND_STAY, str(data_dir), "stay") for _ in range(4)]
    said = [process.stdout.readline() for process in crowd if process.stdout]
    for process in crowd:
        process.communicate("leave\n")

    assert sorted(said) == ["guest\n", "guest\n", "guest\n", "owner\n"]
    assert not EmbeddedPostgres(data_dir, TEST).is_alive()


def test_a_pid_file_that_names_another_program_is_no_obstacle(data_dir: Path, start: Start) -> None:
    server = start()
    lines = (data_dir / "postmaster.pid").read_text().splitlines()
    kill(postmaster(data_dir))
    lines[0] = str(os.getppid())
    (data_dir / "postmaster.pid").write_text("\n".join(lines) + "\n")

    assert one(server.start(), "select 1") == 1


def test_an_unfinished_initdb_is_begun_again(data_dir: Path, start: Start) -> None:
    unfinished = data_dir.with_name("postgres.new")
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")

    assert one(start(), "select 1") == 1
    assert not unfinished.exists()


def test_a_long_path_gets_a_short_socket_that_everybody_finds(data_dir: Path, start: Start) -> None:
    deep = data_dir.parent / ("long" * 30) / "postgres"

    server = start(at=deep)
    try:
        assert len(str(server.socket_file)) < 100
        assert server.socket_dir.stat().st_mode & 0o777 == 0o700
        assert EmbeddedPostgres(deep, TEST).answers()
    finally:
        server.stop()
        server.socket_dir.rmdir()


def test_a_socket_directory_of_somebody_else_is_refused(data_dir: Path, start: Start) -> None:
    server = EmbeddedPostgres(data_dir.parent / ("long" * 30) / "postgres", TEST)
    server.socket_dir.mkdir(mode=0o777)
    server.socket_dir.chmod(0o777)
    try:
        with pytest.raises(EmbeddedError, match="should be a directory of user id"):
            server.start()
    finally:
        server.socket_dir.rmdir()


def test_text_is_sorted_and_folded_alike_on_every_machine(data_dir: Path, start: Start) -> None:
    server = start()

    assert one(server, "select upper('é')") == "É"
    assert one(server, "select datcollate from pg_database where datname = 'postgres'") == "C"
    assert one(server, "show server_encoding") == "UTF8"


def test_no_port_is_open_unless_asked_for(data_dir: Path, start: Start) -> None:
    server = start()

    assert one(server, "show listen_addresses") == ""


@pytest.mark.parametrize("profile", [DEV, TEST], ids=lambda profile: profile.name)
def test_the_servers_log_tells_slow_statements_without_their_values(
    start: Start, profile: Profile
) -> None:
    server = start(profile)
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("SET log_min_duration_statement = 0")
        connection.execute("SELECT 'noticed', %s::text", ["asha@example.com"])

    logged = server.log_file.read_text()
    assert "noticed" in logged
    assert "asha@example.com" not in logged


def test_a_database_is_created_once(data_dir: Path, start: Start) -> None:
    server = start()

    assert [server.ensure_database("shop"), server.ensure_database("shop")] == [True, False]


def test_a_server_that_cannot_start_says_why(data_dir: Path, start: Start) -> None:
    start().stop()
    (data_dir / "postgresql.conf").write_text("nonsense = on\n")

    with pytest.raises(EmbeddedError, match='unrecognized configuration parameter "nonsense"'):
        start()


def test_ctrl_c_in_the_terminal_is_not_for_the_server(data_dir: Path, start: Start) -> None:
    start()

    assert os.getpgid(postmaster(data_dir)) != os.getpgid(0)

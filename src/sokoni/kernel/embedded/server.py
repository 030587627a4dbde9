"""Start, share and stop one embedded PostgreSQL.

Files beside the data directory `postgres`: `postgres.lock` (held while starting or stopping),
`postgres.users` (shared lock of each process that uses the server) and `postgres.log`.
"""

import fcntl
import hashlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Self
from urllib.parse import quote

from sokoni.kernel.embedded import binaries, creation, status
from sokoni.kernel.embedded.binaries import EmbeddedError
from sokoni.kernel.embedded.creation import ENVIRONMENT, SUPERUSER
from sokoni.kernel.embedded.profiles import DEV, Profile
from sokoni.kernel.processes import dying_with_parent

_POLL_SECONDS = 0.01
_DYING_SECONDS = 30.0
_LOG_LIMIT_BYTES = 10_000_000
_SOCKET_PATH_LIMIT = 100  # the kernel allows 108 bytes, macOS 104


class EmbeddedPostgres:
    """One server on `data_dir`, started here or found running.

    `data_dir` moves under `state_dir` when root cannot share it with the server's account.
    `die_with_parent` (Linux) shuts the server down when the *thread* that started it ends, however
    it ends. `tcp_port` opens 127.0.0.1 as well, where a password is needed.
    """

    def __init__(
        self,
        data_dir: Path,
        profile: Profile = DEV,
        *,
        die_with_parent: bool = False,
        tcp_port: int | None = None,
        state_dir: Path = binaries.STATE_DIR,
    ) -> None:
        self.profile = profile
        self.account = binaries.account()
        self.data_dir = binaries.reachable_data_dir(data_dir, state_dir=state_dir)
        self.moved = self.data_dir != data_dir.resolve()
        self.log_file = self._beside("log")
        self.port = tcp_port or 5432
        self.socket_dir = self._socket_dir()
        self._tcp = tcp_port is not None
        self._die_with_parent = die_with_parent
        self._state_dir = state_dir
        self._process: subprocess.Popen[bytes] | None = None
        self._users: IO[bytes] | None = None

    @property
    def is_owner(self) -> bool:
        """Whether this object started the server, rather than found it running."""
        return self._process is not None

    @property
    def socket_file(self) -> Path:
        return self.socket_dir / f".s.PGSQL.{self.port}"

    def url(self, database: str = "sokoni") -> str:
        return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(self.socket_dir))}" + (
            f"&port={self.port}" if self._tcp else ""
        )

    def program(self, name: str) -> Path:
        """The path of `pg_dump`, `pg_restore`, `pgbench`, … of the same version."""
        return binaries.programs(state_dir=self._state_dir) / name

    def start(self, *, timeout: float = 120) -> Self:
        """Start the server, or attach to the running one. Safe to repeat.

        Raises `EmbeddedError` when it does not get ready within `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        with self._lock():
            if not self._wait_while_changing(deadline):
                self._create_data()
                self._launch_until_ready(deadline)
            self._join_users()
        return self

    def attach(self) -> bool:
        """Use a running server, but never start one; False when none runs."""
        if not self.answers():
            return False
        with self._lock():
            running = self.answers()
            if running:
                self._join_users()
        return running

    def stop(self, *, even_if_shared: bool = False) -> None:
        """Leave the server; the last one to leave stops it. Safe to repeat."""
        if self._users is None:
            return
        with self._lock():
            alone = self._alone()
            self._users.close()
            self._users = None
            if alone or even_if_shared:
                self._shut_down()
        if self._process is not None:
            if self._process.poll() is None:
                self._process.returncode = 0  # others use it; subprocess should not miss it
            self._process = None

    def answers(self) -> bool:
        """Whether a server is ready and answers on our socket."""
        return status.answers(self.data_dir, self.socket_file)

    def is_alive(self) -> bool:
        """Whether a server process works on our data, ready or not. Cheap enough to ask often."""
        return self._postmaster() is not None

    def ensure_database(self, name: str) -> bool:
        """Create the database if it is missing; True when it was created."""
        import psycopg  # noqa: PLC0415 - a tenth of a second that most commands do not need
        from psycopg.sql import SQL, Identifier  # noqa: PLC0415

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            row = connection.execute("select 1 from pg_database where datname = %s", (name,))
            if row.fetchone():
                return False
            try:
                connection.execute(SQL("create database {}").format(Identifier(name)))
            except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                return False
        return True

    def _beside(self, suffix: str) -> Path:
        return self.data_dir.with_name(f"{self.data_dir.name}.{suffix}")

    def _socket_dir(self) -> Path:
        """The data directory; or, when that path is too long for a socket, a short private one
        that every process derives from it alike."""
        if len(os.fsencode(self.data_dir / f".s.PGSQL.{self.port}")) < _SOCKET_PATH_LIMIT:
            return self.data_dir
        digest = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:12]
        return Path("/tmp") / f"sokoni-{self.account.uid}-{digest}"  # noqa: S108 - owner is checked

    @contextmanager
    def _lock(self) -> Iterator[None]:
        try:
            binaries.make_passable(self.data_dir.parent)
            file = self._beside("lock").open("ab")
        except PermissionError as error:
            raise EmbeddedError(
                f"{error.filename} is not yours to write. Run as the user who created it, or set "
                "SOKONI_HOME to a directory of yours."
            ) from error
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _join_users(self) -> None:
        if self._users is None:
            self._users = self._beside("users").open("ab")
            fcntl.flock(self._users, fcntl.LOCK_SH)

    def _alone(self) -> bool:
        assert self._users is not None
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _postmaster(self) -> int | None:
        if self._process is not None:
            self._process.poll()  # lets go of a server of ours that was killed
        return status.postmaster(self.data_dir)

    def _wait_while_changing(self, deadline: float) -> bool:
        """True when a server is ready; False when none is alive."""
        while True:
            if self.answers():
                return True
            if self._postmaster() is None:
                return False
            if time.monotonic() > deadline:
                raise EmbeddedError(f"PostgreSQL is busy and not ready; see {self.log_file}.")
            time.sleep(_POLL_SECONDS)

    def _create_data(self) -> None:
        if not (self.data_dir / "PG_VERSION").exists():
            creation.create_data(
                self.data_dir,
                initdb=self.program("initdb"),
                account=self.account,
                durable=self.profile.durable,
            )
        owner = self.data_dir.stat().st_uid
        if owner != self.account.uid:
            raise EmbeddedError(
                f"{self.data_dir} belongs to user id {owner}, but PostgreSQL would run as "
                f"{self.account.uid}. Run as the user who created it, or set SOKONI_HOME."
            )

    def _launch_until_ready(self, deadline: float) -> None:
        """Launch; again while the children of a killed server still hold its shared memory."""
        if self._process is not None:
            self._process.wait(_DYING_SECONDS)  # it was killed, and is not quite gone
            self._process = None
        while True:
            process = self._launch()
            while process.poll() is None and time.monotonic() < deadline:
                if status.pid_file(self.data_dir)[:1] == [str(process.pid)] and self.answers():
                    self._process = process
                    return
                time.sleep(_POLL_SECONDS)
            said = self._last_words()
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                raise EmbeddedError(f"PostgreSQL did not get ready in time:\n{said}")
            if "shared memory block" not in said or time.monotonic() > deadline:
                raise EmbeddedError(f"PostgreSQL did not start:\n{said}")
            time.sleep(10 * _POLL_SECONDS)

    def _launch(self) -> subprocess.Popen[bytes]:
        if self.socket_dir != self.data_dir:
            creation.create_socket_dir(self.socket_dir, account=self.account)
        if self._postmaster() is None:
            # Left by a killed server, and believed if its process id is another program's now.
            # Two servers on one data directory are still impossible: they find each other's
            # shared memory.
            (self.data_dir / "postmaster.pid").unlink(missing_ok=True)
            self.socket_file.with_name(f"{self.socket_file.name}.lock").unlink(missing_ok=True)
        settings = {
            **self.profile.settings,
            "listen_addresses": "127.0.0.1" if self._tcp else "",
            "port": str(self.port),
            "unix_socket_directories": str(self.socket_dir),
        }
        arguments = [f"--{name}={value}" for name, value in settings.items()]
        orphaned = dying_with_parent(signal.SIGINT) if self._die_with_parent else None
        with self._open_log() as log:
            return subprocess.Popen(  # noqa: S603 - our own program and arguments
                [self.program("postgres"), "-D", self.data_dir, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=ENVIRONMENT,
                cwd="/",
                start_new_session=True,  # Ctrl-C in the terminal is for us, not for the server
                preexec_fn=orphaned,  # noqa: PLW1509 - one call of libc, no lock, no import
                **self.account.process_arguments(),
            )

    def _open_log(self) -> IO[bytes]:
        with suppress(FileNotFoundError):
            if self.log_file.stat().st_size > _LOG_LIMIT_BYTES:
                self.log_file.rename(self._beside("log.1"))
        log = self.log_file.open("ab")
        self._log_start = log.tell()
        return log

    def _last_words(self) -> str:
        with self.log_file.open("rb") as log:
            log.seek(self._log_start)
            return log.read()[-2000:].decode(errors="replace").strip()

    def _shut_down(self) -> None:
        """Fast shutdown: open transactions are rolled back, a checkpoint is written."""
        pid = self._postmaster()
        if pid is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
        if self._process is not None:
            self._process.wait(60)
        deadline = time.monotonic() + 60
        while self._postmaster() is not None:
            if time.monotonic() > deadline:
                raise EmbeddedError(f"PostgreSQL did not stop; see {self.log_file}.")
            time.sleep(_POLL_SECONDS)

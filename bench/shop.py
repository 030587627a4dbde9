"""The shop under measurement: its own PostgreSQL with fsync, API processes and a worker."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from sokoni.apps.platform import ports
from sokoni.kernel.embedded import DEV, EmbeddedPostgres
from sokoni.kernel.embedded.home import DATABASE

ROOT = Path(__file__).parent.parent
READY_SECONDS = 60
_HEX = "0123456789abcdef"


@dataclass
class Bench:
    """Where everything is; `home` is removed in the end."""

    home: Path
    server: EmbeddedPostgres
    url: str
    port: int
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _arguments: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def postmaster(self) -> int:
        return int((self.server.data_dir / "postmaster.pid").read_text().splitlines()[0])

    def environment(self) -> dict[str, str]:
        """As staging: logs of each request as in production, but the mock provider may pay."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "ENVIRONMENT": "staging",
            "DATABASE_URL": self.url,
            "SOKONI_HOME": str(self.home),
            "PORT": str(self.port),
            "JWT_SECRET": "of the bench, which lives for minutes" + _HEX,
            "RATE_LIMIT_ENABLED": "false",
        }

    def command(self, *arguments: str) -> None:
        """Run a `sokoni` command to its end. Raises RuntimeError with what it said."""
        done = subprocess.run(
            [sys.executable, "-m", "sokoni.apps.cli", *arguments],
            env=self.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"sokoni {' '.join(arguments)}:\n{done.stdout}{done.stderr}")

    def number(self, question: str, **values: object) -> int:
        """What the database answers to a question for one number; 0 where it knows none."""
        with psycopg.connect(self.url) as db:
            row = db.execute(question, values or None).fetchone()
        return int(row[0] or 0) if row is not None else 0

    def start(self, name: str, *arguments: str) -> None:
        """Start `python -m …` as a process of the bench."""
        self._arguments[name] = arguments
        with (self.home / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                env=self.environment(),
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """Stop this process meanwhile (`worker`); it starts again afterwards."""
        self.end(name)
        try:
            yield
        finally:
            self.start(name, *self._arguments[name])

    def end(self, name: str) -> None:
        """Stop this process for good."""
        _end(self.processes.pop(name))

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            _end(process)


@contextmanager
def opened(name: str = "bench") -> Iterator[Bench]:
    """A migrated database of the bench's own, in a home that is gone afterwards."""
    home = ROOT / ".sokoni" / f"{name}-{os.getpid()}"
    home.mkdir(parents=True)
    server = EmbeddedPostgres(home / "postgres", DEV, die_with_parent=True)
    bench = Bench(home=home, server=server, url="", port=free_port())
    try:
        server.start()
        server.ensure_database(DATABASE)
        bench.url = server.url(DATABASE)
        bench.command("migrate")
        yield bench
    finally:
        bench.stop()
        server.stop(even_if_shared=True)
        for place in {home, server.data_dir.parent}:
            shutil.rmtree(place, ignore_errors=True)


def serve(bench: Bench, *, workers: int) -> None:
    """Start API and worker; back when the API answers."""
    bench.start("api", "sokoni.apps.cli", "serve", "--workers", str(workers))
    bench.start("worker", "sokoni.apps.cli", "worker")
    deadline = time.monotonic() + READY_SECONDS
    while not ports.is_ready(bench.port):
        if bench.processes["api"].poll() is not None or time.monotonic() > deadline:
            raise RuntimeError((bench.home / "api.log").read_text()[-3000:])
        time.sleep(0.05)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port

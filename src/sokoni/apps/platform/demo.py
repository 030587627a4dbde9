"""The whole shop on one machine: database, schema, demo data, API, worker.

Order of start: lock → port → database → schema → data → processes → ready; of stop: the reverse.
Everything dies with this process. What is killed starts again after a pause, and whatever was
committed is found by the next start.
"""

import fcntl
import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rich.console import Console

from sokoni.apps.platform import database, ports, schema, seeding
from sokoni.apps.platform.children import Child
from sokoni.apps.platform.database import OpenDatabase
from sokoni.apps.platform.home import media_dir, own_secret
from sokoni.kernel.embedded.home import home as home_of
from sokoni.kernel.settings import Settings, export

_TICK_SECONDS = 0.2
_START_SECONDS = 60.0
_STOP_SECONDS = 15.0
_EARLIER_DEMO_SECONDS = 10.0
LOGINS = {
    "admin@example.com": "Admin@123",
    "alice@example.com": "Alice@123",
    "bob@example.com": "Bob@123",
}


class DemoError(Exception):
    """The demo cannot run; the message says why and what to do."""


def run(settings: Settings, *, console: Console, workers: int = 1) -> None:
    """Run until interrupted. Raises DemoError, EmbeddedError, `psycopg.OperationalError`."""
    if settings.is_production:
        raise DemoError("ENVIRONMENT is production, and the demo has published passwords.")
    home = home_of(settings)
    with _only_one(home) as killed_before, ExitStack() as running:
        _require_port(settings.port, wait=_EARLIER_DEMO_SECONDS if killed_before else 0)
        _export_defaults(settings, home=home)
        with _step(console, "Database"):
            opened = running.enter_context(
                database.opened(settings, die_with_parent=True, even_if_shared=True)
            )
        if schema.current(opened.url) != schema.head():
            with _step(console, "Schema"):
                schema.upgrade(opened.url)
        if not seeding.is_seeded(opened.url, home=home):
            with _step(console, "Demo shop: products, stock, customers"):
                seeding.seed_demo(opened.url, home=home)
        children = _children(settings.port, workers=workers, logs=home / "logs")
        running.callback(_stop, children)
        with _step(console, "API and worker"):
            for child in children:
                child.start()
            _wait_until_ready(settings.port, children)
        _welcome(settings, opened=opened, home=home, console=console)
        _watch(children, opened=opened, console=console)


@contextmanager
def _only_one(home: Path) -> Iterator[bool]:
    """Hold the demo's lock; true when the demo before did not get to clean up."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "demo.lock").open("a+") as file:
        file.seek(0)
        owner = file.read().strip()
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DemoError(f"The demo is running already (process {owner}).") from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield bool(owner)
        finally:
            file.truncate(0)


def _require_port(port: int, *, wait: float) -> None:
    if not ports.wait_until_free(port, timeout=wait):
        raise DemoError(
            f"Port {port} is in use by another program. Choose another: make demo PORT={port + 1}"
        )


def _export_defaults(settings: Settings, *, home: Path) -> None:
    """What the demo decides where nobody else has; the processes it starts inherit it."""
    given = settings.model_fields_set
    defaults = {
        "ENVIRONMENT": "development",
        "JWT_SECRET": own_secret(settings),
        "FILE_STORAGE_DIR": str(media_dir(settings)),
        "SOKONI_HOME": str(home),
        "PORT": str(settings.port),
    }
    export({name: value for name, value in defaults.items() if name.lower() not in given})


def _children(port: int, *, workers: int, logs: Path) -> list[Child]:
    sokoni = [sys.executable, "-m", "sokoni.apps.cli"]
    serve = [*sokoni, "serve", "--port", str(port), "--workers", str(workers)]
    return [
        Child(name="API", arguments=serve, log_file=logs / "api.log"),
        Child(name="worker", arguments=[*sokoni, "worker"], log_file=logs / "worker.log"),
    ]


def _wait_until_ready(port: int, children: list[Child]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not ports.is_ready(port):
        for child in children:
            if not child.is_running():
                raise DemoError(f"The {child.name} ended while starting:\n{child.last_words()}")
        if time.monotonic() > deadline:
            raise DemoError(
                f"The API is not ready after {_START_SECONDS:g} s: see {children[0].log_file}."
            )
        time.sleep(_TICK_SECONDS / 4)


def _watch(children: list[Child], *, opened: OpenDatabase, console: Console) -> None:
    """Until interrupted, start again whatever dies."""
    while True:
        if opened.embedded is not None and not opened.embedded.is_alive():
            console.print("PostgreSQL ended; starting again.", style="yellow")
            opened.embedded.start()
        for child in children:
            news = child.tend()
            if news:
                console.print(news, style="yellow")
        time.sleep(_TICK_SECONDS)


def _stop(children: list[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait_until_stopped(timeout=_STOP_SECONDS)


def _welcome(settings: Settings, *, opened: OpenDatabase, home: Path, console: Console) -> None:
    address = f"http://127.0.0.1:{settings.port}"
    console.print("\n[bold green]Sokoni is ready.[/] Ctrl-C stops it.\n")
    console.print(f"  Shop       {address}/")
    console.print(f"  Admin      {address}/admin")
    console.print(f"  API        {address}/docs")
    for email, password in LOGINS.items():
        console.print(f"  Login      {email} / {password}", highlight=False)
    console.print(f"  Logs       {home / 'logs'}", highlight=False)
    if opened.embedded is not None:
        why = " (your home is private, and PostgreSQL does not run as root)"
        moved = why if opened.embedded.moved else ""
        console.print(f"  Database   {opened.embedded.data_dir}{moved}\n", highlight=False)


@contextmanager
def _step(console: Console, name: str) -> Iterator[None]:
    """Show that something is going on, then how long it took."""
    started = time.monotonic()
    with console.status(f"{name} …"):
        yield
    console.print(
        f"  [green]✓[/] {name} [dim]{time.monotonic() - started:.1f} s[/]", highlight=False
    )

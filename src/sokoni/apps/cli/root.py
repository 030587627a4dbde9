"""The application that commands register on, and what they all share."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from sokoni.apps.platform.database import OpenDatabase
    from sokoni.kernel.settings import Settings

app = typer.Typer(
    name="sokoni",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="The open commerce engine, on PostgreSQL alone.\n\n"
    "Without DATABASE_URL every command uses the embedded PostgreSQL in [bold].sokoni[/bold]: the "
    "one that a demo is running, or one of its own that stops with the command.",
    epilog="Start with [bold]sokoni demo[/bold]. Something is odd? [bold]sokoni doctor[/bold] "
    "says what, and how to mend it.",
)


@app.callback(invoke_without_command=True)
def _main(
    *,
    version: bool = typer.Option(False, "--version", help="Print the version and leave."),  # noqa: FBT003
) -> None:
    if version:
        import sokoni  # noqa: PLC0415

        print(sokoni.__version__)  # noqa: T201
        raise typer.Exit


def console() -> "Console":
    from rich.console import Console  # noqa: PLC0415

    return Console(soft_wrap=True)


def fail(message: str) -> NoReturn:
    """End the command with one clear sentence and exit code 1."""
    typer.secho(message, err=True, fg=typer.colors.RED)
    raise typer.Exit(1)


def settings() -> "Settings":
    """The settings; a bad value ends the command with the setting's name and what is wrong."""
    from pydantic import ValidationError  # noqa: PLC0415
    from pydantic_settings import SettingsError  # noqa: PLC0415

    from sokoni.kernel.settings import load_settings  # noqa: PLC0415

    try:
        return load_settings()
    except ValidationError as error:
        fail("\n".join(f"{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()))
    except SettingsError as error:
        fail(str(error))


@contextmanager
def open_database(given: "Settings", *, may_be_away: bool = False) -> Iterator["OpenDatabase"]:
    """The database of a command; when it cannot be reached, one sentence instead of a trace.

    `may_be_away` is for processes that live on without their database and wait for it. Production
    never falls back on the embedded one: it would be somebody's empty shop.
    """
    from sokoni.apps.platform import database  # noqa: PLC0415
    from sokoni.kernel.embedded import EmbeddedError  # noqa: PLC0415
    from sokoni.kernel.settings import NO_DATABASE  # noqa: PLC0415

    if given.is_production and given.external_database is None:
        fail(f"With ENVIRONMENT=production, {NO_DATABASE}")
    try:
        with database.opened(given) as opened:
            if not may_be_away:
                database.knock(opened)
            yield opened
    except EmbeddedError as error:
        fail(str(error))
    except Exception as error:
        if not database.lost(error):
            raise
        fail(database.unreachable(error))

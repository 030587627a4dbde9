"""`sokoni migrate`, `backup` and `restore`: the database as a whole."""

from pathlib import Path
from typing import Annotated

import typer

from sokoni.apps.cli import root
from sokoni.apps.cli.root import app

PANEL = "Data"


@app.command(
    rich_help_panel=PANEL,
    epilog='Example for developers: [bold]sokoni migrate --revision "add gift notes"[/bold] '
    "compares the models with the database and writes the difference as a new file.",
)
def migrate(
    *,
    revision: Annotated[
        str | None, typer.Option(help="Write a new migration with this message instead.")
    ] = None,
) -> None:
    """Bring the database schema up to date. Safe to repeat; run it before each new version."""
    from sokoni.apps.platform import schema  # noqa: PLC0415

    with root.open_database(root.settings()) as opened:
        if revision:
            typer.echo(f"Wrote {schema.write_revision(opened.url, message=revision)}")
            return
        before, newest = schema.current(opened.url), schema.head()
        if before == newest:
            typer.echo(f"The schema is up to date ({newest}).")
            return
        schema.upgrade(opened.url)
        typer.echo(f"The schema is up to date ({newest}, was {before or 'empty'}).")


@app.command(
    rich_help_panel=PANEL,
    epilog="Example: [bold]sokoni backup shop-2026-01-31.tar[/bold], while the shop is running.",
)
def backup(file: Annotated[Path, typer.Argument(help="The file to write.")]) -> None:
    """Write the database and the local pictures into one file."""
    from sokoni.apps.platform import backup as backups  # noqa: PLC0415
    from sokoni.apps.platform.home import media_dir  # noqa: PLC0415

    settings = root.settings()
    with root.open_database(settings) as opened:
        try:
            contents = backups.write(file, opened=opened, media=media_dir(settings))
        except backups.BackupError as error:
            root.fail(str(error))
        except OSError as error:
            root.fail(f"{file} cannot be written: {error.strerror}.")
    typer.echo(f"Wrote {file}: schema {contents.revision}, {contents.pictures} files of media.")


@app.command(
    rich_help_panel=PANEL,
    epilog="Stop the demo first. The database that was there is kept beside the new one, under a "
    "name that is printed, until you drop it.",
)
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `sokoni backup` has written.")],
) -> None:
    """Put a backup in the place of the embedded database and the local pictures."""
    from sokoni.apps.platform import backup as backups  # noqa: PLC0415
    from sokoni.apps.platform import schema  # noqa: PLC0415
    from sokoni.apps.platform.home import media_dir  # noqa: PLC0415

    settings = root.settings()
    with root.open_database(settings) as opened:
        try:
            restored = backups.restore(file, opened=opened, media=media_dir(settings))
        except backups.BackupError as error:
            root.fail(str(error))
        if schema.current(opened.url) != schema.head():
            schema.upgrade(opened.url)
    typer.echo(f"Restored {file} of {restored.contents.made_at}.")
    typer.echo(f"What was there before is the database {restored.kept_as}.")

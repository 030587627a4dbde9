"""`sokoni doctor` and `config show`: look at a setup without changing it."""

from typing import Annotated

import typer

from sokoni.apps.cli import root
from sokoni.apps.cli.root import app

PANEL = "Look after"
config = typer.Typer(no_args_is_help=True, help="The settings of this installation.")
app.add_typer(config, name="config", rich_help_panel=PANEL)


@app.command(
    rich_help_panel=PANEL,
    epilog="Exit code 0: fit to run, perhaps with warnings. 1: something is broken.",
)
def doctor() -> None:
    """Say in words what is wrong with this setup, and how to mend it."""
    from sokoni.apps.platform.doctor import Verdict, examine  # noqa: PLC0415

    marks = {Verdict.GOOD: "✓", Verdict.WARNING: "!", Verdict.BROKEN: "✗"}
    colours = {Verdict.GOOD: "green", Verdict.WARNING: "yellow", Verdict.BROKEN: "red"}
    worst = Verdict.GOOD
    for finding in examine(root.settings()):
        typer.secho(f"{marks[finding.verdict]} ", fg=colours[finding.verdict], nl=False)
        typer.echo(finding.sentence)
        if finding.remedy:
            typer.echo(f"    → {finding.remedy}")
        if Verdict.BROKEN in {finding.verdict, worst}:
            worst = Verdict.BROKEN
    if worst is Verdict.BROKEN:
        raise typer.Exit(1)


@config.command(
    epilog="Values come from the environment, then .env.<ENVIRONMENT>, then .env; names that "
    "nobody has set are shown with their defaults after a '#'.",
)
def show(
    *,
    given: Annotated[bool, typer.Option("--given", help="Only what somebody has set.")] = False,
) -> None:
    """Show every setting as this process sees it, without the secrets."""
    from sokoni.apps.platform.configuration import lines  # noqa: PLC0415

    for line in lines(root.settings()):
        if line.is_given or not given:
            typer.echo(line.text)

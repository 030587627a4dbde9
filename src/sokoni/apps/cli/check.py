"""`sokoni check`: whether the books balance."""

import asyncio

import typer

from sokoni.apps.cli import root
from sokoni.apps.cli.root import app

PANEL = "Look after"


@app.command(
    rich_help_panel=PANEL,
    epilog="Exit code 0: every law holds. 1: something is broken; the first cases are named.",
)
def check() -> None:
    """Check by SQL that money, stock, orders and deliveries are conserved."""
    from sokoni.apps.books import checking  # noqa: PLC0415
    from sokoni.kernel.db import Database  # noqa: PLC0415
    from sokoni.kernel.settings import asyncpg_url  # noqa: PLC0415

    async def run(url: str) -> list[checking.Finding]:
        db = Database(asyncpg_url(url), pool_size=1, statement_timeout_ms=600_000)
        try:
            async with db.reading() as reading:
                return await checking.check(reading)
        finally:
            await db.close()

    with root.open_database(root.settings()) as opened:
        findings = asyncio.run(run(opened.url))
    colours = {"holds": "green", "broken": "red", "not yet": "bright_black"}
    marks = {"holds": "✓", "broken": "✗", "not yet": "·"}
    for finding in findings:
        typer.secho(f"{marks[finding.state]} ", fg=colours[finding.state], nl=False)
        typer.echo(f"{finding.law.about:<10} {finding.law.says}", nl=False)
        typer.echo(f"  ({finding.state})" if finding.state != "holds" else "")
        for example in finding.examples:
            typer.echo(f"      {example}")
    broken = sum(finding.state is checking.State.BROKEN for finding in findings)
    if broken:
        root.fail(f"{broken} of {len(findings)} laws are broken.")
    typer.echo("The books balance.")

"""`sokoni reconcile`: ask the payment providers about everything undecided."""

import asyncio
from typing import Annotated

import typer

from sokoni.apps.cli import root
from sokoni.apps.cli.root import app

PANEL = "Look after"


@app.command(
    rich_help_panel=PANEL,
    epilog="The worker does this every minute. Use it after an outage, or where no worker runs.",
)
def reconcile(
    *,
    once: Annotated[
        bool, typer.Option("--once", help="Ask once and leave. The only way there is.")
    ] = False,
) -> None:
    """Compare open payments, refunds and the provider's own list with our books."""
    from sokoni.apps.platform.reconciling import reconcile as run  # noqa: PLC0415

    if not once:
        root.fail("Say --once. To have it done every minute, run: sokoni worker")
    settings = root.settings()
    settings.check()
    with root.open_database(settings) as opened:
        done = asyncio.run(run(settings, database_url=opened.url))
    typer.echo(f"Asked about {done.asked}, found {done.missed} that nobody had told us of.")

"""`sokoni demo`, `serve` and `worker`: the processes of a shop."""

import signal
from types import FrameType
from typing import Annotated, NoReturn

import typer

from sokoni.apps.cli import root
from sokoni.apps.cli.root import app
from sokoni.apps.platform.services import Service

PANEL = "Run"
Port = Annotated[int | None, typer.Option(help="TCP port; PORT or 8000 without it.", min=1)]


@app.command(
    rich_help_panel=PANEL,
    epilog="Examples: [bold]sokoni demo[/bold] · [bold]PORT=9000 sokoni demo[/bold] · "
    "[bold]SOKONI_HOME=/srv/shop sokoni demo[/bold]",
)
def demo(
    *,
    port: Port = None,
    workers: Annotated[int, typer.Option(help="API processes.", min=1)] = 1,
    stop_with_parent: Annotated[
        bool, typer.Option(help="Stop when the process that started the demo ends.", hidden=True)
    ] = False,
) -> None:
    """Run the whole shop here: database, demo data, API and worker.

    The first start takes a minute, later ones seconds. Ctrl-C stops everything; data stay in
    .sokoni (or SOKONI_HOME). Logins and addresses are printed when it is ready.
    """
    import psycopg  # noqa: PLC0415

    from sokoni.apps.platform import demo as whole_shop  # noqa: PLC0415
    from sokoni.apps.platform.database import unreachable  # noqa: PLC0415
    from sokoni.kernel.embedded import EmbeddedError  # noqa: PLC0415
    from sokoni.kernel.processes import die_with_parent  # noqa: PLC0415

    if stop_with_parent:
        die_with_parent()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    settings = root.settings()
    if port:
        settings = settings.model_copy(update={"port": port})
    console = root.console()
    try:
        whole_shop.run(settings, console=console, workers=workers)
    except KeyboardInterrupt:
        console.print("\nStopped.")
    except (whole_shop.DemoError, EmbeddedError) as error:
        root.fail(str(error))
    except psycopg.OperationalError as error:
        root.fail(unreachable(error))


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    """Once: a second Ctrl-C must not interrupt the stopping."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


@app.command(
    rich_help_panel=PANEL,
    epilog="Examples: [bold]sokoni serve --workers 4[/bold] · "
    "[bold]sokoni serve --service catalog --port 8002[/bold]. SIGTERM finishes what is in flight; "
    "SIGHUP replaces the workers one by one.",
)
def serve(
    *,
    service: Annotated[Service, typer.Option(help="Mount only these routers.")] = Service.ALL,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Port = None,
    workers: Annotated[int, typer.Option(help="Processes; one per core is plenty.", min=1)] = 1,
) -> None:
    """Serve the API. Migrations are not run: see [bold]sokoni migrate[/bold]."""
    from sokoni.apps.platform import ports, serving  # noqa: PLC0415

    settings = root.settings()
    settings.check()
    port = port or settings.port
    if not ports.is_free(port):
        root.fail(f"Port {port} is in use by another program. Choose another with --port.")
    with root.open_database(settings, may_be_away=True):
        serving.serve(service=service, host=host, port=port, workers=workers)


@app.command(
    rich_help_panel=PANEL,
    epilog="Example: [bold]sokoni worker --until-idle[/bold] works off what is due and leaves.",
)
def worker(
    *,
    until_idle: Annotated[
        bool, typer.Option("--until-idle", help="Leave when nothing is due any more.")
    ] = False,
) -> None:
    """Deliver events, run background jobs and schedules. Any number may run side by side."""
    settings = root.settings()
    settings.check()
    with root.open_database(settings, may_be_away=True) as opened:
        from sokoni.kernel.processes import starting  # noqa: PLC0415

        with starting():
            from sokoni.apps import registry  # noqa: PLC0415
            from sokoni.apps import worker as process  # noqa: PLC0415

            registry.register_handlers()
        process.run(settings.model_copy(update={"database_url": opened.url}), until_idle=until_idle)

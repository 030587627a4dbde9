"""Background work of imports."""

from sokoni.exchange import flows
from sokoni.exchange.tasks import FetchPicture, RunImport
from sokoni.kernel import jobs
from sokoni.kernel.jobs import Work
from sokoni.kernel.storage import Storage


@jobs.handles(RunImport)
async def run_import(work: Work, task: RunImport) -> None:
    await flows.run_stored(work.db, work.get(Storage), import_id=task.import_id, now=work.now)


@jobs.handles(FetchPicture)
async def fetch_picture(work: Work, task: FetchPicture) -> None:
    from sokoni.exchange.flows.fetching import fetch_picture as fetch  # noqa: PLC0415 - 6 MB

    await fetch(work.db, work.get(Storage), picture_id=task.picture_id, now=work.now())

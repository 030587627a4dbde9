"""The worker looks at the books by itself, and says aloud what it finds broken."""

from datetime import timedelta

import structlog
from sqlalchemy import text

from sokoni.apps.books import checking
from sokoni.apps.books.checking import State
from sokoni.kernel import jobs
from sokoni.kernel.jobs import Work

log = structlog.get_logger(__name__)


@jobs.periodic("books.check", every=timedelta(minutes=5))
async def check_books(work: Work) -> None:
    """Check every law; a broken one is an error in the log, which alarms are set on.

    A law of a large shop may take longer than a request is given.
    """
    async with work.db.transaction() as tx:
        await tx.execute(text("SET LOCAL statement_timeout = '5min'"))
        findings = await checking.check(tx)
    for finding in findings:
        if finding.state is State.BROKEN:
            log.error(
                "a law is broken",
                law=finding.law.name,
                cases=finding.broken,
                examples=finding.examples,
            )

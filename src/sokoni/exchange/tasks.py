"""Background work that imports ask for; `jobs` carries it out."""

from typing import ClassVar
from uuid import UUID

from sokoni.kernel import jobs

PICTURE_TRIES = 4


class RunImport(jobs.Task, frozen=True):
    """Import an uploaded file; a try that broke off goes on where it stopped."""

    name: ClassVar = "exchange.run_import"
    attempts: ClassVar[int] = 10

    import_id: UUID


class FetchPicture(jobs.Task, frozen=True):
    """Fetch a picture that a file named, and show it. The last try reports instead of failing."""

    name: ClassVar = "exchange.fetch_picture"
    attempts: ClassVar[int] = PICTURE_TRIES + 2

    picture_id: UUID

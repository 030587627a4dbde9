"""Somebody who may write the catalogue."""

import pytest
from httpx import AsyncClient

from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from tests.identity.factories import staff


@pytest.fixture
async def editor(client: AsyncClient, db: Database) -> dict[str, str]:
    return await staff(client, db, Permission.CATALOG_READ, Permission.CATALOG_WRITE)

"""Each test knows the words of its own shop only."""

import pytest
from fastapi import FastAPI

from sokoni.kernel.db import Database
from sokoni.search.vocabulary import Vocabulary
from tests.search.factories import Shop, known, stocked


@pytest.fixture(autouse=True)
def _no_words(app: FastAPI) -> None:
    app.state.resources.get(Vocabulary).forget()


@pytest.fixture
async def shop(app: FastAPI, db: Database) -> Shop:
    made = await stocked(db)
    await known(app, db)
    return made

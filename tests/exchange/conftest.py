"""The storage of the application under test."""

import pytest
from fastapi import FastAPI

from sokoni.kernel.resources import Resources
from sokoni.kernel.storage import Storage


@pytest.fixture
def storage(app: FastAPI) -> Storage:
    resources: Resources = app.state.resources
    return resources.get(Storage)

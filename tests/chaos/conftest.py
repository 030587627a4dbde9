"""A journal that is closed after its test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from chaos.journal import Journal


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = Journal(tmp_path / "journal.jsonl")
    yield made
    made.close()

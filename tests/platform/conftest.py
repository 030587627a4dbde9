"""Directories for servers of their own, and the settings that point to them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sokoni.kernel.embedded import TEST, EmbeddedPostgres, Profile

Start = Callable[..., EmbeddedPostgres]


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory where root's server account can go too; pytest's own is closed to others."""
    with TemporaryDirectory(prefix="sokoni-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def data_dir(place: Path) -> Path:
    return place / "postgres"


@pytest.fixture
def start(data_dir: Path) -> Iterator[Start]:
    """Start or share a server on the data; whatever is left is stopped after the test."""
    made: list[EmbeddedPostgres] = []

    def begin(profile: Profile = TEST, *, at: Path = data_dir) -> EmbeddedPostgres:
        made.append(EmbeddedPostgres(at, profile))
        return made[-1].start()

    yield begin
    for server in reversed(made):
        server.stop()

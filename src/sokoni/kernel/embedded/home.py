"""Where this installation keeps its own files: `.sokoni` in the project, or SOKONI_HOME."""

from pathlib import Path

import sokoni
from sokoni.kernel.embedded.server import EmbeddedPostgres
from sokoni.kernel.settings import Settings

DATABASE = "sokoni"


def project_root() -> Path:
    """The directory with the migrations: above the current one, else above the source code."""
    here = Path.cwd()
    source = Path(sokoni.__file__).resolve()
    for directory in (here, *here.parents, *source.parents):
        if (directory / "migrations" / "env.py").is_file():
            return directory
    return here


def home(settings: Settings) -> Path:
    """Absolute, because the processes that use it may have other current directories."""
    return (settings.sokoni_home or project_root() / ".sokoni").absolute()


def embedded_server(settings: Settings, *, die_with_parent: bool = False) -> EmbeddedPostgres:
    """The server of this installation, neither started nor attached yet."""
    return EmbeddedPostgres(home(settings) / "postgres", die_with_parent=die_with_parent)

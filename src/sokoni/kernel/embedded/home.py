"""Where this installation keeps its own files: `.sokoni` in the project, or SOKONI_HOME."""

from pathlib import Path

import sokoni
from sokoni.kernel.embedded.server import EmbeddedPostgres
from sokoni.kernel.settings import Settings

DATABASE = "sokoni"


def project_root() -> Path:
    """The checkout: at or above the current directory, else around the source; else right here."""
    here = Path.cwd()
    package = Path(sokoni.__file__).resolve().parent
    for directory in (here, *here.parents, *package.parents):
        if (directory / "migrations" / "env.py").is_file():
            return directory
    return here


def schema_root() -> Path:
    """Where `migrations` and alembic.ini are: in the checkout, else beside the code of a wheel."""
    root = project_root()
    is_checkout = (root / "migrations" / "env.py").is_file()
    return root if is_checkout else Path(sokoni.__file__).resolve().parent


def home(settings: Settings) -> Path:
    """Absolute, because the processes that use it may have other current directories."""
    return (settings.sokoni_home or project_root() / ".sokoni").absolute()


def embedded_server(settings: Settings, *, die_with_parent: bool = False) -> EmbeddedPostgres:
    """The server of this installation, neither started nor attached yet."""
    return EmbeddedPostgres(home(settings) / "postgres", die_with_parent=die_with_parent)

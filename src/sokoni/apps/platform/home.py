"""What an installation keeps in its home besides the database: media, and a secret of its own."""

import secrets
from pathlib import Path

from sokoni.kernel.embedded.home import home
from sokoni.kernel.settings import Settings

_SECRET_BYTES = 48


def media_dir(settings: Settings) -> Path:
    return (settings.file_storage_dir or home(settings) / "media").absolute()


def own_secret(settings: Settings) -> str:
    """A signing secret made once for this installation, readable by its owner alone."""
    file = home(settings) / "jwt-secret"
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        unfinished = file.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(_SECRET_BYTES))
        unfinished.rename(file)
    return file.read_text().strip()

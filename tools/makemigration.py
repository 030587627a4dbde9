"""Write a migration with what the models have and the database lacks: `makemigration.py MESSAGE`.

Works on a scratch database of the embedded server at the newest migration.
"""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config

from tools.scratch import scratch_database

ROOT = Path(__file__).parent.parent


def main(message: str) -> None:
    """Compare and write; the next number is the revision id."""
    with scratch_database() as url:
        config = Config(str(ROOT / "alembic.ini"))
        config.attributes["url"] = url
        command.upgrade(config, "head")
        newest = max(
            file.name.split("_")[1] for file in (ROOT / "migrations/versions").glob("*.py")
        )
        command.revision(config, message, autogenerate=True, rev_id=f"{int(newest) + 1:04d}")


if __name__ == "__main__":
    main(sys.argv[1])

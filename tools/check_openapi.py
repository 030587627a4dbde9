"""`docs/api/openapi.json` is what the application publishes: check it, or `--write` it anew."""

import json
import sys
from pathlib import Path
from typing import Any

from sokoni.apps.api import create_app
from sokoni.kernel.settings import Environment, Settings

FILE = Path(__file__).parent.parent / "docs" / "api" / "openapi.json"
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"  # the document needs no database


def main(*arguments: str) -> int:
    published = text_of(document())
    if "--write" in arguments:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(published, encoding="utf-8")
        print(f"Wrote {FILE}.")
        return 0
    if not FILE.is_file() or FILE.read_text(encoding="utf-8") != published:
        print("docs/api/openapi.json is not what the application publishes: run 'make openapi'.")
        return 1
    print("docs/api/openapi.json is what the application publishes.")
    return 0


def document() -> dict[str, Any]:
    settings = Settings(_env_file=None, environment=Environment.TEST)
    return create_app(settings, database_url=NOWHERE).openapi()


def text_of(published: dict[str, Any]) -> str:
    return json.dumps(published, indent=2, ensure_ascii=False, sort_keys=False) + "\n"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

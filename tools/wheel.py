"""Hatch's hook for wheels: what lies outside the package goes into them too.

The built front end, so that nobody needs Node to run it, and the migrations, so that nobody needs
the sources.

An editable installation has the files where they are built, and needs none of this.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontendHook(BuildHookInterface[Any]):  # type: ignore[misc]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        for name in ("migrations", "alembic.ini"):
            build_data["force_include"][str(Path(self.root) / name)] = f"sokoni/{name}"
        built = Path(self.root) / "src" / "sokoni" / "web" / "ssr" / "shop.js"
        if not (Path(self.root) / "frontend").is_dir():
            if built.is_file():
                return
            raise RuntimeError("There is neither a built front end nor its sources.")
        sys.path.insert(0, self.root)
        from tools import frontend  # noqa: PLC0415 - of the sources, not of the environment

        frontend.build()

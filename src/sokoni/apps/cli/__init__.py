"""The command line, `sokoni`.

A command is a file of this package that registers itself:

    from sokoni.apps.cli.root import app

    @app.command(rich_help_panel="Data")
    def reconcile(once: bool = False) -> None: ...

Every file is imported at every start, so a command imports what it needs inside its function.
Panels: "Run", "Data", "Look after". The database comes from `root.open_database`.
"""

from importlib import import_module
from pkgutil import iter_modules

from sokoni.apps.cli.root import app

__all__ = ["app"]

for _module in iter_modules(__path__):
    if _module.name != "__main__":
        import_module(f"{__name__}.{_module.name}")

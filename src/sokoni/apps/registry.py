"""Which modules there are, and what each brings: routers, subscribers, jobs, resources."""

from collections.abc import Collection, Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from sokoni.apps.tables import MODULES
from sokoni.kernel.hot import HotRead
from sokoni.kernel.resources import Resources
from sokoni.kernel.routing import Api


def routers(modules: Collection[str] = MODULES) -> Iterator[Api]:
    """The routers of these modules, buyers' before staff's."""
    for name in ("api", "admin"):
        for module in modules:
            found = _part(module, name)
            if found is not None:
                yield found.router


def register_handlers() -> None:
    """Import subscribers and jobs, so that they are known to the worker."""
    import_module("sokoni.kernel.housekeeping")
    import_module("sokoni.apps.books.jobs")
    for name in ("subscribers", "jobs"):
        for module in MODULES:
            _part(module, name)


async def open_resources(resources: Resources) -> None:
    """Let each module put in what it needs for the life of the process."""
    for module in MODULES:
        found = _part(module, "resources")
        if found is not None:
            await found.open_resources(resources)


def hot_reads(resources: Resources, *, modules: Collection[str]) -> Iterator[HotRead]:
    """What these modules answer in front of everything; paths as in their routers."""
    for module in modules:
        found = _part(module, "hot")
        if found is not None:
            yield from found.hot_reads(resources)


def _part(module: str, name: str) -> ModuleType | None:
    full = f"sokoni.{module}"
    if find_spec(full) is None or find_spec(f"{full}.{name}") is None:
        return None
    return import_module(f"{full}.{name}")

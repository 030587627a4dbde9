"""The data files that ship with the package."""

import json
from importlib.resources import files
from typing import Any


def read_json(*path: str) -> dict[str, Any]:
    """A JSON file of `sokoni/apps`."""
    found: dict[str, Any] = json.loads(read_bytes(*path))
    return found


def read_bytes(*path: str) -> bytes:
    return files("sokoni.apps").joinpath(*path).read_bytes()


def category_paths() -> dict[str, tuple[str, ...]]:
    """Each category's slug with the names from the root down to it."""
    categories = {
        category["slug"]: category
        for category in read_json("reference", "reference.json")["categories"]
    }
    paths: dict[str, tuple[str, ...]] = {}
    for slug, category in categories.items():
        above = paths[category["parent"]] if category["parent"] else ()
        paths[slug] = (*above, category["name"])
    return paths

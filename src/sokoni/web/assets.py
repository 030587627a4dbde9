"""What the build of the front end left behind: which files an application consists of.

The names come from Vite's manifests, one for each application. Styles of the shop are put into
its pages whole (they are small, and save a way to the server before the first paint); scripts and
fonts are named, so that the browser fetches them early and in the right order.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

PLACE = Path(__file__).parent
STATIC = PLACE / "static"
BUNDLE = PLACE / "ssr" / "shop.js"
ADDRESS = "/static/"
SHOP, ADMIN = "src/shop/entry-client.tsx", "src/admin/main.tsx"
MANIFESTS = {SHOP: ".vite/shop.json", ADMIN: ".vite/admin.json"}

# Only what the first screen is written in; other alphabets are fetched where a text has them.
FIRST_FONTS = re.compile(
    r"(?:instrument-(?:sans|serif)|geist)-latin-(?!ext)[a-z0-9-]*-normal-[^/]*\.woff2$"
)


class Chunk(msgspec.Struct, frozen=True, rename="camel"):
    """An entry of the manifest."""

    file: str
    imports: list[str] = []
    dynamic_imports: list[str] = []
    css: list[str] = []
    assets: list[str] = []


@dataclass(frozen=True, slots=True)
class Parts:
    """The files of one page, as paths below `static`; `scripts` without the entry itself."""

    entry: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    fonts: tuple[str, ...]


class Assets:
    """One build. `FileNotFoundError` when there is none."""

    def __init__(self, directory: Path = STATIC) -> None:
        self.directory = directory
        self._chunks = {
            entry: msgspec.json.decode((directory / name).read_bytes(), type=dict[str, Chunk])
            for entry, name in MANIFESTS.items()
        }
        self._styles: dict[tuple[str, ...], str] = {}
        self._parts: dict[tuple[str, str | None], Parts] = {}

    def parts(self, entry: str, *, page: str | None = None) -> Parts:
        """The files of an entry and of the chunk that draws a page, `HomePage` for instance."""
        key = (entry, page)
        if key not in self._parts:
            self._parts[key] = self._gathered(entry, page)
        return self._parts[key]

    def css(self, parts: Parts) -> str:
        """The styles as one text."""
        if parts.styles not in self._styles:
            texts = [(self.directory / name).read_text("utf-8") for name in parts.styles]
            self._styles[parts.styles] = "".join(texts).strip()
        return self._styles[parts.styles]

    def _gathered(self, entry: str, page: str | None) -> Parts:
        chunks = self._chunks[entry]
        found = _with_imports(chunks, entry)
        for name in _pages_named(chunks, page):
            found |= _with_imports(chunks, name)
        main = found[entry].file
        fonts = [name for chunk in found.values() for name in chunk.assets]
        return Parts(
            entry=main,
            scripts=tuple(chunk.file for chunk in found.values() if chunk.file != main),
            styles=tuple(dict.fromkeys(name for chunk in found.values() for name in chunk.css)),
            fonts=tuple(name for name in dict.fromkeys(fonts) if FIRST_FONTS.search(name)),
        )


def _pages_named(chunks: Mapping[str, Chunk], page: str | None) -> Iterator[str]:
    """The chunks that are pages with these names, or catalogues."""
    if page is not None:
        wanted = tuple(f"/{name}" for part in page.split() for name in (part, f"{part}.tsx"))
        yield from (name for name in chunks if name.endswith(wanted))


def _with_imports(chunks: Mapping[str, Chunk], name: str) -> dict[str, Chunk]:
    found: dict[str, Chunk] = {}
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found[each] = chunks[each]
            waiting.extend(reversed(found[each].imports))
    return found

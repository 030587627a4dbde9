"""`/sitemap.xml`: an index of files with all pages in all languages, their changes and pictures."""

from collections.abc import AsyncGenerator, Iterator
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from sokoni.catalog import queries as catalog
from sokoni.catalog.queries import Node, Published
from sokoni.kernel.db import Database
from sokoni.kernel.storage import Storage
from sokoni.web.languages import DEFAULT, LANGUAGES, prefixed

MOST_ADDRESSES = 50_000
PRODUCTS = MOST_ADDRESSES // len(LANGUAGES)
AT_ONCE = 2_000
MOST_PICTURES = 10
SHELVES = "shelves.xml"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


async def index(db: Database, *, origin: str) -> bytes:
    """The files there are: one of shelves, and of products as many as it takes."""
    async with db.reading() as session:
        batches = await catalog.published_batches(session, size=PRODUCTS)
        changes = await catalog.changes_of_shelves(session)
    named = [(SHELVES, changes.get(None))]
    named += [
        (f"products-{number}.xml", batch.changed_at) for number, batch in enumerate(batches, 1)
    ]
    files = [
        f"<sitemap><loc>{origin}/sitemaps/{name}</loc>{_changed(at)}</sitemap>"
        for name, at in named
    ]
    return f"{DECLARATION}<sitemapindex {SPACES}>{''.join(files)}</sitemapindex>".encode()


async def file(db: Database, storage: Storage, *, name: str, origin: str) -> bytes | None:
    """One file; None if the index does not name it."""
    if name == SHELVES:
        parts = [entry async for entry in _shelves(db, origin)]
    else:
        number = name.removeprefix("products-").removesuffix(".xml")
        if name != f"products-{number}.xml" or not number.isdigit() or len(number) > 6:
            return None
        parts = [part async for part in _products(db, storage, int(number), origin)]
        if not parts:
            return None
    return f"{DECLARATION}<urlset {SPACES}>{''.join(parts)}</urlset>".encode()


async def _shelves(db: Database, origin: str) -> AsyncGenerator[str]:
    async with db.reading() as session:
        tree = await catalog.tree(session)
        changes = await catalog.changes_of_shelves(session)
    pages = [("/", None), ("/products", None), *((f"/c/{n.slug}", n.id) for n in _all(tree))]
    for path, shelf in pages:
        for entry in _entries(origin, path, _changed(changes.get(shelf))):
            yield entry


async def _products(
    db: Database, storage: Storage, number: int, origin: str
) -> AsyncGenerator[str]:
    async with db.reading() as session:
        batches = await catalog.published_batches(session, size=PRODUCTS)
        if not 0 < number <= len(batches):
            return
        batch = batches[number - 1]
        after, left = None, batch.count
        while left > 0:
            rows = await catalog.published(
                session, since=batch.first_id, after=after, limit=min(AT_ONCE, left)
            )
            if not rows:
                return
            for row in rows:
                for entry in _entries(origin, f"/products/{row.slug}", _more(row, storage)):
                    yield entry
            after, left = rows[-1].id, left - len(rows)


def _entries(origin: str, path: str, more: str = "") -> Iterator[str]:
    """A page in each language, each naming all of them."""
    addresses = {language: escape(origin + prefixed(language, path)) for language in LANGUAGES}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href="{address}"/>'
        for language, address in [*addresses.items(), ("x-default", addresses[DEFAULT])]
    )
    for address in addresses.values():
        yield f"<url><loc>{address}</loc>{more}{links}</url>"


def _more(row: Published, storage: Storage) -> str:
    pictures = "".join(
        f"<image:image><image:loc>{escape(storage.url(key))}</image:loc></image:image>"
        for key in row.pictures[:MOST_PICTURES]
    )
    return _changed(row.changed_at) + pictures


def _all(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.children)


def _changed(at: datetime | None) -> str:
    return f"<lastmod>{at:%Y-%m-%d}</lastmod>" if at else ""

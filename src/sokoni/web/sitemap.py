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
    files = [f"<sitemap><loc>{origin}/sitemaps/{SHELVES}</loc></sitemap>"]
    for number, batch in enumerate(batches, start=1):
        where = f"{origin}/sitemaps/products-{number}.xml"
        changed = _date(batch.changed_at)
        files.append(f"<sitemap><loc>{where}</loc><lastmod>{changed}</lastmod></sitemap>")
    return f"{DECLARATION}<sitemapindex {SPACES}>{''.join(files)}</sitemapindex>".encode()


async def file(db: Database, storage: Storage, *, name: str, origin: str) -> bytes | None:
    """One file; None if the index does not name it."""
    if name == SHELVES:
        async with db.reading() as session:
            tree = await catalog.tree(session)
        paths = ["/", "/products", *(f"/c/{node.slug}" for node in _all(tree))]
        parts = [entry for path in paths for entry in _entries(origin, path)]
    else:
        number = name.removeprefix("products-").removesuffix(".xml")
        if name != f"products-{number}.xml" or not number.isdigit() or len(number) > 6:
            return None
        parts = [part async for part in _products(db, storage, int(number), origin)]
        if not parts:
            return None
    return f"{DECLARATION}<urlset {SPACES}>{''.join(parts)}</urlset>".encode()


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
    return f"<lastmod>{_date(row.changed_at)}</lastmod>{pictures}"


def _all(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.children)


def _date(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d")

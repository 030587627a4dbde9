"""The read model: `listings` and `pages`, always written by the transaction that changes a product.

Every function takes a fixed number of statements, whatever the number of products. Each of them
first takes the locks of `locks` (a no-op where the caller holds them), so two writers of one
product leave the rows that the later one saw.
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import text

from sokoni.catalog import cards, locks, sources
from sokoni.kernel import signals
from sokoni.kernel.db import Database, WriteSession

BATCH = 200

DELETE_OTHERS = text("""
    WITH kept AS (
        SELECT * FROM jsonb_to_recordset(CAST(:kept AS jsonb))
            AS k (product_id uuid, currency text)
    ), unlisted AS (
        DELETE FROM catalog.listings AS l
        WHERE l.product_id = ANY(CAST(:ids AS uuid[]))
          AND NOT EXISTS (
              SELECT FROM kept WHERE kept.product_id = l.product_id AND kept.currency = l.currency
          )
    )
    DELETE FROM catalog.pages AS p
    WHERE p.product_id = ANY(CAST(:ids AS uuid[]))
      AND NOT EXISTS (
          SELECT FROM kept WHERE kept.product_id = p.product_id AND kept.currency = p.currency
      )
""")

LISTING_COLUMNS = """
    currency text, product_id uuid, slug text, title text, brand_id uuid, brand_slug text,
    category_ids uuid[], price bigint, price_max bigint, compare_at bigint, on_sale boolean,
    in_stock boolean, popularity bigint, published_at timestamptz, attrs text[], tags text[],
    words_b text, words_c text, words_d text, card text
"""
"""A `ListingRow` in SQL."""

INSERT_LISTINGS = """
    INSERT INTO catalog.listings (
        currency, product_id, slug, title, sort_name, brand_id, brand_slug, category_ids, price,
        price_max, compare_at, on_sale, in_stock, popularity, published_at, attrs, tags, document,
        card, is_front
    )
    SELECT r.currency, r.product_id, r.slug, r.title, catalog.fold(r.title), r.brand_id,
           r.brand_slug, r.category_ids, r.price, r.price_max, r.compare_at, r.on_sale, r.in_stock,
           r.popularity, r.published_at, r.attrs, r.tags,
           setweight(to_tsvector('simple', catalog.fold(r.title)), 'A')
               || setweight(to_tsvector('simple', catalog.fold(r.words_b)), 'B')
               || setweight(to_tsvector('simple', catalog.fold(r.words_c)), 'C')
               || setweight(to_tsvector('simple', catalog.fold(r.words_d)), 'D'),
           r.card, CAST(:is_front AS boolean)
"""
"""From rows `r` of `LISTING_COLUMNS`; load data are written by it, too.

What is new stands in front, where common words find it, until `front` has looked again.
"""

WRITE_LISTINGS = text(
    f"""
    {INSERT_LISTINGS}
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r ({LISTING_COLUMNS})
    ON CONFLICT (currency, product_id) DO UPDATE SET
        slug = excluded.slug, title = excluded.title, sort_name = excluded.sort_name,
        brand_id = excluded.brand_id, brand_slug = excluded.brand_slug,
        category_ids = excluded.category_ids, price = excluded.price,
        price_max = excluded.price_max, compare_at = excluded.compare_at,
        on_sale = excluded.on_sale, in_stock = excluded.in_stock,
        popularity = excluded.popularity, published_at = excluded.published_at,
        attrs = excluded.attrs, tags = excluded.tags, document = excluded.document,
        card = excluded.card
    """
)

WRITE_PAGES = text("""
    INSERT INTO catalog.pages (product_id, currency, slug, version, body)
    SELECT r.product_id, r.currency, r.slug, r.version, r.body
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r (
        product_id uuid, currency text, slug text, version integer, body text
    )
    ON CONFLICT (product_id, currency) DO UPDATE SET
        slug = excluded.slug, version = excluded.version, body = excluded.body
""")

# Products of variants that would change, locked before the variants (see `locks`).
STOCK_CHANGES = text("""
    WITH taxonomy AS MATERIALIZED (
        SELECT pg_advisory_xact_lock_shared(hashtextextended('catalog.taxonomy', 0))
    ), changed AS MATERIALIZED (
        SELECT DISTINCT v.product_id AS id
        FROM unnest(CAST(:ids AS uuid[]), CAST(:stocked AS boolean[])) AS wanted (id, in_stock)
        JOIN catalog.variants AS v ON v.id = wanted.id AND v.in_stock <> wanted.in_stock
    )
    SELECT p.id
    FROM taxonomy CROSS JOIN changed JOIN catalog.products AS p ON p.id = changed.id
    ORDER BY p.id
    FOR NO KEY UPDATE OF p
""")

SET_IN_STOCK = text("""
    UPDATE catalog.variants AS v SET in_stock = wanted.in_stock
    FROM unnest(CAST(:ids AS uuid[]), CAST(:stocked AS boolean[])) AS wanted (id, in_stock)
    WHERE v.id = wanted.id AND v.in_stock <> wanted.in_stock
""")

ADD_POPULARITY = text("""
    WITH more AS (
        SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:counts AS bigint[])) AS m (id, count)
    ), products AS (
        UPDATE catalog.products AS p SET popularity = p.popularity + more.count
        FROM more WHERE p.id = more.id
        RETURNING p.id, p.popularity
    )
    UPDATE catalog.listings AS l SET popularity = products.popularity
    FROM products WHERE l.product_id = products.id
""")

NEXT_IDS = text("""
    SELECT id FROM catalog.products
    WHERE CAST(:after AS uuid) IS NULL OR id > CAST(:after AS uuid)
    ORDER BY id LIMIT :batch
""")


async def rebuild(tx: WriteSession, product_ids: Collection[UUID]) -> None:
    """Write the rows of these products anew, from what the transaction sees now."""
    if not product_ids:
        return
    ids = list(product_ids)
    await locks.products(tx, ids=ids)
    await write(tx, await sources.load(tx, product_ids=ids), ids=ids)


async def write(
    tx: WriteSession, products: Sequence[sources.ProductSource], *, ids: Sequence[UUID]
) -> None:
    """Write the rows of locked products; `ids` that are not among them lose theirs."""
    pairs = [pair for product in products for pair in cards.rows(product)]
    listings = [listing for listing, _ in pairs]
    pages = [page for _, page in pairs]
    kept = [{"product_id": page.product_id, "currency": page.currency} for page in pages]
    await tx.execute(DELETE_OTHERS, {"ids": list(ids), "kept": _json(kept)})
    if pages:
        await tx.execute(WRITE_LISTINGS, {"rows": _json(listings), "is_front": True})
        await tx.execute(WRITE_PAGES, {"rows": _json(pages)})
    signals.changed(tx, "products", *(f"product:{product_id}" for product_id in ids))


async def set_in_stock(tx: WriteSession, in_stock: Mapping[UUID, bool]) -> None:
    """Inventory says which variants can be had. One statement when nothing changes by it."""
    if not in_stock:
        return
    wanted = {"ids": list(in_stock), "stocked": list(in_stock.values())}
    product_ids = list(await tx.scalars(STOCK_CHANGES, wanted))
    if product_ids:
        await tx.execute(SET_IN_STOCK, wanted)
        await write(tx, await sources.load(tx, product_ids=product_ids), ids=product_ids)


async def add_popularity(tx: WriteSession, units: Mapping[UUID, int]) -> None:
    """Count units sold, by product; lists sorted by popularity follow."""
    if not units:
        return
    await locks.products(tx, ids=units.keys())
    await tx.execute(ADD_POPULARITY, {"ids": list(units), "counts": list(units.values())})
    signals.changed(tx, "products")


async def rebuild_all(db: Database) -> int:
    """Write every row anew, in batches of their own transactions; how many products it were."""
    after: UUID | None = None
    done = 0
    while True:
        async with db.transaction() as tx:
            batch = list(await tx.scalars(NEXT_IDS, {"after": after, "batch": BATCH}))
            await rebuild(tx, batch)
        if not batch:
            return done
        after, done = batch[-1], done + len(batch)


def _json(rows: Sequence[object]) -> str:
    return msgspec.json.encode(rows).decode()

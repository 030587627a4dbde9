"""Reads: imports and their reports, and products as files show them.

`snapshots` reads catalogue and inventory in one statement, because files need both of 200 products
at a time; it writes nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import msgspec
from sqlalchemy import func, select, text

from sokoni.exchange.models import (
    Import,
    ImportChunk,
    ImportStatus,
    Picture,
    PictureState,
    Problem,
    Severity,
)
from sokoni.kernel.db import ReadSession
from sokoni.kernel.errors import NotFound
from sokoni.kernel.paging import Rows, decode_cursor, encode_cursor

IMPORTS = "imports"


class PriceShot(msgspec.Struct, frozen=True):
    currency: str
    amount: int
    compare_at: int | None


class LevelShot(msgspec.Struct, frozen=True):
    location: str
    on_hand: int


class VariantShot(msgspec.Struct, frozen=True):
    id: UUID
    sku: str
    options: dict[str, str]
    weight_g: int | None
    barcode: str | None
    taxable: bool
    image_id: UUID | None
    prices: list[PriceShot]
    levels: list[LevelShot]

    def price(self, currency: str) -> PriceShot | None:
        return next((each for each in self.prices if each.currency == currency), None)

    def units(self, location: str) -> int | None:
        return next((each.on_hand for each in self.levels if each.location == location), None)


class ImageShot(msgspec.Struct, frozen=True):
    id: UUID
    alt: str
    digest: str
    width: int
    height: int
    source: str | None


class OptionShot(msgspec.Struct, frozen=True):
    name: str
    values: list[str]


class Snapshot(msgspec.Struct, frozen=True):
    """One product with its living variants, as it is now. `categories` are paths of names.

    `fetched` are the addresses that earlier imports fetched, and the pictures they became.
    """

    id: UUID
    slug: str
    title: str
    description: str
    status: str
    tags: list[str]
    options: list[OptionShot]
    seo_title: str | None
    seo_description: str | None
    brand_id: UUID | None
    brand: str | None
    category_ids: list[UUID]
    categories: list[list[str]]
    variants: list[VariantShot]
    images: list[ImageShot]
    fetched: dict[str, UUID]


SNAPSHOT = """
    SELECT CAST(jsonb_build_object(
        'id', p.id, 'slug', p.slug, 'title', p.title, 'description', p.description,
        'status', p.status, 'tags', p.tags, 'options', p.options,
        'seo_title', p.seo_title, 'seo_description', p.seo_description,
        'brand_id', p.brand_id,
        'brand', (SELECT b.name FROM catalog.brands AS b WHERE b.id = p.brand_id),
        'category_ids', ARRAY(
            SELECT pc.category_id FROM catalog.product_categories AS pc WHERE pc.product_id = p.id
        ),
        'categories', coalesce((
            SELECT jsonb_agg(path.names ORDER BY path.names)
            FROM catalog.product_categories AS pc
            JOIN catalog.categories AS c ON c.id = pc.category_id
            CROSS JOIN LATERAL (
                SELECT jsonb_agg(a.name ORDER BY cardinality(a.ancestor_ids)) AS names
                FROM catalog.categories AS a WHERE a.id = ANY(c.ancestor_ids || c.id)
            ) AS path
            WHERE pc.product_id = p.id
        ), '[]'),
        'variants', coalesce((
            SELECT jsonb_agg(jsonb_build_object(
                'id', v.id, 'sku', v.sku, 'options', v.options, 'weight_g', v.weight_g,
                'barcode', v.barcode, 'taxable', v.taxable, 'image_id', v.image_id,
                'prices', coalesce((
                    SELECT jsonb_agg(jsonb_build_object(
                        'currency', price.currency, 'amount', price.amount,
                        'compare_at', price.compare_at
                    ))
                    FROM catalog.prices AS price WHERE price.variant_id = v.id
                ), '[]'),
                'levels', coalesce((
                    SELECT jsonb_agg(jsonb_build_object('location', l.name, 'on_hand', s.on_hand))
                    FROM inventory.stock_levels AS s
                    JOIN inventory.locations AS l ON l.id = s.location_id
                    WHERE s.variant_id = v.id
                ), '[]')
            ) ORDER BY v.position, v.id)
            FROM catalog.variants AS v WHERE v.product_id = p.id AND v.archived_at IS NULL
        ), '[]'),
        'images', coalesce((
            SELECT jsonb_agg(jsonb_build_object(
                'id', i.id, 'alt', i.alt, 'digest', i.digest, 'width', i.width,
                'height', i.height, 'source', i.source
            ) ORDER BY i.position, i.id)
            FROM catalog.images AS i WHERE i.product_id = p.id
        ), '[]'),
        'fetched', coalesce((
            SELECT jsonb_object_agg(f.url, f.image_id)
            FROM exchange.pictures AS f JOIN catalog.images AS i ON i.id = f.image_id
            WHERE f.product_id = p.id
        ), '{{}}')
    ) AS text)
    FROM catalog.products AS p
    WHERE {which}
    ORDER BY p.slug
"""
BY_SLUG = text(SNAPSHOT.format(which="p.slug = ANY(CAST(:slugs AS text[]))"))
AFTER_SLUG = text(
    SNAPSHOT.format(
        which="""p.slug = ANY(ARRAY(
            SELECT next.slug FROM catalog.products AS next
            WHERE next.slug > :after ORDER BY next.slug LIMIT :most
        ))"""
    )
)
EXTENT = text("""
    SELECT
        (SELECT coalesce(max(jsonb_array_length(options)), 0) FROM catalog.products) AS options,
        ARRAY(SELECT DISTINCT currency FROM catalog.prices ORDER BY currency) AS currencies,
        ARRAY(
            SELECT l.name FROM inventory.locations AS l
            WHERE EXISTS (SELECT FROM inventory.stock_levels AS s WHERE s.location_id = l.id)
            ORDER BY l.name
        ) AS locations
""")

decode = msgspec.json.Decoder(Snapshot).decode


@dataclass(frozen=True, slots=True)
class Extent:
    """What columns an export needs."""

    options: int
    currencies: tuple[str, ...]
    locations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PictureCounts:
    """How far the pictures of an import are."""

    queued: int
    attached: int
    failed: int


@dataclass(frozen=True, slots=True)
class Told:
    """One line of an import's report."""

    id: int
    severity: Severity
    row: int | None
    column: str | None
    handle: str | None
    message: str


async def snapshots(db: ReadSession, *, slugs: Collection[str]) -> dict[str, Snapshot]:
    """The products with these slugs that exist, by slug. One statement."""
    found = await db.scalars(BY_SLUG, {"slugs": list(slugs)})
    return {shot.slug: shot for shot in map(decode, found)}


async def snapshots_after(db: ReadSession, *, slug: str, limit: int) -> list[Snapshot]:
    """The products that follow this slug. One statement."""
    return [decode(each) for each in await db.scalars(AFTER_SLUG, {"after": slug, "most": limit})]


async def extent(db: ReadSession) -> Extent:
    row = (await db.execute(EXTENT)).one()
    return Extent(row.options, tuple(row.currencies), tuple(row.locations))


async def import_by(db: ReadSession, import_id: UUID) -> Import:
    """The import as it is now; `NotFound`."""
    found = await db.get(Import, import_id, populate_existing=True)
    if found is None:
        raise NotFound
    return found


async def imports(db: ReadSession, *, cursor: str | None, limit: int) -> Rows[Import]:
    """Imports, newest first."""
    query = select(Import).order_by(Import.id.desc()).limit(limit + 1)
    if cursor is not None:
        query = query.where(Import.id < decode_cursor(IMPORTS, cursor, of=tuple[UUID])[0])
    found = list(await db.scalars(query))
    page = found[:limit]
    more = len(found) > limit
    return Rows(page, encode_cursor(IMPORTS, [page[-1].id]) if more else None)


async def problems(
    db: ReadSession, import_id: UUID, *, cursor: str | None = None, limit: int
) -> Rows[Told]:
    """The import's report in the order of the file; pictures come last."""
    kind = f"{IMPORTS}.{import_id}"
    query = select(
        Problem.id,
        Problem.severity,
        Problem.row,
        Problem.column,
        Problem.handle,
        Problem.message,
    ).where(Problem.import_id == import_id)
    if cursor is not None:
        query = query.where(Problem.id > decode_cursor(kind, cursor, of=tuple[int])[0])
    rows = await db.execute(query.order_by(Problem.id).limit(limit + 1))
    found = [Told(*row) for row in rows]
    page = found[:limit]
    more = len(found) > limit
    return Rows(page, encode_cursor(kind, [page[-1].id]) if more else None)


async def picture_counts(db: ReadSession, import_id: UUID) -> PictureCounts:
    query = (
        select(Picture.state, func.count().label("pictures"))
        .where(Picture.import_id == import_id)
        .group_by(Picture.state)
    )
    counts = {row.state: row.pictures for row in await db.execute(query)}
    return PictureCounts(**{state.value: counts.get(state, 0) for state in PictureState})


async def picture(db: ReadSession, picture_id: UUID) -> Picture | None:
    return await db.get(Picture, picture_id)


async def fetched(db: ReadSession, *, product_id: UUID, url: str) -> list[UUID]:
    """What this address became on the product, as often as it was fetched; maybe gone since."""
    query = select(Picture.image_id).where(
        Picture.product_id == product_id,
        Picture.url == url,
        Picture.state == PictureState.ATTACHED,
        Picture.image_id.is_not(None),
    )
    return [each for each in await db.scalars(query) if each is not None]


async def chunk(db: ReadSession, import_id: UUID, *, number: int) -> bytes | None:
    """A piece of the import's file; None after the last."""
    found: bytes | None = await db.scalar(
        select(ImportChunk.data).where(
            ImportChunk.import_id == import_id, ImportChunk.number == number
        )
    )
    return found


async def unfinished(db: ReadSession, *, digest: str, options: object) -> Import | None:
    """The newest import of this file by a command that has not come to its end."""
    query = (
        select(Import)
        .where(
            Import.digest == digest,
            Import.status == ImportStatus.RUNNING,
            Import.options == options,
            ~Import.has_file,
        )
        .order_by(Import.id.desc())
        .limit(1)
    )
    return await db.scalar(query)

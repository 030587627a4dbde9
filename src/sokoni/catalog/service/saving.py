"""Writing products, one or five hundred, in the same fixed number of statements.

The caller has shared the taxonomy and locked the products that exist (`locks`), read them
(`sources`), and found every draft's slug. SKUs are checked behind their locks. Unique constraints
back up the checks made here; losing a race for an address undoes the transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from sokoni.catalog import locks, sources
from sokoni.catalog.errors import SkuTaken, SlugTaken
from sokoni.catalog.events import ProductChanged
from sokoni.catalog.service import readmodel
from sokoni.catalog.service.planning import Change, Plan, plan
from sokoni.catalog.sources import ProductSource
from sokoni.kernel import outbox
from sokoni.kernel.db import WriteSession, violated
from sokoni.kernel.errors import FieldError, Invalid, SokoniError

KNOWN = text("""
    SELECT id FROM catalog.categories WHERE id = ANY(CAST(:category_ids AS uuid[]))
    UNION ALL
    SELECT id FROM catalog.brands WHERE id = ANY(CAST(:brand_ids AS uuid[]))
""")

TAKEN_SKUS = text("""
    SELECT sku, id FROM catalog.variants
    WHERE sku = ANY(CAST(:skus AS text[])) AND id <> ALL(CAST(:variant_ids AS uuid[]))
""")

MOVE_SLUGS = text("""
    WITH wanted AS (
        SELECT * FROM jsonb_to_recordset(CAST(:products AS jsonb)) AS w (id uuid, slug text)
    ), taken AS MATERIALIZED (
        SELECT r.slug FROM catalog.slug_redirects AS r JOIN wanted ON wanted.slug = r.slug
        ORDER BY r.slug
        FOR UPDATE OF r
    ), freed AS (
        DELETE FROM catalog.slug_redirects AS r USING taken WHERE r.slug = taken.slug
    )
    INSERT INTO catalog.slug_redirects (slug, product_id)
    SELECT p.slug, p.id
    FROM catalog.products AS p JOIN wanted ON wanted.id = p.id AND wanted.slug <> p.slug
    ORDER BY p.slug
    ON CONFLICT (slug) DO UPDATE SET product_id = excluded.product_id
""")

WRITE_PRODUCTS = text("""
    INSERT INTO catalog.products AS p (
        id, slug, title, description, status, brand_id, tags, options, seo_title,
        seo_description, published_at, created_at, updated_at
    )
    SELECT r.id, r.slug, r.title, r.description, r.status, r.brand_id, r.tags, r.options,
           r.seo_title, r.seo_description,
           CASE WHEN r.status = 'active' THEN CAST(:now AS timestamptz) END,
           CAST(:now AS timestamptz), CAST(:now AS timestamptz)
    FROM jsonb_to_recordset(CAST(:products AS jsonb)) AS r (
        id uuid, slug text, title text, description text, status text, brand_id uuid, tags text[],
        options jsonb, seo_title text, seo_description text
    )
    ORDER BY r.slug
    ON CONFLICT (id) DO UPDATE SET
        slug = excluded.slug, title = excluded.title, description = excluded.description,
        status = excluded.status, brand_id = excluded.brand_id, tags = excluded.tags,
        options = excluded.options, seo_title = excluded.seo_title,
        seo_description = excluded.seo_description,
        published_at = coalesce(p.published_at, excluded.published_at),
        updated_at = excluded.updated_at, version = p.version + 1
""")

WRITE_SHELVES = text("""
    WITH wanted AS (
        SELECT * FROM jsonb_to_recordset(CAST(:shelves AS jsonb))
            AS w (product_id uuid, category_id uuid)
    ), gone AS (
        DELETE FROM catalog.product_categories AS pc
        WHERE pc.product_id = ANY(CAST(:ids AS uuid[])) AND NOT EXISTS (
            SELECT FROM wanted
            WHERE wanted.product_id = pc.product_id AND wanted.category_id = pc.category_id
        )
    )
    INSERT INTO catalog.product_categories (product_id, category_id)
    SELECT product_id, category_id FROM wanted
    ON CONFLICT DO NOTHING
""")

DELETE_VARIANTS = text("""
    DELETE FROM catalog.variants WHERE id = ANY(CAST(:ids AS uuid[])) AND NOT was_ordered
""")

ARCHIVE_VARIANTS = text("""
    UPDATE catalog.variants SET archived_at = CAST(:now AS timestamptz), version = version + 1
    WHERE id = ANY(CAST(:ids AS uuid[])) AND archived_at IS NULL
""")

WRITE_VARIANTS = text("""
    INSERT INTO catalog.variants AS v (
        id, product_id, sku, title, options, position, weight_g, barcode, taxable, image_id
    )
    SELECT r.id, r.product_id, r.sku, r.title, r.options, r.position, r.weight_g, r.barcode,
           r.taxable, r.image_id
    FROM jsonb_to_recordset(CAST(:variants AS jsonb)) AS r (
        id uuid, product_id uuid, sku text, title text, options jsonb, position integer,
        weight_g integer, barcode text, taxable boolean, image_id uuid
    )
    ON CONFLICT (id) DO UPDATE SET
        sku = excluded.sku, title = excluded.title, options = excluded.options,
        position = excluded.position, weight_g = excluded.weight_g, barcode = excluded.barcode,
        taxable = excluded.taxable, image_id = excluded.image_id, archived_at = NULL,
        version = v.version + 1
""")

WRITE_PRICES = text("""
    WITH wanted AS (
        SELECT * FROM jsonb_to_recordset(CAST(:prices AS jsonb))
            AS w (variant_id uuid, currency text, amount bigint, compare_at bigint)
    ), gone AS (
        DELETE FROM catalog.prices AS p
        WHERE p.variant_id = ANY(CAST(:variant_ids AS uuid[])) AND NOT EXISTS (
            SELECT FROM wanted
            WHERE wanted.variant_id = p.variant_id AND wanted.currency = p.currency
        )
    )
    INSERT INTO catalog.prices AS p (variant_id, currency, amount, compare_at)
    SELECT variant_id, currency, amount, compare_at FROM wanted
    ON CONFLICT (variant_id, currency) DO UPDATE SET
        amount = excluded.amount, compare_at = excluded.compare_at
    WHERE (p.amount, p.compare_at) IS DISTINCT FROM (excluded.amount, excluded.compare_at)
""")


@dataclass(frozen=True, slots=True)
class Saved:
    """The products as they are now, by id, and why others were refused."""

    products: dict[UUID, ProductSource]
    refused: dict[UUID, SokoniError]


async def save(tx: WriteSession, *, changes: Sequence[Change], now: datetime) -> Saved:
    """Write every change that can be, with its read model; the refused ones change nothing."""
    plans: list[Plan] = []
    refused: dict[UUID, SokoniError] = {}
    for change in changes:
        try:
            plans.append(plan(change))
        except Invalid as error:
            refused[change.product_id] = error
    refused |= await _unknown(tx, plans)
    refused |= await _taken(tx, [each for each in plans if each.product.id not in refused])
    accepted = [each for each in plans if each.product.id not in refused]
    if not accepted:
        return Saved(products={}, refused=refused)
    await _write(tx, accepted, now=now)
    ids = [each.product.id for each in accepted]
    products = await sources.load(tx, product_ids=ids)
    await readmodel.write(tx, products, ids=ids)
    for product_id in ids:
        outbox.publish(tx, ProductChanged(product_id=product_id))
    return Saved(products={product.id: product for product in products}, refused=refused)


async def remove_variants(tx: WriteSession, *, ids: Sequence[UUID], now: datetime) -> None:
    """Delete them, or archive those that somebody ordered or another module still needs."""
    if not ids:
        return
    try:
        async with tx.begin_nested():
            await tx.execute(DELETE_VARIANTS, {"ids": list(ids)})
    except IntegrityError:
        pass  # a row elsewhere refers to one of them: keep them all, archived
    await tx.execute(ARCHIVE_VARIANTS, {"ids": list(ids), "now": now})


async def _unknown(tx: WriteSession, plans: Sequence[Plan]) -> dict[UUID, SokoniError]:
    """Refusals of plans that name a brand or category which does not exist."""
    brands = {each.product.brand_id for each in plans if each.product.brand_id is not None}
    shelves = {category_id for each in plans for category_id in each.category_ids}
    if not brands and not shelves:
        return {}
    known = set(await tx.scalars(KNOWN, {"category_ids": list(shelves), "brand_ids": list(brands)}))
    refused: dict[UUID, SokoniError] = {}
    for each in plans:
        errors = [
            FieldError(f"/category_ids/{i}", "is not a category of this shop")
            for i, category_id in enumerate(each.category_ids)
            if category_id not in known
        ]
        if each.product.brand_id is not None and each.product.brand_id not in known:
            errors.append(FieldError("/brand", "is not a brand of this shop"))
        if errors:
            refused[each.product.id] = Invalid("The product names unknown things.", errors=errors)
    return refused


async def _taken(tx: WriteSession, plans: Sequence[Plan]) -> dict[UUID, SokoniError]:
    """Refusals of plans whose SKU belongs to another variant, kept or planned before."""
    await locks.skus(tx, skus={sku for each in plans for sku in each.moved_skus})
    variants = [variant for each in plans for variant in each.variants]
    if not variants:
        return {}
    rows = await tx.execute(
        TAKEN_SKUS,
        {"skus": [v.sku for v in variants], "variant_ids": [v.id for v in variants]},
    )
    owners: dict[str, UUID] = {row.sku: row.id for row in rows}
    refused: dict[UUID, SokoniError] = {}
    for each in plans:
        for variant in each.variants:
            if owners.setdefault(variant.sku, variant.id) != variant.id:
                refused[each.product.id] = SkuTaken(
                    f"The SKU {variant.sku} belongs to another variant.", sku=variant.sku
                )
    return refused


async def _write(tx: WriteSession, plans: Sequence[Plan], *, now: datetime) -> None:
    ids = [each.product.id for each in plans]
    products = _json([each.product for each in plans])
    await tx.execute(MOVE_SLUGS, {"products": products})
    try:
        await tx.execute(WRITE_PRODUCTS, {"products": products, "now": now})
    except IntegrityError as error:
        if violated(error, "products_slug_key"):
            raise SlugTaken("Another product has this address.") from error
        raise
    shelves = [
        {"product_id": each.product.id, "category_id": category_id}
        for each in plans
        for category_id in each.category_ids
    ]
    await tx.execute(WRITE_SHELVES, {"ids": ids, "shelves": _json(shelves)})
    await remove_variants(tx, ids=[gone for each in plans for gone in each.gone], now=now)
    variants = [variant for each in plans for variant in each.variants]
    try:
        await tx.execute(WRITE_VARIANTS, {"variants": _json(variants)})
    except IntegrityError as error:
        if violated(error, "variants_sku_key"):
            raise SkuTaken("Another variant has one of these SKUs.") from error
        raise
    await tx.execute(
        WRITE_PRICES,
        {
            "variant_ids": [variant_id for each in plans for variant_id in each.variant_ids],
            "prices": _json([price for each in plans for price in each.prices]),
        },
    )


def _json(rows: Sequence[object]) -> str:
    return msgspec.json.encode(rows).decode()

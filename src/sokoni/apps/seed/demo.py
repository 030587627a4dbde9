"""The demo shop: sixty products with photographs, two warehouses, three people."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sokoni.apps.seed.files import category_paths, read_bytes, read_json
from sokoni.apps.seed.reference import seed_reference
from sokoni.catalog import images
from sokoni.catalog import queries as catalog_queries
from sokoni.catalog import service as catalog
from sokoni.catalog.images import Encoded
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.service import (
    NewPicture,
    OptionDraft,
    PriceDraft,
    ProductDraft,
    VariantDraft,
)
from sokoni.identity import queries as identity_queries
from sokoni.identity import service as identity
from sokoni.identity.passwords import PasswordHasher
from sokoni.inventory import queries as inventory_queries
from sokoni.inventory import service as inventory
from sokoni.kernel.clock import Clock
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.resources import Resources
from sokoni.kernel.storage import Storage
from sokoni.search import flows as search

ACTOR = "seed"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Person:
    email: str
    password: str
    name: str
    is_admin: bool = False


PEOPLE = (
    Person("admin@example.com", "Admin@123", "Amina Administrator", is_admin=True),
    Person("alice@example.com", "Alice@123", "Alice Mwangi"),
    Person("bob@example.com", "Bob@123", "Bob Okello"),
)


async def seed_demo(resources: Resources, *, progress: Progress | None = None) -> None:
    """Reference data, people, warehouses and products, as far as they are missing."""
    await seed_reference(resources)
    db = resources.get(Database)
    now = resources.get(Clock).now()
    data = read_json("demo", "catalogue.json")
    await _people(resources, now=now)
    locations = await _locations(db, data["locations"], now=now)
    missing = await _missing(db, data["products"])
    photos = await _photos(resources.get(Storage), missing, progress)
    for product in missing:
        async with db.transaction() as tx:
            await _product(tx, product, locations=locations, photos=photos, now=now)
    if missing:
        await search.rebuild_vocabulary(db)  # typing errors are understood from the first request


async def _people(resources: Resources, *, now: datetime) -> None:
    """The demo's people; their passwords are too short for the shop's own rules."""
    db, hasher = resources.get(Database), PasswordHasher()
    try:
        for person in PEOPLE:
            async with db.reading() as reading:
                known = await identity_queries.user_by_email(reading, person.email)
            if known is not None:
                continue
            hashed = await hasher.hash(person.password)
            create = identity.create_admin if person.is_admin else identity.create_user
            async with db.transaction() as tx:
                await create(
                    tx, email=person.email, password_hash=hashed, name=person.name, now=now
                )
    finally:
        await hasher.close()


async def _locations(
    db: Database, wanted: list[dict[str, Any]], *, now: datetime
) -> dict[str, UUID]:
    async with db.transaction() as tx:
        found = {place.name: place.id for place in await inventory_queries.locations(tx)}
        for place in wanted:
            if place["name"] not in found:
                found[place["name"]] = await inventory.create_location(
                    tx,
                    name=place["name"],
                    code=place["name"].lower().replace(" ", "-"),
                    priority=place["priority"],
                    address=place["address"],
                    actor=ACTOR,
                    now=now,
                )
    return found


async def _photos(
    storage: Storage, products: list[dict[str, Any]], progress: Progress | None
) -> dict[str, Encoded]:
    """The photographs of these products, each kept in its sizes."""
    names = sorted({image["photo"] for product in products for image in product["images"]})
    done = 0

    async def keep(name: str) -> Encoded:
        nonlocal done
        encoded = await images.encode_in_pool(read_bytes("demo", "photos", f"{name}.webp"))
        await images.save(storage, encoded=encoded)
        done += 1
        if progress is not None:
            progress(done, len(names))
        return encoded

    return dict(zip(names, await asyncio.gather(*map(keep, names)), strict=True))


async def _missing(db: Database, products: list[dict[str, Any]]) -> list[dict[str, Any]]:
    async with db.reading() as reading:
        slugs = [product["slug"] for product in products]
        known = await catalog_queries.product_ids(reading, slugs=slugs)
    return [product for product in products if product["slug"] not in known]


async def _product(
    tx: WriteSession,
    product: dict[str, Any],
    *,
    locations: dict[str, UUID],
    photos: dict[str, Encoded],
    now: datetime,
) -> None:
    paths = [category_paths()[slug] for slug in product["categories"]]
    categories = await catalog.ensure_categories(tx, paths=paths)
    brands = await catalog.bulk.ensure_brands(tx, names=[product["brand"]])
    draft = ProductDraft(
        title=product["title"],
        slug=product["slug"],
        description=product["description"],
        status=ProductStatus.ACTIVE,
        brand_id=brands[product["brand"]],
        category_ids=tuple(categories[path] for path in paths),
        tags=tuple(product["tags"]),
        options=tuple(
            OptionDraft(option["name"], tuple(option["values"])) for option in product["options"]
        ),
        variants=tuple(_variant(variant) for variant in product["variants"]),
        seo_title=product["seo"]["title"],
        seo_description=product["seo"]["description"],
    )
    made = await catalog.create_product(tx, draft=draft, actor=ACTOR, now=now)
    ids = {variant.sku: variant.id for variant in made.variants}
    await inventory.set_stock(
        tx,
        {
            (ids[variant["sku"]], locations[name]): units
            for variant in product["variants"]
            for name, units in variant["stock"].items()
        },
        now=now,
        actor=ACTOR,
    )
    await catalog.add_images(
        tx,
        product_id=made.id,
        pictures=[
            NewPicture(
                encoded=photos[image["photo"]],
                alt=image["alt"],
                variant_ids=tuple(
                    ids[variant["sku"]]
                    for variant in product["variants"]
                    if variant["image"] == image["photo"]
                ),
            )
            for image in product["images"]
        ],
        actor=ACTOR,
        now=now,
    )


def _variant(variant: dict[str, Any]) -> VariantDraft:
    return VariantDraft(
        sku=variant["sku"],
        options=variant["options"],
        prices=tuple(
            PriceDraft(price["currency"], price["amount"], price.get("compare_at"))
            for price in variant["prices"]
        ),
        weight_g=variant["weight_g"],
        barcode=variant["barcode"],
    )

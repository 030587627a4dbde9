"""An exported file imports again without loss: here nothing changes, in an empty shop all is back.

Exported again it is the same file, byte for byte.
"""

import csv
from datetime import UTC, datetime
from io import StringIO
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sokoni.catalog import service as catalog
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.service import OptionDraft, PriceDraft, ProductDraft, VariantDraft
from sokoni.inventory import service as inventory
from sokoni.kernel.db import Database
from sokoni.kernel.storage import Storage
from tests.catalog.factories import MUG, create
from tests.exchange.factories import EUR, empty_shop, export, run_import

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ANY = st.characters(codec="utf-8", exclude_characters="\0")
LINES = st.text(ANY, min_size=1, max_size=20).filter(
    lambda text: text.strip() != ""
) | st.sampled_from(
    ["=1+1", "'=x", '"quoted"', "a, b; c > d", "日本語, «кавычки»", "-5", "@home", "a\\b"]
)
HTML = st.sampled_from(
    ["", '<p>Two\nlines, &amp; a "quote"</p>', "- a list\r\n- of things", "=1+1", "<b>Üñí</b> 😀"]
)
CURRENCIES = ("EUR", "JPY", "KWD", "TZS")
MAYBE = st.none() | LINES


@st.composite
def prices(draw: Any) -> tuple[PriceDraft, ...]:
    currencies = draw(st.lists(st.sampled_from(CURRENCIES), unique=True, max_size=4))
    amounts = st.integers(0, 10**9)
    return tuple(
        PriceDraft(currency, draw(amounts), draw(st.none() | amounts)) for currency in currencies
    )


@st.composite
def variant(draw: Any, options: dict[str, str]) -> VariantDraft:
    return VariantDraft(
        options=options,
        prices=draw(prices()),
        weight_g=draw(st.none() | st.integers(0, 10**6)),
        barcode=draw(MAYBE),
        taxable=draw(st.booleans()),
    )


@st.composite
def product(draw: Any) -> ProductDraft:
    names = ("Size", "=Color", "Material, or so", "Fit")[: draw(st.integers(0, 4))]
    values = draw(
        st.lists(st.sampled_from(("S", "M, or so", "-L", "Größe")), min_size=1, unique=True)
    )
    rows = [dict.fromkeys(names, value) for value in (values if names else values[:1])]
    return ProductDraft(
        title=draw(LINES.filter(lambda text: any(letter.isalnum() for letter in text))),
        description=draw(HTML),
        status=draw(st.sampled_from(ProductStatus)),
        tags=tuple(draw(st.lists(LINES, max_size=3))),
        options=tuple(OptionDraft(name, tuple(values)) for name in names),
        variants=tuple(draw(variant(row)) for row in rows),
        seo_title=draw(MAYBE),
        seo_description=draw(MAYBE),
    )


SHELVES = (("Home",), ("Home", "Kitchen & co"), ("A > B; C",))
PLACES = ("Dar es Salaam", "Lager, Nord")


@st.composite
def shop(
    draw: Any,
) -> list[tuple[ProductDraft, str, list[tuple[str, ...]], list[list[int | None]]]]:
    found = []
    for draft in draw(st.lists(product(), min_size=1, max_size=4)):
        brand = draw(st.sampled_from(["", "Mwani", "=Brand, Inc."]))
        shelves = draw(st.lists(st.sampled_from(SHELVES), unique=True))
        units = st.none() | st.integers(0, 99)
        stock = [[draw(units) for _ in PLACES] for _ in draft.variants]
        found.append((draft, brand, shelves, stock))
    return found


async def build(db: Database, wanted: Any) -> None:
    async with db.transaction() as tx:
        shelves = await catalog.ensure_categories(tx, paths=SHELVES)
        brands = await catalog.bulk.ensure_brands(tx, names=["Mwani", "=Brand, Inc."])
        places = [
            await inventory.create_location(tx, name=name, code=name, actor="test", now=NOW)
            for name in PLACES
        ]
    for draft, brand, paths, stock in wanted:
        made = await create(
            db,
            draft,
            brand_id=brands.get(brand),
            category_ids=tuple(shelves[path] for path in paths),
        )
        levels = {
            (variant.id, place): count
            for variant, counts in zip(made.variants, stock, strict=True)
            for place, count in zip(places, counts, strict=True)
            if count is not None
        }
        async with db.transaction() as tx:
            await inventory.set_stock(tx, levels, now=NOW)


@given(wanted=shop())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_an_export_imports_again_without_loss(
    db: Database, storage: Storage, wanted: Any
) -> None:
    await empty_shop(db)
    await build(db, wanted)
    exported = await export(db, storage)

    here = await run_import(db, storage, exported, stock="replace")
    assert (here.errors, here.counts) == ([], (0, 0, len(wanted), 0))
    assert await export(db, storage) == exported

    await empty_shop(db)
    there = await run_import(db, storage, exported)
    assert (there.errors, there.counts) == ([], (len(wanted), 0, 0, 0))
    assert await export(db, storage) == exported


async def test_an_export_of_more_than_one_batch_has_every_product_once(
    db: Database, storage: Storage
) -> None:
    rows = "".join(f"mug-{i:04},Mug {i}\n" for i in range(450))
    await run_import(db, storage, f"Handle,Title\n{rows}".encode(), options=EUR)

    lines = (await export(db, storage)).decode().splitlines()[1:]

    assert [line.split(",")[0] for line in lines] == [f"mug-{i:04}" for i in range(450)]


async def test_the_price_column_is_in_the_currency_of_the_shop(
    db: Database, storage: Storage
) -> None:
    await create(db, MUG)

    exported = (await export(db, storage, currency="TZS")).decode()

    rows = csv.DictReader(StringIO(exported, newline=""))
    assert [row["Variant Price"] for row in rows] == ["70000.00", ""]

"""A batch of products into the shop, in a number of statements that does not grow with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sokoni.catalog import queries as catalogue
from sokoni.catalog import service as catalog
from sokoni.catalog.service import ProductDraft
from sokoni.catalog.service.bulk import Upserted
from sokoni.exchange import queries
from sokoni.exchange.comparing import is_news
from sokoni.exchange.drafting import product_of
from sokoni.exchange.options import ImportOptions
from sokoni.exchange.problems import Problem, Report
from sokoni.exchange.queries import ImageShot, Snapshot
from sokoni.exchange.reading import Group
from sokoni.exchange.service import pictures, refusals, stocking
from sokoni.exchange.service.pictures import WantedPicture
from sokoni.exchange.variants import sku_of
from sokoni.exchange.wanted import Beside, FileProduct
from sokoni.kernel.db import WriteSession


@dataclass(frozen=True, slots=True)
class Run:
    """What all batches of an import share. `address_of` says where a picture of ours is seen."""

    import_id: UUID
    options: ImportOptions
    actor: str
    first_row_of_sku: Callable[[str, int], int]
    address_of: Callable[[ImageShot], str]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some products of the file, and what is to be said of the file itself."""

    groups: tuple[Group, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a batch went which way."""

    created: int
    updated: int
    unchanged: int
    refused: int
    rows: int
    rows_refused: int

    @property
    def products(self) -> int:
        return self.created + self.updated + self.unchanged + self.refused


@dataclass(frozen=True, slots=True)
class Outcome:
    tally: Tally
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Work:
    """One product on its way."""

    group: Group
    report: Report
    images: dict[str, UUID]
    wanted: FileProduct | None
    draft: ProductDraft | None = None
    upserted: Upserted | None = None
    moves_stock: bool = False

    @property
    def is_new_to_shop(self) -> bool:
        return self.upserted is not None and self.upserted.was_created

    @property
    def was_written(self) -> bool:
        return self.upserted is not None and self.upserted.product is not None


async def apply_batch(tx: WriteSession, *, run: Run, batch: Batch, now: datetime) -> Outcome:
    """Create and change the batch's products, their stock, and queue their pictures."""
    works = await _read(tx, run, batch.groups)
    await _complete(tx, [work for work in works if work.wanted is not None])
    news = [work for work in works if _is_news(work)]
    drafts = [work.draft for work in news if work.draft is not None]
    if drafts:
        upserted = await catalog.bulk.upsert_products(tx, drafts=drafts, now=now)
        for work, outcome in zip(news, upserted, strict=True):
            work.upserted = outcome
            if outcome.refused is not None and work.wanted is not None:
                refusals.tell(work.report, work.wanted, outcome.refused)
    for work in works:
        work.moves_stock = stocking.moves(work.wanted, run.options) and not work.report.is_refused
    await _stock(tx, run, works, now=now)
    if run.options.with_pictures:
        await pictures.want(tx, import_id=run.import_id, wanted=_pictures(works))
    problems = [*batch.problems, *(each for work in works for each in work.report.problems)]
    in_order = sorted(problems, key=lambda problem: problem.row or 0)
    return Outcome(tally=_tally(works), problems=tuple(in_order))


async def _read(tx: WriteSession, run: Run, groups: Sequence[Group]) -> list[Work]:
    """The rows as drafts beside the products that exist. Two statements."""
    handles = [group.handle for group in groups if "\0" not in group.handle]
    existing = await queries.snapshots(tx, slugs=handles)
    skus = {sku for group in groups for row in group.rows if (sku := sku_of(row))}
    owners = await catalogue.variants_by_sku(tx, skus=skus)

    def owner_of(sku: str) -> UUID | None:
        return owners[sku].product_id if sku in owners else None

    works = []
    for group in groups:
        found = existing.get(group.handle)
        images = _images(found, run.address_of) if found else {}
        beside = Beside(
            currency=run.options.currency,
            existing=found,
            images=images,
            owner_of=owner_of,
            first_row_of=run.first_row_of_sku,
        )
        wanted, report = product_of(group, beside)
        works.append(Work(group=group, report=report, images=images, wanted=wanted))
    return works


def _images(found: Snapshot, address_of: Callable[[ImageShot], str]) -> dict[str, UUID]:
    """The product's pictures by every address that means them."""
    known = {address_of(image): image.id for image in found.images}
    known |= found.fetched
    return known | {image.source: image.id for image in found.images if image.source}


async def _complete(tx: WriteSession, works: Sequence[Work]) -> None:
    """Give the drafts their brands and categories; missing ones are made."""
    wanted = [work.wanted for work in works if work.wanted is not None]
    paths = {path for product in wanted for path in product.categories}
    category_ids = await _categories(tx, paths)
    names = {product.brand for product in wanted if product.brand}
    brand_ids = await catalog.bulk.ensure_brands(tx, names=names)
    for work, product in zip(works, wanted, strict=True):
        work.draft = replace(
            product.draft,
            brand_id=brand_ids.get(product.brand),
            category_ids=tuple(category_ids[path] for path in product.categories),
        )


async def _categories(tx: WriteSession, paths: set[tuple[str, ...]]) -> dict[tuple[str, ...], UUID]:
    """The categories at these paths. Only a missing one makes others wait (the taxonomy's lock)."""
    if not paths:
        return {}
    known = {
        (category.parent_id, category.name.lower()): category.id
        for category in reversed(await catalogue.all_categories(tx))
    }
    found: dict[tuple[str, ...], UUID] = {}
    for path in paths:
        category_id: UUID | None = None
        for name in path:
            category_id = known.get((category_id, name.lower()))
            if category_id is None:
                break
        if category_id is not None:
            found[path] = category_id
    missing = paths - found.keys()
    return found | await catalog.ensure_categories(tx, paths=missing) if missing else found


def _is_news(work: Work) -> bool:
    wanted, draft = work.wanted, work.draft
    if wanted is None or draft is None:
        return False
    if wanted.existing is None:
        return True
    return is_news(draft, wanted.existing, [variant.existing for variant in wanted.variants])


async def _stock(tx: WriteSession, run: Run, works: Sequence[Work], *, now: datetime) -> None:
    reports = {work.group.handle: work.report for work in works}
    stocked = [
        stocking.Stocked(
            product=work.wanted,
            variant_ids=_variant_ids(work),
            new_variant_ids=frozenset(work.upserted.new_variant_ids if work.upserted else ()),
        )
        for work in works
        if work.wanted is not None and not work.report.is_refused
    ]
    refused = await stocking.stock(
        tx, stocked, options=run.options, actor=run.actor, import_id=run.import_id, now=now
    )
    for problem in refused:
        assert problem.row is not None
        reports[problem.handle or ""].refuse_row(problem.row, problem.column, problem.message)


def _variant_ids(work: Work) -> dict[int, UUID]:
    """The variants of the file's rows, by row."""
    assert work.wanted is not None
    if work.upserted is None or work.upserted.product is None:
        found = work.wanted.existing.variants if work.wanted.existing else []
        by_options = {frozenset(each.options.items()): each.id for each in found}
    else:
        living = work.upserted.product.living_variants
        by_options = {frozenset(each.options.items()): each.id for each in living}
    return {
        variant.row: by_options[frozenset(variant.draft.options.items())]
        for variant in work.wanted.variants
    }


def _pictures(works: Sequence[Work]) -> list[WantedPicture]:
    found: list[WantedPicture] = []
    for work in works:
        if work.wanted is not None and work.wanted.pictures and not work.report.is_refused:
            product_id = _product_id(work)
            variant_ids = _variant_ids(work)
            found += pictures.wanted_of(work.wanted, product_id, variant_ids, work.images)
    return found


def _product_id(work: Work) -> UUID:
    if work.upserted is not None and work.upserted.product is not None:
        return work.upserted.product.id
    assert work.wanted is not None
    assert work.wanted.existing is not None
    return work.wanted.existing.id


def _tally(works: Sequence[Work]) -> Tally:
    refused = [work for work in works if work.report.is_refused]
    taken = [work for work in works if not work.report.is_refused]
    created = sum(work.is_new_to_shop for work in taken)
    updated = sum(
        not work.is_new_to_shop and (work.was_written or work.moves_stock) for work in taken
    )
    return Tally(
        created=created,
        updated=updated,
        unchanged=len(taken) - created - updated,
        refused=len(refused),
        rows=sum(work.group.size for work in works),
        rows_refused=sum(work.group.size for work in refused)
        + sum(len(work.report.refused_rows) for work in taken),
    )

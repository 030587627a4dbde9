"""Background work of the catalogue."""

from datetime import timedelta

from sokoni.catalog.service import front, popularity, spreading
from sokoni.catalog.service.spreading import SpreadBrand, SpreadCategory
from sokoni.kernel import jobs
from sokoni.kernel.jobs import Work


@jobs.handles(SpreadBrand)
async def spread_brand(work: Work, task: SpreadBrand) -> None:
    await spreading.spread_brand(work.db, brand_id=task.brand_id)


@jobs.handles(SpreadCategory)
async def spread_category(work: Work, task: SpreadCategory) -> None:
    await spreading.spread_category(work.db, category_id=task.category_id)


@jobs.periodic("catalog.popularity", every=timedelta(seconds=20))
async def count_sold(work: Work) -> None:
    """Let lists sorted by popularity follow what was sold."""
    counted = popularity.MOST_PRODUCTS
    while counted == popularity.MOST_PRODUCTS:
        counted = await work.db.run(popularity.count_sold)


@jobs.periodic("catalog.front", every=timedelta(minutes=10))
async def rearrange_front(work: Work) -> None:
    """Keep the most popular products where common words are looked for first."""
    await front.rearrange(work.db)

"""Time and memory of a large import: `python -m bench.import_products [--rows 100000]`.

Makes a file, imports it twice into a database of its own on the tests' server (which does not wait
for the disk), and prints seconds and the growth of this process's memory over what it had with
everything loaded and one small file imported.
"""

import argparse
import asyncio
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support import database

from sokoni.exchange import flows, service
from sokoni.exchange.models import Import
from sokoni.exchange.reading import facts_of
from sokoni.exchange.service import ImportOptions
from sokoni.kernel.clock import SystemClock
from sokoni.kernel.db import Database
from sokoni.kernel.embedded import TEST, EmbeddedPostgres
from sokoni.kernel.settings import asyncpg_url
from sokoni.kernel.storage import open_storage

ROOT = Path(__file__).parent.parent
HEADER = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,"
    "Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,Price / TZS\n"
)
WORDS = "Woven by hand from organic cotton, washed and dried in the sun. " * 8
SIZES = ("Small", "Medium", "Large", "Extra large")
MEGABYTE = 1024 * 1024


def write(path: Path, *, rows: int, variants: int) -> None:
    """Products of so many variants each."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for row in range(rows):
            number, variant = divmod(row, variants)
            kind = f"Type {number % 40}"
            product = f'Kanga {number},"<p>{WORDS}</p>",Maker {number % 90},{kind},"cotton, blue",'
            tail = f"SKU-{number}-{variant},250,{row % 50},{row % 90 + 1}.50,,{row % 90 + 1}000"
            start = (
                f"kanga-{number},{product}true,Size," if variant == 0 else f"kanga-{number},,,,,,,,"
            )
            file.write(f"{start}{SIZES[variant]},{tail}\n")


async def run(db: Database, path: Path) -> Import:
    facts = facts_of(path)
    options = ImportOptions(currency="EUR", with_pictures=False)
    clock = SystemClock()
    storage = open_storage(provider="local", directory=path.parent / "media")
    async with db.transaction() as tx:
        begun = await service.begin(
            tx,
            filename=path.name,
            digest=facts.digest,
            size=facts.size,
            options=options,
            actor="bench",
            now=clock.now(),
        )
    with path.open("rb") as file:
        return await flows.import_file(db, storage, import_id=begun.id, file=file, now=clock.now)


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


async def measure(url: str, *, rows: int, variants: int) -> None:
    db = Database(asyncpg_url(url), pool_size=2)
    try:
        with TemporaryDirectory() as folder:
            small, large = Path(folder) / "small.csv", Path(folder) / "large.csv"
            write(small, rows=variants, variants=variants)
            write(large, rows=rows, variants=variants)
            await run(db, small)
            before = peak()
            size = large.stat().st_size / MEGABYTE
            print(f"{rows:,} rows, {variants} variants each product, {size:.0f} MB")
            for name in ("first time", "again"):
                begun = time.perf_counter()
                found = await run(db, large)
                seconds = time.perf_counter() - begun
                grown = (peak() - before) / MEGABYTE
                print(
                    f"{name}: {found.status}, {seconds:.1f} s, {rows / seconds:,.0f} rows/s, "
                    f"+{grown:.0f} MB; created {found.products_created:,}, "
                    f"updated {found.products_updated:,}, unchanged {found.products_unchanged:,}, "
                    f"refused {found.products_refused:,}"
                )
    finally:
        await db.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--variants", type=int, default=4, choices=(1, 2, 3, 4))
    asked = parser.parse_args()
    server = EmbeddedPostgres(ROOT / ".sokoni" / "test" / "postgres", TEST).start()
    try:
        with database.clone(server, database.template(server), "bench_import") as url:
            asyncio.run(measure(url, rows=asked.rows, variants=asked.variants))
    finally:
        server.stop()


if __name__ == "__main__":
    main()

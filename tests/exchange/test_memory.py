"""Memory does not grow with the file: reading one ten times as long takes hardly more."""

import tracemalloc
from io import BytesIO

from sokoni.exchange.reading import ProductFile
from sokoni.kernel.db import Database
from sokoni.kernel.storage import Storage
from tests.exchange.factories import export, run_import

MEGABYTE = 1024 * 1024
PER_ROW = 250  # bytes remembered of a product and its SKU: a number and a row each, in two tables


def file_of(rows: int) -> BytesIO:
    words = "Woven by hand from organic cotton. " * 20
    lines = "".join(f"mug-{i},Mug {i},{words},MUG-{i},5\n" for i in range(rows))
    return BytesIO(f"Handle,Title,Body (HTML),Variant SKU,Variant Price\n{lines}".encode())


def peak_of_reading(rows: int) -> int:
    file = file_of(rows)
    tracemalloc.start()
    try:
        products = ProductFile(file)
        for group in products.groups():
            products.first_row_of_sku(group.handle, row=group.first.number)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_reading_remembers_a_few_numbers_of_each_row() -> None:
    short, long = peak_of_reading(1_000), peak_of_reading(11_000)

    assert long - short < 10_000 * PER_ROW
    assert long < len(file_of(11_000).getvalue()) / 2


async def test_importing_and_exporting_thousands_of_rows_takes_the_memory_of_a_batch(
    db: Database, storage: Storage
) -> None:
    await run_import(db, storage, file_of(10).getvalue())  # loads what is loaded once
    data = file_of(2_000).getvalue()

    tracemalloc.start()
    try:
        ended = await run_import(db, storage, data)
        importing = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        exported = await export(db, storage)
        exporting = tracemalloc.get_traced_memory()[1] - len(exported)
    finally:
        tracemalloc.stop()

    assert ended.counts == (1_990, 0, 10, 0)
    assert importing < 24 * MEGABYTE
    assert exporting < 24 * MEGABYTE

"""A file as groups of rows, one group per product, read as a stream: memory does not grow with it.

What is remembered of rows that went by is a number per handle and per SKU, to tell doubles.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from sokoni.exchange.columns import NO_MAPPING, Column, Layout, layout_of
from sokoni.exchange.table import Table
from sokoni.kernel.spreadsheets import unguarded

MAX_ROWS_OF_PRODUCT = 2_500
BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` is the spreadsheet's, the header's being 1."""

    number: int
    cells: list[str]
    layout: Layout

    def raw(self, column: Column) -> str:
        """The cell without spaces around it; empty where the file has no such column."""
        place = self.layout.places.get(column)
        return "" if place is None else self.at(place)

    def text(self, column: Column) -> str:
        """The text that the cell stands for."""
        return unguarded(self.raw(column))

    def at(self, place: int) -> str:
        return self.cells[place].strip() if place < len(self.cells) else ""

    @property
    def is_of_variant(self) -> bool:
        return any(self.at(place) for place in self.layout.variant_places)


@dataclass(slots=True)
class Group:
    """The rows of one product. `left_out` rows are more than a product can have."""

    handle: str
    rows: list[Row] = field(default_factory=list)
    left_out: int = 0
    first_seen: int | None = None  # the row that had this handle earlier in the file, if one had

    @property
    def size(self) -> int:
        return len(self.rows) + self.left_out

    @property
    def first(self) -> Row:
        return self.rows[0]


class ProductFile(Table):
    """An open file of products. `layout` is known at once.

    `mapping` says what columns are, by their names in the file (see `columns`).
    """

    def __init__(self, file: BinaryIO, *, mapping: Mapping[str, str] = NO_MAPPING) -> None:
        super().__init__(file)
        self.layout = layout_of(self.header, mapping=mapping)
        self._handles: dict[int, int] = {}
        self._skus: dict[int, int] = {}

    def groups(self) -> Iterator[Group]:
        """The products of the file, in order."""
        group: Group | None = None
        while (record := self.record()) is not None:
            row = Row(self.rows_done, record, self.layout)
            if not any(cell and not cell.isspace() for cell in record):
                continue
            handle = row.text(Column.HANDLE).lower()
            if group is None or handle != group.handle or not handle:
                if group is not None:
                    yield group
                group = Group(handle)
                if handle:
                    seen = self._handles.setdefault(hash(handle), row.number)
                    group.first_seen = None if seen == row.number else seen
            if len(group.rows) < MAX_ROWS_OF_PRODUCT:
                group.rows.append(row)
            else:
                group.left_out += 1
        if group is not None:
            yield group

    def first_row_of_sku(self, sku: str, *, row: int) -> int:
        """The row that named this SKU first: this one, or one before."""
        return self._skus.setdefault(hash(sku), row)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What tells a file from others."""

    size: int
    digest: str


def facts_of(path: Path) -> FileFacts:
    """Its size and SHA-256."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            size += len(block)
    return FileFacts(size=size, digest=digest.hexdigest())

"""A file as groups of rows, one group per product, read as a stream: memory does not grow with it.

What is remembered of rows that went by is a number per handle and per SKU, to tell doubles.
"""

import codecs
import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from sokoni.exchange import cells
from sokoni.exchange.columns import Column, Layout, layout_of
from sokoni.exchange.errors import NotAProductFile

MAX_LINE_BYTES = 2 * 1024 * 1024
MAX_CELL = 1024 * 1024
MAX_ROWS_OF_PRODUCT = 2_500
BLOCK = 1024 * 1024
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


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
        return cells.unguarded(self.raw(column))

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


class ProductFile:
    """An open file. `bytes_done` says how far the reading is; `layout` is known at once.

    `NotAProductFile`, at once or while reading, ends it with a sentence that says where.
    """

    def __init__(self, file: BinaryIO) -> None:
        csv.field_size_limit(MAX_CELL)
        self._file = file
        self.bytes_done = 0
        self.rows_done = 0
        first = self._line()
        if first.startswith(UTF_16):
            raise NotAProductFile("The file is UTF-16; save it as 'CSV UTF-8'.")
        start = _decoded(first.removeprefix(codecs.BOM_UTF8), row=1)
        self._records = csv.reader(
            self._lines(start), delimiter=_delimiter(start), strict=True, skipinitialspace=False
        )
        self.layout = layout_of(self._record() or [])
        self._handles: dict[int, int] = {}
        self._skus: dict[int, int] = {}

    def groups(self) -> Iterator[Group]:
        """The products of the file, in order."""
        group: Group | None = None
        while (record := self._record()) is not None:
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

    def _record(self) -> list[str] | None:
        """The next row; None at the end."""
        self.rows_done += 1
        try:
            return next(self._records)
        except StopIteration:
            self.rows_done -= 1
            return None
        except csv.Error as error:
            raise NotAProductFile(
                f"Row {self.rows_done} cannot be read ({error}): look for a quotation mark that "
                "is not doubled or not closed."
            ) from error

    def _lines(self, start: str) -> Iterator[str]:
        yield start
        while line := self._line():
            yield _decoded(line, row=self.rows_done)

    def _line(self) -> bytes:
        line = self._file.readline(MAX_LINE_BYTES + 1)
        if len(line) > MAX_LINE_BYTES:
            row = max(self.rows_done, 1)
            raise NotAProductFile(f"Row {row} is too long for a file of products.")
        self.bytes_done += len(line)
        return line


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


def _delimiter(header: str) -> str:
    """What stands between cells: some spreadsheets write ; or tabs."""
    return max(",;\t", key=header.count)


def _decoded(line: bytes, *, row: int) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        raise NotAProductFile(
            f"Row {row} is not UTF-8 text; save the file as 'CSV UTF-8'."
        ) from error

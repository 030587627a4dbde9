"""A CSV file row by row, whatever its columns mean; memory does not grow with it."""

import codecs
import csv
from collections.abc import Iterator
from typing import BinaryIO

from sokoni.exchange.errors import NotAProductFile

MAX_LINE_BYTES = 2 * 1024 * 1024
MAX_CELL = 1024 * 1024
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Table:
    """An open file. `header` is known at once, `bytes_done` says how far the reading is.

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
        self.header = self.record() or []

    def record(self) -> list[str] | None:
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

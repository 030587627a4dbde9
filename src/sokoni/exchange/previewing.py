"""A look into a file before it is imported: its columns, their meanings, its first rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from sokoni.exchange.columns import layout_of, meaning_of
from sokoni.exchange.errors import NotAProductFile
from sokoni.exchange.table import Table

MOST_ROWS = 10
MOST_EXAMPLES = 3
LONGEST_CELL = 200


@dataclass(frozen=True, slots=True)
class Preview:
    """`columns` are names with their meanings; long cells are cut."""

    columns: list[tuple[str, str | None]]
    rows: list[list[str]]
    problem: str | None

    def examples_of(self, place: int) -> list[str]:
        """The first cells of this column that are not empty, all different."""
        cells = (row[place] for row in self.rows if place < len(row) and row[place])
        return list(dict.fromkeys(cells))[:MOST_EXAMPLES]


def preview_of(file: BinaryIO, *, mapping: Mapping[str, str]) -> Preview:
    """The first rows of the open file. Raises NotAProductFile for what is no table at all."""
    table = Table(file)
    rows: list[list[str]] = []
    while len(rows) < MOST_ROWS and (record := table.record()) is not None:
        if any(cell and not cell.isspace() for cell in record):
            rows.append([cell.strip()[:LONGEST_CELL] for cell in record])
    names = [name.strip() for name in table.header]
    problem = None
    try:
        layout_of(table.header, mapping=mapping)
    except NotAProductFile as error:
        problem = error.detail
    return Preview([(name, meaning_of(mapping.get(name, name))) for name in names], rows, problem)

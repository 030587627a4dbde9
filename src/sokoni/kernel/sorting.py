"""Lists in an order that their reader chooses, paged by keyset both ways.

A sort is the name of a key, with a minus before it for the way down. A cursor is bound to the list
and its sort, and the types of a key say what stands in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sokoni.kernel.paging import Rows, decode_cursor, encode_cursor

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Key(Generic[Item]):
    """SQL expressions of which no two rows have the same values, the types of these in a cursor,
    and how they are read from an item.
    """

    columns: tuple[str, ...]
    cursor: type[tuple[Any, ...]]
    place: Callable[[Item], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Walk(Generic[Item]):
    """One step through a list. `after` is the condition of all pages but the first (else None),
    with `values` for its parameters; `order` is what follows ORDER BY.
    """

    kind: str
    key: Key[Item]
    after: str | None
    order: str
    values: dict[str, Any]

    def page(self, found: list[Item], *, limit: int, total: int | None = None) -> Rows[Item]:
        """The page of what was found, which was one more than `limit` if there is a next."""
        items = found[:limit]
        more = len(found) > limit
        following = encode_cursor(self.kind, self.key.place(items[-1])) if more else None
        return Rows(items, following, total)


def walk(
    keys: Mapping[str, Key[Item]], *, listed: str, sort: str, cursor: str | None
) -> Walk[Item]:
    """From the beginning, or from where the cursor points. Raises Invalid for one of elsewhere."""
    down, key = sort.startswith("-"), keys[sort.removeprefix("-")]
    kind = f"{listed}.{sort}"
    after, values = None, dict[str, Any]()
    if cursor is not None:
        place = decode_cursor(kind, cursor, of=key.cursor)
        values = {f"last_{number}": value for number, value in enumerate(place)}
        last = ", ".join(f":{name}" for name in values)
        after = f"({', '.join(key.columns)}) {'<' if down else '>'} ({last})"
    order = ", ".join(f"{column} {'DESC' if down else 'ASC'}" for column in key.columns)
    return Walk(kind, key, after, order, values)

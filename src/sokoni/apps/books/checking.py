"""Check the laws, now."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import text

from sokoni.apps.books.laws import LAWS, Law
from sokoni.kernel.db import ReadSession

MOST_EXAMPLES = 5


class State(StrEnum):
    HOLDS = "holds"
    BROKEN = "broken"
    NOT_YET = "not yet"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one law; `examples` name the first few rows that break it."""

    law: Law
    state: State
    broken: int = 0
    examples: tuple[str, ...] = ()


async def check(db: ReadSession, *, laws: tuple[Law, ...] = LAWS) -> list[Finding]:
    """Each law with its state."""
    return [await _check(db, law) for law in laws]


async def _check(db: ReadSession, law: Law) -> Finding:
    if law.not_yet:
        return Finding(law, State.NOT_YET)
    rows = (await db.execute(text(law.query))).all()
    if not rows:
        return Finding(law, State.HOLDS)
    examples = tuple(" ".join(str(value) for value in row) for row in rows[:MOST_EXAMPLES])
    return Finding(law, State.BROKEN, broken=len(rows), examples=examples)

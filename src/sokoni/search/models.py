"""The vocabulary: the words that listings are made of, for correcting and completing others."""

from sqlalchemy import BigInteger, CheckConstraint, Identity
from sqlalchemy.orm import Mapped, mapped_column

from sokoni.kernel.db import Base


class Word(Base):
    """One word and in how many listings it was counted; 1 until the next count.

    `number` grows with each new word, so that a process asks only for those it does not know.
    """

    __tablename__ = "words"
    __table_args__ = (CheckConstraint("listings > 0", name="listings"), {"schema": "search"})

    word: Mapped[str] = mapped_column(primary_key=True)
    listings: Mapped[int]
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)

"""How many visits fell into which bucket of speed: sums by day, with nothing about a visitor."""

from datetime import date

from sqlalchemy import BigInteger, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from sokoni.analytics.speed import Device, Metric, PageKind
from sokoni.kernel.db import Base


class Vitals(Base):
    """Visits of a day (UTC) to pages of a kind whose metric fell into a bucket (see speed.py)."""

    __tablename__ = "vitals"
    __table_args__ = {"schema": "analytics"}  # noqa: RUF012 - SQLAlchemy's own name and shape

    day: Mapped[date] = mapped_column(primary_key=True)
    page: Mapped[PageKind] = mapped_column(primary_key=True)
    device: Mapped[Device] = mapped_column(primary_key=True)
    metric: Mapped[Metric] = mapped_column(primary_key=True)
    bucket: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    count: Mapped[int] = mapped_column(BigInteger)

"""Addresses made from titles. Makers of the same address queue behind an advisory lock."""

from typing import Literal

from sqlalchemy import text

from sokoni.catalog.service import wording
from sokoni.kernel.db import WriteSession, lock
from sokoni.kernel.errors import Invalid

Table = Literal["products", "brands", "categories"]

TAKEN = {
    table: text(
        f"SELECT slug FROM catalog.{table} WHERE slug = :slug OR slug LIKE :more"  # noqa: S608
    )
    for table in ("products", "brands", "categories")
}
PREFIXES: dict[Table, str] = {"products": "prod", "brands": "brd", "categories": "cat"}


async def free(tx: WriteSession, *, table: Table, title: str) -> str:
    """The address of this title, with a number behind it if others have it."""
    plain = wording.line(title)
    base = wording.slugify(plain, otherwise=PREFIXES[table])
    await lock(tx, f"catalog.slug.{table}", base)
    more = base.replace("_", r"\_") + "-%"
    taken = set(await tx.scalars(TAKEN[table], {"slug": base, "more": more}))
    number = 2
    slug = base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def checked(slug: str, *, table: Table) -> str:
    """The address itself; `Invalid` if it cannot be one."""
    if not wording.is_slug(slug, prefix=PREFIXES[table]):
        raise Invalid.field("/slug", "must be lower-case words joined by hyphens, and not reserved")
    return slug

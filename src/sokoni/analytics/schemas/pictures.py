"""Small pictures of products beside their figures."""

from typing import Self

from sokoni.catalog.queries import Picture
from sokoni.kernel.schemas import Out
from sokoni.kernel.storage import Storage


class PictureOut(Out):
    """A small picture of a product."""

    url: str
    width: int
    height: int
    alt: str

    @classmethod
    def of(cls, picture: Picture | None, storage: Storage) -> Self | None:
        return cls.model_validate(picture.thumbnail(storage)) if picture else None

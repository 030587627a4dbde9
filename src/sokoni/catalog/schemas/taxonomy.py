"""What staff sends and reads of categories and brands."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from sokoni.catalog.schemas.public import BrandOut
from sokoni.catalog.schemas.writing import Html, Slug
from sokoni.catalog.service import BrandDraft, CategoryDraft
from sokoni.kernel.ids import CategoryId
from sokoni.kernel.schemas import Body, Line, NotNull, Out, Position


class CategoryIn(Body):
    name: Line
    slug: Slug | None = Field(None, description="Made from the name when absent.")
    parent_id: CategoryId | None = None
    description: Html = ""
    position: Position = 0
    is_active: bool = True

    def draft(self) -> CategoryDraft:
        return CategoryDraft(**{name: getattr(self, name) for name in type(self).model_fields})


class CategoryPatch(Body):
    """Only the fields sent change; `parent_id: null` makes it a root."""

    name: Annotated[Line | None, NotNull] = None
    slug: Annotated[Slug | None, NotNull] = None
    parent_id: CategoryId | None = None
    description: Annotated[Html | None, NotNull] = None
    position: Annotated[Position | None, NotNull] = None
    is_active: Annotated[bool | None, NotNull] = None

    def revise(self, draft: CategoryDraft) -> CategoryDraft:
        return replace(draft, **self.sent())


class StaffCategory(Out):
    id: CategoryId
    parent_id: CategoryId | None
    slug: str
    name: str
    description: str
    position: int
    is_active: bool
    version: int


class BrandIn(Body):
    name: Line
    slug: Slug | None = Field(None, description="Made from the name when absent.")
    description: Html = ""

    def draft(self) -> BrandDraft:
        return BrandDraft(name=self.name, slug=self.slug, description=self.description)


class BrandPatch(Body):
    """Only the fields sent change."""

    name: Annotated[Line | None, NotNull] = None
    slug: Annotated[Slug | None, NotNull] = None
    description: Annotated[Html | None, NotNull] = None

    def revise(self, draft: BrandDraft) -> BrandDraft:
        return replace(draft, **self.sent())


class StaffBrand(BrandOut):
    version: int

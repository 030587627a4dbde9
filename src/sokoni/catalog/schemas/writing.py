"""What staff sends about products. The service judges values; here only shapes are strict."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from pydantic import Field

from sokoni.catalog.models import ProductStatus
from sokoni.catalog.service import OptionDraft, PriceDraft, ProductDraft, VariantDraft
from sokoni.kernel.ids import CategoryId, ImageId, VariantId
from sokoni.kernel.money import MAX_AMOUNT
from sokoni.kernel.schemas import Body, FromText, Line, NotNull
from sokoni.kernel.wire import CurrencyCode

Amount = Annotated[int, Field(ge=0, le=MAX_AMOUNT, description="Minor units of the currency.")]
Word = Annotated[str, Field(max_length=1_000)]
Html = Annotated[
    str, Field(max_length=100_000, description="HTML; what could run or leave the page is removed.")
]
Slug = Annotated[str, Field(min_length=1, max_length=200, examples=["haven-stoneware-mug"])]
WeightIn = Annotated[int, Field(ge=0, le=10**8)]
Status = Annotated[ProductStatus, FromText]
BrandName = Annotated[
    str,
    Field(
        min_length=1,
        max_length=255,
        description="A brand's id, slug or name; a name that is new becomes a brand.",
        examples=["Kilima Clay"],
    ),
]


class PriceIn(Body):
    currency: CurrencyCode
    amount: Amount
    compare_at: Amount | None = None

    def draft(self) -> PriceDraft:
        return PriceDraft(self.currency, self.amount, self.compare_at)


class VariantIn(Body):
    """Matched to an existing variant by id, else SKU, else options."""

    id: VariantId | None = None
    sku: Word | None = Field(None, description="Generated when absent.")
    options: dict[Word, Word] = Field({}, examples=[{"Color": "Blue"}])
    prices: list[PriceIn] = Field([], max_length=200)
    weight_g: WeightIn | None = None
    barcode: Word | None = None
    taxable: bool = True
    image_id: ImageId | None = None

    def draft(self) -> VariantDraft:
        return VariantDraft(
            id=self.id,
            sku=self.sku,
            options=self.options,
            prices=tuple(price.draft() for price in self.prices),
            weight_g=self.weight_g,
            barcode=self.barcode,
            taxable=self.taxable,
            image_id=self.image_id,
        )


class VariantPatch(Body):
    """Only the fields sent change; `prices` replaces all prices."""

    sku: Annotated[Word | None, NotNull] = None
    options: Annotated[dict[Word, Word] | None, NotNull] = None
    prices: Annotated[list[PriceIn] | None, NotNull] = None
    weight_g: WeightIn | None = None
    barcode: Word | None = None
    taxable: Annotated[bool | None, NotNull] = None
    image_id: ImageId | None = None

    def revise(self, draft: VariantDraft) -> VariantDraft:
        sent = self.sent()
        if self.prices is not None:
            sent["prices"] = tuple(price.draft() for price in self.prices)
        return replace(draft, **sent)


class OptionIn(Body):
    name: Word
    values: list[Word] = Field(max_length=2_000)

    def draft(self) -> OptionDraft:
        return OptionDraft(self.name, tuple(self.values))


class SeoIn(Body):
    title: Word | None = None
    description: Word | None = None


class ProductIn(Body):
    """A product as it shall be; `options` follow from the variants when absent."""

    title: Line
    slug: Slug | None = Field(None, description="Made from the title when absent.")
    description: Html = ""
    status: Status = ProductStatus.DRAFT
    brand: BrandName | None = None
    category_ids: list[CategoryId] = Field([], max_length=100)
    tags: list[Word] = Field([], max_length=250)
    options: list[OptionIn] = Field([], max_length=5)
    variants: list[VariantIn] = Field([], max_length=2_000)
    seo: SeoIn | None = None

    def draft(self, *, brand_id: UUID | None) -> ProductDraft:
        return ProductDraft(
            title=self.title,
            slug=self.slug,
            description=self.description,
            status=self.status,
            brand_id=brand_id,
            category_ids=tuple(self.category_ids),
            tags=tuple(self.tags),
            options=tuple(option.draft() for option in self.options),
            variants=tuple(variant.draft() for variant in self.variants),
            seo_title=self.seo.title if self.seo else None,
            seo_description=self.seo.description if self.seo else None,
        )


class ProductPatch(Body):
    """Only the fields sent change; `variants` replaces all variants."""

    title: Annotated[Line | None, NotNull] = None
    slug: Annotated[Slug | None, NotNull] = None
    description: Annotated[Html | None, NotNull] = None
    status: Annotated[Status | None, NotNull] = None
    brand: BrandName | None = None
    category_ids: Annotated[list[CategoryId] | None, NotNull] = None
    tags: Annotated[list[Word] | None, NotNull] = None
    options: Annotated[list[OptionIn] | None, NotNull] = None
    variants: Annotated[list[VariantIn] | None, NotNull] = None
    seo: SeoIn | None = None

    def revise(self, draft: ProductDraft, *, brand_id: UUID | None) -> ProductDraft:
        """`brand_id` is the brand named, if any."""
        sent = self.sent()
        if "brand" in sent:
            del sent["brand"]
            sent["brand_id"] = brand_id
        if self.category_ids is not None:
            sent["category_ids"] = tuple(self.category_ids)
        if self.tags is not None:
            sent["tags"] = tuple(self.tags)
        if self.options is not None:
            sent["options"] = tuple(option.draft() for option in self.options)
        if self.variants is not None:
            sent["variants"] = tuple(variant.draft() for variant in self.variants)
        if "seo" in sent:
            del sent["seo"]
            sent["seo_title"] = self.seo.title if self.seo else None
            sent["seo_description"] = self.seo.description if self.seo else None
        return replace(draft, **sent)


class ImagePatch(Body):
    alt: Annotated[Word | None, NotNull] = None
    position: Annotated[int | None, Field(ge=0, le=1_000), NotNull] = None

"""One change to many products: what staff sends, and how each of them fared."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from sokoni.catalog.schemas.writing import Amount, Status, Word
from sokoni.catalog.service import Chosen, CompareAt, Edit, Edited, PriceEdit
from sokoni.catalog.sources import ProductSource
from sokoni.kernel.ids import CategoryId, ProductId
from sokoni.kernel.problems import Problem, problem_of
from sokoni.kernel.schemas import Body, FromText, Out
from sokoni.kernel.wire import CurrencyCode

MOST = 100


class ChosenIn(Body):
    """A product; with the `version` that was looked at, a newer one is refused."""

    id: ProductId
    version: Annotated[int, Field(ge=1)] | None = None


class PriceChange(Body):
    """`amount` becomes the price of all variants in `currency`; or `percent_bp` is added to prices.

    It is in basis points: −1000 takes ten per cent off, of all currencies without a `currency`.
    Prices are rounded half up. `compare_at`: `was` strikes out the price before where it was
    higher.
    """

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"percent_bp": -1000, "currency": "EUR"}]}
    )

    currency: CurrencyCode | None = None
    amount: Amount | None = None
    percent_bp: Annotated[int, Field(ge=-9_999, le=100_000, examples=[-1000])] | None = None
    compare_at: Annotated[CompareAt, FromText] = CompareAt.KEEP

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.amount is None) == (self.percent_bp is None):
            raise ValueError("send amount or percent_bp")
        if self.amount is not None and self.currency is None:
            raise ValueError("an amount is of a currency")
        return self

    def edit(self) -> PriceEdit:
        return PriceEdit(
            currency=self.currency,
            amount=self.amount,
            by_bp=self.percent_bp or 0,
            compare_at=self.compare_at,
        )


class BulkChange(Body):
    """What to change; what is left out stays."""

    status: Status | None = None
    price: PriceChange | None = None
    add_category_ids: list[CategoryId] = Field([], max_length=100)
    remove_category_ids: list[CategoryId] = Field([], max_length=100)
    add_tags: list[Word] = Field([], max_length=250)
    remove_tags: list[Word] = Field([], max_length=250)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not any(self.sent().values()):
            raise ValueError("must change something")
        return self

    def edit(self) -> Edit:
        return Edit(
            status=self.status,
            price=self.price.edit() if self.price else None,
            add_categories=tuple(self.add_category_ids),
            remove_categories=tuple(self.remove_category_ids),
            add_tags=tuple(self.add_tags),
            remove_tags=tuple(self.remove_tags),
        )


class BulkEdit(Body):
    """One change to many products. A `dry_run` answers the same and keeps nothing."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "items": [{"id": "prod_01j4vg0000e0080000000000g1", "version": 3}],
                    "change": {
                        "price": {"percent_bp": -1000, "currency": "EUR"},
                        "add_tags": ["sale"],
                    },
                    "dry_run": True,
                }
            ]
        }
    )

    items: Annotated[list[ChosenIn], Field(min_length=1, max_length=MOST)]
    change: BulkChange
    dry_run: bool = False

    @model_validator(mode="after")
    def _all_different(self) -> Self:
        if len({item.id for item in self.items}) < len(self.items):
            raise ValueError("names a product twice")
        return self

    def chosen(self) -> list[Chosen]:
        return [Chosen(item.id, item.version) for item in self.items]


class Outcome(StrEnum):
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class ChangedField(Out):
    """A field before and after; of prices with the variant's SKU and the currency."""

    field: Annotated[str, Field(examples=["price"])]
    sku: str | None = None
    currency: str | None = None
    before: Annotated[int | str | list[str] | None, Field(examples=[2400])]
    after: Annotated[int | str | list[str] | None, Field(examples=[2160])]


class RowResult(Out):
    """How one product fared; `problem` says why it was refused. Nothing else is refused with it."""

    id: ProductId
    title: str | None
    outcome: Outcome
    version: int | None
    changes: list[ChangedField]
    problem: Problem | None = None

    @classmethod
    def of(cls, edited: Edited) -> Self:
        if edited.refused is not None or edited.before is None or edited.after is None:
            return cls(
                id=edited.product_id,
                title=None,
                outcome=Outcome.REFUSED,
                version=None,
                changes=[],
                problem=problem_of(edited.refused) if edited.refused else None,
            )
        changes = list(_changes(edited.before, edited.after))
        return cls(
            id=edited.product_id,
            title=edited.after.title,
            outcome=Outcome.CHANGED if changes else Outcome.UNCHANGED,
            version=edited.after.version,
            changes=changes,
        )


class BulkResult(Out):
    """All results, in the order of the request. Of a dry run, nothing was kept."""

    dry_run: bool
    changed: int
    unchanged: int
    refused: int
    items: list[RowResult]

    @classmethod
    def of(cls, edited: list[Edited], *, dry_run: bool) -> Self:
        items = [RowResult.of(each) for each in edited]
        counts = {
            str(outcome): sum(item.outcome is outcome for item in items) for outcome in Outcome
        }
        return cls(dry_run=dry_run, items=items, **counts)


class CopyIn(Body):
    """How the copy is called, and whether it shows the same pictures."""

    title: Annotated[str, Field(min_length=1, max_length=255)] | None = None
    with_images: bool = True


def _changes(before: ProductSource, after: ProductSource) -> Iterator[ChangedField]:
    old: dict[str, Any] = _plain(before)
    for field, value in _plain(after).items():
        if value != old[field]:
            yield ChangedField(field=field, before=old[field], after=value)
    old, new = _amounts(before), _amounts(after)
    for key in new | old:
        field, sku, currency = key
        if old.get(key) != new.get(key):
            yield ChangedField(
                field=field,
                sku=sku,
                currency=currency,
                before=old.get(key),
                after=new.get(key),
            )


def _plain(product: ProductSource) -> dict[str, Any]:
    return {
        "status": product.status,
        "categories": [category.name for category in product.categories],
        "tags": product.tags,
    }


def _amounts(product: ProductSource) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for variant in product.living_variants:
        for price in variant.prices:
            found["price", variant.sku, price.currency] = price.amount
            if price.compare_at is not None:
                found["compare_at", variant.sku, price.currency] = price.compare_at
    return found

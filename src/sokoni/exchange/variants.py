"""The rows of one product as variants. A row that cannot be one is refused, the others are not."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sokoni.catalog.service import PriceDraft, VariantDraft, wording
from sokoni.exchange import cells
from sokoni.exchange.cells import CellError
from sokoni.exchange.columns import Column, Layout
from sokoni.exchange.problems import Report
from sokoni.exchange.queries import VariantShot
from sokoni.exchange.reading import Group, Row
from sokoni.exchange.wanted import HERE, Beside, FileVariant
from sokoni.kernel.spreadsheets import unguarded

DEFAULT_NAME, DEFAULT_VALUE = "Title", "Default Title"
SELLS_WITHOUT_STOCK = "continue"

Value = TypeVar("Value")
Options = dict[str, str]


@dataclass(frozen=True, slots=True)
class Matching:
    """The product's variants as rows find them: by SKU, else by option values."""

    by_sku: dict[str, VariantShot]
    by_options: dict[frozenset[tuple[str, str]], VariantShot]
    all: tuple[VariantShot, ...]

    def find(self, sku: str, options: Options) -> VariantShot | None:
        return self.by_sku.get(sku) or self.by_options.get(frozenset(options.items()))


def variants_of(group: Group, beside: Beside, report: Report) -> list[FileVariant]:
    """The variants of the rows that can be ones; the report says why others cannot."""
    rows = _variant_rows(group)
    names = _option_names(group, rows)
    matching = _matching(rows, beside)
    found: list[FileVariant] = []
    taken: dict[frozenset[tuple[str, str]], int] = {}
    for row in rows:
        options = _options(row, names, matching, report)
        if options is None:
            continue
        twin = taken.setdefault(frozenset(options.items()), row.number)
        if twin != row.number:
            column = _option_column(row.layout)
            report.refuse_row(row.number, column, f"has the option values of row {twin}")
            continue
        variant = _variant(row, options, matching, beside, report)
        if variant is not None:
            found.append(variant)
    return found


def _variant_rows(group: Group) -> list[Row]:
    """The rows that stand for variants: not those that only add a picture."""
    if not group.first.layout.variant_places and not group.first.layout.has_options:
        return [group.first]
    return [row for row in group.rows if row.is_of_variant]


def _matching(rows: Sequence[Row], beside: Beside) -> Matching:
    living = beside.existing.variants if beside.existing else []
    by_sku = {variant.sku: variant for variant in living}
    named = {by_sku[sku].id for row in rows if (sku := sku_of(row)) in by_sku}
    return Matching(
        by_sku=by_sku,
        by_options={frozenset(v.options.items()): v for v in living if v.id not in named},
        all=tuple(living),
    )


def _option_names(group: Group, rows: Sequence[Row]) -> dict[int, str]:
    """The name of each numbered option; none for a product that is sold in one form."""
    layout = group.first.layout
    names: dict[int, str] = {}
    names |= layout.options_by_column
    for number, place in sorted(layout.option_names.items()):
        texts = (wording.line(unguarded(row.at(place))) for row in group.rows)
        if name := next(filter(None, texts), ""):
            names[number] = name
    if list(names.values()) == [DEFAULT_NAME]:
        place = layout.option_values.get(next(iter(names)), -1)
        if place >= 0 and {row.at(place) for row in rows} <= {DEFAULT_VALUE, ""}:
            return {}
    return names


def _options(row: Row, names: dict[int, str], matching: Matching, report: Report) -> Options | None:
    """The row's option values; None if they do not say which variant it is."""
    layout = row.layout
    if not layout.has_options:
        return _options_by_sku(row, matching, report)
    options: Options = {}
    for number, place in sorted(layout.option_values.items()):
        value = wording.line(unguarded(row.at(place)))
        if number in names:
            if not value:
                report.refuse_row(
                    row.number, layout.names[place], f"is empty: write the {names[number]}"
                )
                return None
            options[names[number]] = value
        elif value and value != DEFAULT_VALUE:
            message = f"is {value!r}, but the product's rows do not name option {number}"
            report.refuse_row(row.number, layout.names[place], message)
            return None
    return options


def _options_by_sku(row: Row, matching: Matching, report: Report) -> Options | None:
    """A file without options, of new prices perhaps: the SKU says which variant it is."""
    found = matching.by_sku.get(sku_of(row))
    if found is None and len(matching.all) == 1:
        found = matching.all[0]
    if found is not None:
        return found.options
    if matching.all:
        column = row.layout.name(Column.SKU)
        report.refuse_row(row.number, column, "names no variant of this product")
        return None
    return {}


def _variant(
    row: Row, options: Options, matching: Matching, beside: Beside, report: Report
) -> FileVariant | None:
    sku = _checked_sku(row, beside, report)
    found = matching.find(sku, options)
    weight = _weight(row, report)
    taxable = _cell(row, Column.TAXABLE, cells.flag, report)
    units = _units(row, report)
    prices = _prices(row, found, beside, report)
    if row.number in report.refused_rows:
        return None
    _warn(row, found, prices, report)
    picture = row.raw(Column.VARIANT_IMAGE)
    draft = VariantDraft(
        options=options,
        prices=prices,
        sku=sku or None,
        weight_g=weight,
        barcode=row.text(Column.BARCODE) or None,
        taxable=(found.taxable if found else True) if taxable is None else taxable,
        image_id=beside.images.get(picture),
    )
    return FileVariant(row.number, draft, found, units, picture)


def sku_of(row: Row) -> str:
    """The SKU in the row, or an empty text."""
    return wording.line(row.text(Column.SKU))


def _checked_sku(row: Row, beside: Beside, report: Report) -> str:
    sku = sku_of(row)
    if not sku:
        return ""
    column = row.layout.name(Column.SKU)
    first = beside.first_row_of(sku, row.number)
    owner = beside.owner_of(sku)
    if first != row.number:
        report.refuse_row(row.number, column, f"{sku!r} is the SKU of row {first} too")
    elif owner is not None and (beside.existing is None or owner != beside.existing.id):
        report.refuse_row(row.number, column, f"{sku!r} is the SKU of another product in the shop")
    return sku


def _weight(row: Row, report: Report) -> int | None:
    if row.raw(Column.GRAMS):
        return _cell(row, Column.GRAMS, cells.grams, report)
    unit = row.raw(Column.WEIGHT_UNIT)
    return _cell(row, Column.WEIGHT, lambda text: cells.grams(text, unit), report)


def _units(row: Row, report: Report) -> dict[str, int]:
    """Units by location; the plain quantity counts where no location has one."""
    units = {}
    for location, place in row.layout.stocks.items():
        count = _at(row, place, cells.whole, report)
        if count is not None:
            units[location] = _not_negative(row, row.layout.names[place], count, report)
    if not row.layout.stocks:
        count = _cell(row, Column.QUANTITY, cells.whole, report)
        if count is not None:
            units[HERE] = _not_negative(row, row.layout.name(Column.QUANTITY), count, report)
    return units


def _not_negative(row: Row, column: str, count: int, report: Report) -> int:
    if count < 0:
        report.warn(row.number, column, f"is {count}: taken as 0")
    return max(count, 0)


def _prices(
    row: Row, found: VariantShot | None, beside: Beside, report: Report
) -> tuple[PriceDraft, ...]:
    layout = row.layout
    currencies = {beside.currency, *layout.prices, *layout.compare_ats}
    prices = (_price(row, currency, found, beside, report) for currency in sorted(currencies))
    return tuple(price for price in prices if price is not None)


def _price(
    row: Row, currency: str, found: VariantShot | None, beside: Beside, report: Report
) -> PriceDraft | None:
    """The price in this currency; what the row leaves out stays as it was."""
    layout = row.layout
    price_at = layout.prices.get(currency)
    compare_at = layout.compare_ats.get(currency)
    if currency == beside.currency and (price_at is None or not row.at(price_at)):
        price_at = layout.places.get(Column.PRICE)
    if currency == beside.currency and (compare_at is None or not row.at(compare_at)):
        compare_at = layout.places.get(Column.COMPARE_AT)

    def parsed(text: str) -> int:
        return cells.amount(text, currency)

    amount = None if price_at is None else _at(row, price_at, parsed, report)
    compare = None if compare_at is None else _at(row, compare_at, parsed, report)
    before = found.price(currency) if found else None
    if amount is None:
        if compare is None:
            return None
        if before is None:
            assert compare_at is not None
            report.refuse_row(row.number, layout.names[compare_at], "needs a price beside it")
            return None
        return PriceDraft(currency, before.amount, compare)
    if compare_at is None and before is not None:
        compare = before.compare_at
    return PriceDraft(currency, amount, compare)


def _warn(
    row: Row, found: VariantShot | None, prices: tuple[PriceDraft, ...], report: Report
) -> None:
    if row.raw(Column.POLICY).lower() == SELLS_WITHOUT_STOCK:
        column = row.layout.name(Column.POLICY)
        message = "'continue' is taken as 'deny': nothing is sold that is not in stock"
        report.warn(row.number, column, message)
    if not prices and not (found and found.prices):
        column = row.layout.name(Column.PRICE)
        report.warn(row.number, column, "is empty: not for sale until it has a price")


def _cell(row: Row, column: Column, parse: Callable[[str], Value], report: Report) -> Value | None:
    place = row.layout.places.get(column)
    return None if place is None else _at(row, place, parse, report)


def _at(row: Row, place: int, parse: Callable[[str], Value], report: Report) -> Value | None:
    """The cell's value; None if it is empty, or refused with its row."""
    text = row.at(place)
    if not text:
        return None
    try:
        return parse(text)
    except CellError as error:
        report.refuse_row(row.number, row.layout.names[place], str(error))
        return None


def _option_column(layout: Layout) -> str:
    places: Iterator[int] = iter(layout.option_values.values())
    first = next(places, None)
    return layout.name(Column.SKU) if first is None else layout.names[first]

"""From the rows of one product to what the catalogue shall make of it: pure."""

from collections.abc import Iterable, Sequence

from sokoni.catalog.service import OptionDraft, ProductDraft, VariantDraft, wording
from sokoni.catalog.service.drafts import ProductStatus  # type: ignore[attr-defined]
from sokoni.exchange import cells
from sokoni.exchange.cells import CellError
from sokoni.exchange.columns import Column
from sokoni.exchange.problems import Report
from sokoni.exchange.queries import Snapshot
from sokoni.exchange.reading import MAX_ROWS_OF_PRODUCT, Group, Row
from sokoni.exchange.variants import variants_of
from sokoni.exchange.wanted import NOT_IN_FILE, Beside, FilePicture, FileProduct, FileVariant

LAST = 10**6
DEEPEST = 10
LONGEST_NAME = 150  # of a brand or category
UNLISTED = "unlisted"


def product_of(group: Group, beside: Beside) -> tuple[FileProduct | None, Report]:
    """The product as the file wants it, None if it is refused; and what is wrong with it."""
    report = Report(group.handle)
    _check_group(group, report)
    title = _first(group, Column.TITLE) or (beside.existing.title if beside.existing else "")
    if not title and not report.is_refused:
        column = group.first.layout.name(Column.TITLE)
        report.refuse(group.first.number, column, "is empty, and there is no such product yet")
    status = _status(group, beside.existing, report)
    _check_widths(group, report)
    brand = _first(group, Column.VENDOR)
    categories, type_tags = _categories(group)
    _check_names(group, brand, categories, report)
    if report.is_refused:
        return None, report
    variants = variants_of(group, beside, report)
    if not variants and report.refused_rows:
        report.is_refused = True
        return None, report
    pictures = tuple(_pictures(group, variants, report))
    variants = _in_order(variants, beside.existing)
    product = FileProduct(
        handle=group.handle,
        row=group.first.number,
        draft=ProductDraft(
            title=title,
            slug=group.handle,
            description=_description(group, beside.existing),
            status=status,
            tags=_tags(group, beside.existing, type_tags),
            options=_options(variants, beside.existing),
            variants=tuple(variant.draft for variant in variants),
            seo_title=_first(group, Column.SEO_TITLE) or None,
            seo_description=_first(group, Column.SEO_DESCRIPTION) or None,
        ),
        brand=brand,
        categories=categories,
        variants=tuple(variants),
        pictures=pictures,
        existing=beside.existing,
    )
    return product, report


def _check_group(group: Group, report: Report) -> None:
    row, column = group.first.number, group.first.layout.name(Column.HANDLE)
    if not group.handle:
        report.refuse(row, column, "is empty: every row names its product")
    elif not wording.is_slug(group.handle, prefix="prod"):
        message = f"{group.handle[:100]!r} must be lower-case words joined by hyphens"
        report.refuse(row, column, message)
    elif group.first_seen is not None:
        message = f"was in row {group.first_seen} already: put all rows of a product together"
        report.refuse(row, column, message)
    elif group.left_out:
        message = f"has more than {MAX_ROWS_OF_PRODUCT} rows: a product has at most 2,000 variants"
        report.refuse(row, column, message)


def _check_widths(group: Group, report: Report) -> None:
    for row in group.rows:
        if any(row.cells[row.layout.width :]):
            message = "has more cells than the first row: put text with commas in quotation marks"
            report.refuse(row.number, None, message)


def _check_names(
    group: Group, brand: str, categories: Sequence[Sequence[str]], report: Report
) -> None:
    row, layout = group.first.number, group.first.layout
    if len(brand) > LONGEST_NAME:
        message = f"is longer than {LONGEST_NAME} characters"
        report.refuse(row, layout.name(Column.VENDOR), message)
    if any(len(path) > DEEPEST or len(max(path, key=len)) > LONGEST_NAME for path in categories):
        message = f"may have {DEEPEST} levels, their names {LONGEST_NAME} characters"
        report.refuse(row, layout.name(Column.CATEGORIES), message)


def _first(group: Group, column: Column) -> str:
    """The column's first text in the product's rows."""
    return next((text for row in group.rows if (text := row.text(column))), "")


def _description(group: Group, existing: Snapshot | None) -> str:
    if group.first.layout.has(Column.BODY):
        return _first(group, Column.BODY)
    return existing.description if existing else ""


def _status(group: Group, existing: Snapshot | None, report: Report) -> ProductStatus:
    layout, row = group.first.layout, group.first
    told = _first(group, Column.STATUS).lower()
    published = True
    if text := _first(group, Column.PUBLISHED):
        try:
            published = cells.flag(text)
        except CellError as error:
            report.refuse(row.number, layout.name(Column.PUBLISHED), str(error))
    if told == UNLISTED:
        report.warn(row.number, layout.name(Column.STATUS), "'unlisted' is taken as 'draft'")
        return ProductStatus.DRAFT
    if told and told not in set(ProductStatus):
        message = f"{told[:100]!r} is none of active, draft and archived"
        report.refuse(row.number, layout.name(Column.STATUS), message)
        return ProductStatus.DRAFT
    if told and told != ProductStatus.ACTIVE:
        return ProductStatus(told)
    if not published:
        return ProductStatus.DRAFT
    if existing is not None and not told and not layout.has(Column.PUBLISHED):
        return ProductStatus(existing.status)
    return ProductStatus.ACTIVE


def _categories(group: Group) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """Paths of categories, and the tag that `Type` becomes beside another category."""
    kind = _first(group, Column.TYPE)
    if group.first.layout.has(Column.CATEGORIES):
        return _tidy(cells.paths(_first(group, Column.CATEGORIES))), ()
    paths = _tidy(cells.paths(_first(group, Column.PRODUCT_CATEGORY).replace(";", r"\;")))
    if paths:
        return paths, (kind,) if kind else ()
    return _tidy([(kind,)] if kind else []), ()


def _tidy(paths: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    tidied = (tuple(filter(None, map(wording.line, path))) for path in paths)
    return tuple(dict.fromkeys(path for path in tidied if path))


def _tags(group: Group, existing: Snapshot | None, more: tuple[str, ...]) -> tuple[str, ...]:
    if not group.first.layout.has(Column.TAGS):
        return tuple(existing.tags) if existing else more
    return tuple(dict.fromkeys((*cells.tags(_first(group, Column.TAGS)), *more)))


def _in_order(variants: list[FileVariant], existing: Snapshot | None) -> list[FileVariant]:
    """The variants in the file's order; in that of the shop if the file names only some."""
    named = {each.existing.id: each for each in variants if each.existing is not None}
    left_out = [each for each in existing.variants if each.id not in named] if existing else []
    if existing is None or not left_out or not variants:
        return variants
    names = set(variants[0].draft.options)
    kept = {
        each.id: FileVariant(
            row=NOT_IN_FILE,
            draft=VariantDraft(id=each.id, options=each.options, taxable=each.taxable),
            existing=each,
            units={},
            picture="",
        )
        for each in left_out
        if set(each.options) == names
    }
    known = named | kept
    old = [known[each.id] for each in existing.variants if each.id in known]
    return old + [each for each in variants if each.existing is None]


def _options(variants: Sequence[FileVariant], existing: Snapshot | None) -> tuple[OptionDraft, ...]:
    """The options in the order of the file; values that are known keep their order."""
    if not variants:
        known = existing.options if existing else []
        return tuple(OptionDraft(each.name, tuple(each.values)) for each in known)
    names = list(variants[0].draft.options)
    known_values = {each.name: each.values for each in existing.options} if existing else {}
    if set(known_values) != set(names):
        known_values = {}
    return tuple(
        OptionDraft(
            name,
            tuple(
                dict.fromkeys(
                    (
                        *known_values.get(name, ()),
                        *(variant.draft.options[name] for variant in variants),
                    )
                )
            ),
        )
        for name in names
    )


def _pictures(
    group: Group, variants: Sequence[FileVariant], report: Report
) -> Iterable[FilePicture]:
    """The pictures in their order; those that only a variant names come last."""
    layout = group.first.layout
    found: dict[str, FilePicture] = {}
    for row in group.rows:
        url = row.raw(Column.IMAGE)
        if not url.isprintable():
            report.warn(row.number, layout.name(Column.IMAGE), "is not a web address")
        elif url and url not in found:
            alt = wording.line(row.text(Column.IMAGE_ALT)) if layout.has(Column.IMAGE_ALT) else None
            found[url] = FilePicture(url, alt, _position(row, report), row.number)
    for variant in variants:
        if variant.picture.isprintable() and variant.picture and variant.picture not in found:
            found[variant.picture] = FilePicture(variant.picture, None, LAST, variant.row)
    return sorted(found.values(), key=lambda picture: (picture.position, picture.row))


def _position(row: Row, report: Report) -> int:
    text = row.raw(Column.IMAGE_POSITION)
    try:
        return min(max(cells.whole(text), 0), LAST) if text else LAST
    except CellError as error:
        report.warn(row.number, row.layout.name(Column.IMAGE_POSITION), f"{error}; it comes last")
        return LAST

"""Products in and out as files: Shopify's product CSV, with columns of our own.

Invariants
- The handle is the product's slug; a variant is found by its SKU, else by its option values. The
  same file again changes nothing.
- A batch of products and the import's progress are one transaction, and the progress moves only
  from where the batch began: after a crash, or beside a twin, each batch is applied exactly once.
- A dry run undoes each batch and keeps its report.
- An exported file imports again without loss (see `cells` for texts that spreadsheets would run).

How a file is read
- One line per variant; lines of one handle stand together, product cells in the first. Row numbers
  are those of a spreadsheet: the header is row 1.
- A column that is not there changes nothing; an empty cell keeps brand, categories, prices, SEO
  texts, weight and barcode, and empties description and tags.
- Categories come from `Categories` (`Home > Kitchen; Sale`), else from Shopify's `Product
  Category`, with `Type` as a tag; a file with neither makes `Type` a category.
- `Variant Price` is in the import's currency; `Price / EUR` is in euros, and wins.
- A quantity sets the stock of new variants; of others only with `replace`.

Lock order: the import's row last; before it whatever catalogue and inventory lock.
"""

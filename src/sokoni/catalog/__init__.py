"""The catalogue: what the shop sells, and the ready rows that buyers read.

Invariants
- The read model (`listings`, `pages`) is written by the transaction that changes a product, so it
  always equals a rebuild from scratch.
- Categories are a tree: `ancestor_ids` of each row is its path from the root, never with itself.
- A variant that was ever ordered is archived, never deleted.

Lock order: the taxonomy lock (shared by writers of products, exclusive to writers of categories and
brands), then product rows by id, then SKUs, then everything that belongs to them (see `locks`).
"""

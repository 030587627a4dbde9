"""From an address to what its page shows. A new page is a line in `table`, and a loader if it
reads.

The front end has the same table: `frontend/src/shop/paths.ts`.
"""

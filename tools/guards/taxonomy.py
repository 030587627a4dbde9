"""Guards of the order between categories, brands and the products that show their names."""

from tools.guards.guard import SRC, Guard

LOCKS = f"{SRC}/catalog/locks.py"
TESTS = ("tests/catalog/test_taxonomy_lock.py",)

TAXONOMY = (
    Guard(
        "a rename owns the taxonomy",
        LOCKS,
        "await tx.execute(EXCLUSIVE)",
        'await tx.execute(text("SELECT 1"))',
        TESTS,
    ),
    Guard(
        "a new product shares the taxonomy",
        LOCKS,
        "await tx.execute(SHARED)",
        'await tx.execute(text("SELECT 1"))',
        TESTS,
    ),
    Guard(
        "a changed product shares the taxonomy",
        LOCKS,
        "        SELECT pg_advisory_xact_lock_shared(hashtextextended('catalog.taxonomy', 0))\n"
        "    )\n    SELECT p.id",
        "        SELECT 1\n    )\n    SELECT p.id",
        TESTS,
    ),
)

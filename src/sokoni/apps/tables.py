"""All tables, imported once for the migrations' sake."""

from importlib import import_module
from importlib.util import find_spec

from sokoni.kernel import idempotency, jobs, limits, outbox
from sokoni.kernel.db import Base

MODULES = (
    "audit",
    "identity",
    "markets",
    "catalog",
    "search",
    "inventory",
    "cart",
    "orders",
    "payments",
    "checkout",
    "exchange",
    "analytics",
)
SCHEMAS = {"kernel", *MODULES}

for module in MODULES:
    if find_spec(f"sokoni.{module}") and find_spec(f"sokoni.{module}.models"):
        import_module(f"sokoni.{module}.models")

metadata = Base.metadata

__all__ = ["MODULES", "SCHEMAS", "idempotency", "jobs", "limits", "metadata", "outbox"]

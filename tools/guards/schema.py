"""Guards of the schema: what the database refuses, whatever the code would write."""

from tools.guards.guard import Guard

KERNEL_SCHEMA = "migrations/versions/2026-11-21_0001_kernel.py"
INVENTORY_SCHEMA = "migrations/versions/2026-11-21_0007_inventory.py"
ORDERS_SCHEMA = "migrations/versions/2026-11-21_0009_orders.py"
PAYMENTS_SCHEMA = "migrations/versions/2026-11-21_0010_payments.py"


def _refuses(name: str, file: str, old: str, new: str) -> Guard:
    """The constraint keeps its name and loses its meaning."""
    return Guard(f"the database has {name}", file, old, new, ("tests/books/test_refused.py",))


def _checks(name: str, file: str) -> Guard:
    return _refuses(name, file, f"CONSTRAINT {name} CHECK (", f"CONSTRAINT {name} CHECK (true or ")


def _is_unique(name: str, file: str, columns: str, *, and_then: str) -> Guard:
    old = f"CONSTRAINT {name} UNIQUE ({columns})"
    return _refuses(name, file, old, f"CONSTRAINT {name} UNIQUE ({columns}, {and_then})")


def _is_unique_index(name: str, file: str) -> Guard:
    return _refuses(name, file, f"CREATE UNIQUE INDEX {name} ", f"CREATE INDEX {name} ")


SCHEMA = (
    _checks("orders_confirmed_is_paid_check", ORDERS_SCHEMA),
    _checks("orders_nothing_ships_unpaid_check", ORDERS_SCHEMA),
    _checks("orders_cancelled_for_a_reason_check", ORDERS_SCHEMA),
    _checks("journal_balances_check", PAYMENTS_SCHEMA),
    _is_unique("journal_kind_subject_id_key", PAYMENTS_SCHEMA, "kind, subject_id", and_then="id"),
    _is_unique_index("one_capture_per_order", PAYMENTS_SCHEMA),
    _is_unique(
        "entries_provider_kind_reference_key",
        PAYMENTS_SCHEMA,
        "provider, kind, reference",
        and_then="id",
    ),
    _is_unique_index("one_open_session_per_order", PAYMENTS_SCHEMA),
    _checks("sessions_captured_in_full_check", PAYMENTS_SCHEMA),
    _checks("sessions_refunded_within_captured_check", PAYMENTS_SCHEMA),
    _is_unique(
        "sessions_provider_reference_key", PAYMENTS_SCHEMA, "provider, reference", and_then="id"
    ),
    _checks("stock_levels_reserved_within_on_hand_check", INVENTORY_SCHEMA),
    _checks("stock_levels_reserved_not_negative_check", INVENTORY_SCHEMA),
    _is_unique("outbox_dedup_key_key", KERNEL_SCHEMA, "dedup_key", and_then="id"),
)

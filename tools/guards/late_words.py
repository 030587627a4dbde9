"""Guards against what a provider says late, twice or about what is over."""

from tools.guards.guard import SRC, Guard

SESSIONS = f"{SRC}/payments/service/sessions.py"
TESTS = ("tests/payments/test_late_words.py",)

LATE_WORDS = (
    Guard(
        "a session keeps the payment that was opened first",
        SESSIONS,
        "WHERE id = :id AND (reference IS NULL OR reference = :reference)",
        "WHERE id = :id",
        TESTS,
    ),
    Guard(
        "a session that is over is not opened",
        SESSIONS,
        "CASE WHEN status = 'pending' THEN :status ELSE status END",
        ":status",
        TESTS,
    ),
    Guard(
        "a session that is over does not wait",
        SESSIONS,
        "(status IN ('pending', 'requires_action') OR status = 'failed' AND :is_new_try)",
        "(status <> 'failed' OR :is_new_try)",
        TESTS,
    ),
    Guard(
        "a declined session waits for a new try alone",
        SESSIONS,
        "OR status = 'failed' AND :is_new_try)",
        "OR status = 'failed' AND CAST(:is_new_try AS boolean) IS NOT NULL)",
        TESTS,
    ),
    Guard(
        "a paid session is not closed",
        SESSIONS,
        "WHERE id = :id AND status IN ('pending', 'requires_action', 'failed')\n    \"\"\"",
        'WHERE id = :id\n    """',
        TESTS,
    ),
    Guard(
        "a paid session is not closed with the rest of its order",
        SESSIONS,
        "WHERE order_id = :order_id AND status IN ('pending', 'requires_action', 'failed')",
        "WHERE order_id = :order_id",
        TESTS,
    ),
    Guard(
        "a paid session is not declined",
        SESSIONS,
        "WHERE id = :id AND status IN ('pending', 'requires_action', 'failed')\n       AND",
        "WHERE id = :id\n       AND",
        TESTS,
    ),
    Guard(
        "an order is paid once, even after its money has gone back",
        f"{SRC}/payments/service/settlement.py",
        'if order.state == "confirmed" or await tx.scalar(PAID_BEFORE, {"id": order.id}):',
        'if order.state == "confirmed":',
        TESTS,
    ),
)

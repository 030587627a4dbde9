"""Guards of requests that are sent again under one key."""

from tools.guards.guard import SRC, Guard

FILE = f"{SRC}/kernel/idempotency.py"
FLOW = f"{SRC}/kernel/idempotent_flow.py"
KEYS = ("tests/kernel/test_idempotency.py",)
GIVEN_BACK = ("tests/kernel/test_given_back.py",)

REPEATED = (
    Guard(
        "a twin in flight is told so",
        FILE,
        "    if not row.mine:\n        raise RequestInProgress\n",
        "",
        KEYS,
    ),
    Guard(
        "a key belongs to one body",
        FILE,
        "if row.fingerprint != keyed.fingerprint:",
        "if row.fingerprint is None:",
        KEYS,
    ),
    Guard(
        "an interrupted checkout is resumed only when its process is dead",
        FILE,
        "if row.worker_lives and keyed.now - row.claimed_at < CLAIM:",
        "if False:",
        ("tests/kernel/test_idempotency.py", "tests/kernel/test_idempotent_flow.py"),
    ),
    Guard(
        "a key that a later try of this process has is not let go",
        FILE,
        "            IdempotencyRecord.claimed_at == keyed.now,  # ours",
        "            # ours",
        GIVEN_BACK,
    ),
    Guard(
        "a key that another process has is not let go",
        FILE,
        "            IdempotencyRecord.worker == keyed.worker,\n"
        "            IdempotencyRecord.claimed_at == keyed.now,  # ours",
        "            IdempotencyRecord.claimed_at == keyed.now,  # ours",
        GIVEN_BACK,
    ),
    Guard(
        "a key that a later try of this process has is not forgotten",
        FILE,
        "            IdempotencyRecord.claimed_at == keyed.now,\n        )\n    )\n\n\n"
        "async def forget_old",
        "        )\n    )\n\n\nasync def forget_old",
        GIVEN_BACK,
    ),
    Guard(
        "a key that another process has is not forgotten",
        FILE,
        "            IdempotencyRecord.worker == keyed.worker,\n"
        "            IdempotencyRecord.claimed_at == keyed.now,\n",
        "            IdempotencyRecord.claimed_at == keyed.now,\n",
        GIVEN_BACK,
    ),
    Guard(
        "a key has one answer, the first",
        FILE,
        "           AND state = 'in_progress')\n",
        "           AND true)\n",
        GIVEN_BACK,
    ),
    Guard(
        "a young record does not give way",
        FILE,
        "         WHERE k.created_at <= :outlived\n",
        "         WHERE k.created_at <= :outlived OR true\n",
        (*KEYS, "tests/kernel/test_idempotent_flow.py"),
    ),
    Guard(
        "a young key is not abandoned",
        FLOW,
        "AND created_at < :before AND claimed_at",
        "AND CAST(:before AS timestamptz) IS NOT NULL AND claimed_at",
        GIVEN_BACK,
    ),
    Guard(
        "a key that was just taken over is not abandoned",
        FLOW,
        "AND claimed_at < :let_go",
        "AND CAST(:let_go AS timestamptz) IS NOT NULL",
        GIVEN_BACK,
    ),
    Guard(
        "an abandoned key is answered by one",
        FLOW,
        "LIMIT :most FOR UPDATE SKIP LOCKED",
        "LIMIT :most",
        GIVEN_BACK,
    ),
)

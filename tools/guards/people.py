"""Guards of accounts, roles and sessions, and of what belongs to an account."""

from tools.guards.guard import SRC, Guard

USERS = f"{SRC}/identity/service/users.py"
ROLES = f"{SRC}/identity/service/roles.py"
SESSIONS = f"{SRC}/identity/service/sessions.py"
AT_ONCE = ("tests/identity/test_at_once.py",)
CLAIMING = ("tests/checkout/test_claiming.py",)

PEOPLE = (
    Guard(
        "an order that has an account goes to no other",
        f"{SRC}/orders/service/changes.py",
        "     WHERE id = :id AND user_id IS NULL\n",
        "     WHERE id = :id\n",
        CLAIMING,
    ),
    Guard(
        "staff claim no order that they may only read",
        f"{SRC}/checkout/orders_api.py",
        "    if not await _is_buyer(tx, order, caller, settings):\n        raise OrderNotFound\n",
        "",
        CLAIMING,
    ),
    Guard(
        "a refresh token works once",
        SESSIONS,
        "            RefreshToken.used_at.is_(None),\n            RefreshToken.expires_at > now,\n",
        "            RefreshToken.expires_at > now,\n",
        ("tests/identity/test_refresh.py",),
    ),
    Guard(
        "signing in holds the user",
        SESSIONS,
        "        .with_for_update(key_share=True)\n",
        "",
        AT_ONCE,
    ),
    Guard(
        "a role is held while it is given",
        USERS,
        ".order_by(Role.id).with_for_update(read=True)",
        ".order_by(Role.id)",
        AT_ONCE,
    ),
    Guard(
        "a change of a role holds the administrators",
        ROLES,
        "    await hold_administrators(tx)\n    role = await _editable",
        "    role = await _editable",
        AT_ONCE,
    ),
    Guard(
        "an erasure holds the administrators",
        USERS,
        "    await hold_administrators(tx)\n    await lock_addresses",
        "    await lock_addresses",
        AT_ONCE,
    ),
    Guard(
        "a change of an account holds the administrators",
        USERS,
        "    await hold_administrators(tx)\n    before = await queries.user(tx, user_id)\n"
        "    if (role_ids",
        "    before = await queries.user(tx, user_id)\n    if (role_ids",
        AT_ONCE,
    ),
    Guard(
        "the first administrator holds the administrators",
        USERS,
        "    await hold_administrators(tx)\n    if await queries.administrator_exists",
        "    if await queries.administrator_exists",
        AT_ONCE,
    ),
)

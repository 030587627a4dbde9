"""The audit log: who changed what, when, and what it was before.

Owns `audit.log`. Invariant: rows are only ever added; a trigger refuses UPDATE, DELETE and
TRUNCATE. An entry is written in the transaction of the change it tells of, so there is one exactly
when there was a change. Nothing is locked.
"""

"""Payments: sessions at a provider, settlement, refunds, the webhook inbox and the ledger.

Invariants: a session succeeds once (one conditional update); an order is captured once, and any
further capture is refunded whole; 0 ≤ refunded ≤ captured; every journal entry balances; a refund
counts from its row, which is written before the provider is called.

Lock order within a transaction: idempotency key, cart, order, session, ledger, then stock last.
No transaction is open while the provider is called.
"""

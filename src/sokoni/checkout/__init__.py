"""Checkout: the flows that turn a cart into an order, and an order into a paid one.

One transaction makes order, lines, payment session, stock hold and idempotency record; the
provider is called after its commit. Expiry, cancellation and retry of payment live here too,
because each of them touches order, payment and stock together.
"""

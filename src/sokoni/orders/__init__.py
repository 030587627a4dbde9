"""Orders: what was bought, for how much, and how far it has come.

Invariants: items = Σ lines; total = items − discount + shipping + tax − gift card; a cart has at
most one living order; status changes are conditional updates along `states.TRANSITIONS`, each
written to the append-only timeline in the same statement. An order row is locked before its
payment sessions and its stock.
"""

"""A local server that speaks Stripe's protocol, for tests and for trying the shop without keys.

It owns one imaginary Stripe account in memory: payment intents, checkout sessions, charges,
refunds, customers, events, and a ledger of every amount that moved, which tests compare with the
shop's own books. Every change is one synchronous function, so requests cannot interleave inside
one; only the waits around it (faults, webhooks) are asynchronous.

It never talks to Stripe, listens on loopback, and refuses live keys.
"""

from tools.stripe_server.errors import StripeError
from tools.stripe_server.faults import Fault, FaultKind
from tools.stripe_server.ledger import Entry, EntryKind
from tools.stripe_server.server import StripeServer
from tools.stripe_server.webhooks import Behaviour

__all__ = ["Behaviour", "Entry", "EntryKind", "Fault", "FaultKind", "StripeError", "StripeServer"]

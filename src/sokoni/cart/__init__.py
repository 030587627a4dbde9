"""Carts: what a buyer means to buy, before it is an order.

Owns the schema `cart`: carts and their items. A guest holds the token that was answered when the
cart was made (only its hash is stored); a signed-in user has one open cart, however many devices.

What always holds:
- a variant is in a cart once, 1 to 10,000 units of it;
- whoever changes a cart's content, or what its price depends on, raises its version in the same
  statement; a version that somebody read tells whether the cart is still the one they saw;
- a cart that was paid is completed and never changes again; one that went into an account's cart
  is merged, belongs to that account and opens to no token.

Lock order: the cart's row (two carts by id), then its items. Nothing here touches stock: a cart
holds none, it only asks how much there is.
"""

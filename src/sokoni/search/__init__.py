"""Search: finding products by words, counting facets, completing and correcting what is typed.

It owns the vocabulary (`search.words`) and reads the catalogue's listings; products, prices and
documents are the catalogue's. Invariants: a request takes at most two statements; only listings
are answered, so drafts, archived products and those without a price in the currency never are;
work is bounded however many products match. Lock order: words in alphabetical order.
"""

"""Markets: where the shop sells, in which currency, at which taxes, and how it ships there.

A country belongs to at most one region; a region has one currency, one way of showing prices
(with tax or without), its tax rates and its shipping options.
"""

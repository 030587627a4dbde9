"""Pricing: the one place where an amount to pay comes about.

Owns no table and talks to nothing: `service.price` is a pure function of lines and context, and
cart, checkout, summary and product quote all call it. Amounts are integer minor units of the
context's currency, rates basis points, weights grams.

What always holds for a quote: items is the sum of the line totals; each tax is the sum of its
parts on lines and shipping; grand total = items - discount + shipping + tax - gift card, with no
part negative; the steps that count towards the total add up to it.
"""

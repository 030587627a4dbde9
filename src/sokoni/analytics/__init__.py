"""Figures: what was sold, to whom, and how that compares with before.

Owns no tables and changes nothing: it reads those of carts, orders, payments, stock, identity and
catalogue in plain SQL, each figure in one statement over an index by time, whatever the number of
buckets.

- A sale is an order that was paid, at the time it was placed, in one currency; what was given back
  later counts as a refund at the time of the refund.
- A cart counts when it was begun, with what became of it since.
- Stock lasts as many days as it would if it went on selling as in the last 30.
- Days, weeks (from Monday) and months begin at midnight of the asked time zone, UTC unless told.
- The period before is the same one, as many intervals earlier as it has.
"""

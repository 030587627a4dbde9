"""Figures: what was sold, to whom, how that compares with before; and how fast the shop was.

Of what is sold it owns no tables and changes nothing: it reads those of carts, orders, payments,
stock, identity and catalogue in plain SQL, each figure in one statement over an index by time,
whatever the number of buckets. Its own table counts how fast pages were for visitors.

- A sale is an order that was paid, at the time it was placed, in one currency; what was given back
  later counts as a refund at the time of the refund.
- A cart counts when it was begun, with what became of it since.
- Stock lasts as many days as it would if it went on selling as in the last 30.
- Days, weeks (from Monday) and months begin at midnight of the asked time zone, UTC unless told.
- A page's speed is what the browsers of visitors tell (Core Web Vitals), added to sums by day, kind
  of page and device (speed.py). Nothing about a visitor is kept, and sums go after 90 days.
- The period before is the same one, as many intervals earlier as it has.
"""

"""The books: every law of money, stock, orders and delivery, checked by plain SQL.

`sokoni check`, `GET /admin/invariants` and the worker all call `checking.check`. The laws read
the tables by stored ids; the views of schema `audit_views` show the same facts with the ids that
clients know, so an outsider can check all of it without us.
"""

"""The books: every law of money, stock, orders and delivery, checked by plain SQL.

`sokoni check`, `GET /admin/invariants` and the worker all call `checking.check`. The laws read the
public views of schema `audit_views` wherever those tell enough, so an outsider can do the same.
"""

"""Refusals of orders."""

from sokoni.kernel.errors import Conflict, NotFound


class OrderNotFound(NotFound):
    """There is no such order here"""


class IllegalTransition(Conflict):
    """The order cannot go there from where it is"""


class OrderCannotChange(Conflict):
    """The order can no longer be changed"""


class OrderIsTaken(Conflict):
    """The order belongs to another account"""

"""Smoke tests: walk through a shop as a buyer does, and say what was seen.

They use nothing but HTTP, so they tell whether a deployed shop sells; in process they need no port.
"""

from sokoni.apps.smoke.catalog import look_around
from sokoni.apps.smoke.checkout import buy
from sokoni.apps.smoke.visiting import SmokeFailed, Visitor, at_url, in_process

__all__ = ["SmokeFailed", "Visitor", "at_url", "buy", "in_process", "look_around"]

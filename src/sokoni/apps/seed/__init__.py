"""Seeds: reference data for a new shop, the demo shop, and load data for measurements.

The first two are safe to repeat: what is there stays as it is.
"""

from sokoni.apps.seed.demo import seed_demo
from sokoni.apps.seed.load import seed_load
from sokoni.apps.seed.reference import seed_reference

__all__ = ["seed_demo", "seed_load", "seed_reference"]

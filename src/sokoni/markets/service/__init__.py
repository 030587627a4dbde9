"""Writing at the front desk: store, regions, tax rates, shipping options.

Every change is under the row's lock and its version, goes into the audit log, and makes cached
reads of the markets stale.
"""

from sokoni.markets.service.regions import change_region, create_region, delete_region
from sokoni.markets.service.shipping_options import (
    change_shipping_option,
    create_shipping_option,
    delete_shipping_option,
)
from sokoni.markets.service.store import DEFAULT_NAME, change_store, ensure_store
from sokoni.markets.service.tax_rates import change_tax_rate, create_tax_rate, delete_tax_rate

__all__ = [
    "DEFAULT_NAME",
    "change_region",
    "change_shipping_option",
    "change_store",
    "change_tax_rate",
    "create_region",
    "create_shipping_option",
    "create_tax_rate",
    "delete_region",
    "delete_shipping_option",
    "delete_tax_rate",
    "ensure_store",
]

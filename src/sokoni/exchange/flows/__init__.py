"""What takes many transactions: a file's way in, and the way of everything out.

A picture's way in is `fetching`, on its own: its HTTP client is loaded when the first one comes.
"""

from sokoni.exchange.flows.exporting import export_products
from sokoni.exchange.flows.running import Progress, import_file, run_stored

__all__ = ["Progress", "export_products", "import_file", "run_stored"]

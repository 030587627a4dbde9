"""What takes many transactions: a file's way in, a picture's, and the way of everything out."""

from sokoni.exchange.flows.exporting import export_products
from sokoni.exchange.flows.fetching import fetch_picture
from sokoni.exchange.flows.running import Progress, import_file, run_stored

__all__ = ["Progress", "export_products", "fetch_picture", "import_file", "run_stored"]

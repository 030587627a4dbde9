"""Turning a page's state into markup: the port, its adapters, and what happens when one fails."""

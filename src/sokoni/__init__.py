"""Sokoni: the open commerce engine.

Start with `docs/architecture.md`; each folder is one module.
"""

__version__ = "0.1.0"

"""Composition: everything that knows all modules (API, worker, command line, seeds, checks)."""

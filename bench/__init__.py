"""The bench: how fast the hot paths are, beside what this machine could do at most.

`python -m bench --help`; the method is in README.md beside this file. Not part of the product.
"""

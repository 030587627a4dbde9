"""Texts in files that spreadsheets open, both ways and without loss.

A text that begins with = + - @ would be run as a formula by a spreadsheet. In exports such a text
gets a ' in front, and imports take one such ' away. A text that begins with quotation marks of
this kind before such a sign gets one more, so every text comes back as it was. Only texts are
treated so: numbers and addresses stay as they are.
"""

import re

formula = re.compile(r"'*[=+\-@\t\r]")
marked = re.compile(r"'+[=+\-@\t\r]")


def guarded(text: str) -> str:
    """The text as a file may carry it."""
    return f"'{text}" if formula.match(text) else text


def unguarded(text: str) -> str:
    """The text that a file's cell stands for."""
    return text[1:] if marked.match(text) else text

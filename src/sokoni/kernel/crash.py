"""Named points at which a test may kill the process, as a power cut would (`CRASH_AT`).

`after-stock-hold`, `after-provider-call`, `after-commit`, `inside-webhook`,
`after-effect`. Refused in production by the settings.
"""

import os

KILLED = 137

_armed = ""


def arm(point: str) -> None:
    """Choose the point; an empty name disarms."""
    global _armed  # noqa: PLW0603 - one process, one switch, set once at start
    _armed = point


def point(name: str) -> None:
    """Die here, at once and without clean-up, if the point is armed."""
    if name == _armed:
        os._exit(KILLED)

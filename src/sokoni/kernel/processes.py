"""Processes that must not outlive the one that started them."""

import ctypes
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def die_with_parent(with_signal: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel for a signal to this process when the *thread* that started it ends.

    Linux only; elsewhere a parent that is killed leaves its children, and the next start finds
    them. As a `preexec_fn` it runs after the child changed its user, which would clear the wish.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, with_signal)


def dying_with_parent(with_signal: signal.Signals) -> Callable[[], None]:
    """The same as a `preexec_fn`."""
    return lambda: die_with_parent(with_signal)

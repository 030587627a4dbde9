"""How processes begin and end: started quickly, and gone with the one that started them."""

import ctypes
import gc
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

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


@contextmanager
def starting() -> Iterator[None]:
    """Import and build without the garbage collector, and let it forget what was built.

    What a process consists of lives as long as it does: 200,000 objects that were looked through
    again and again while they grew (a fifth of the start), and at every full collection later.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()

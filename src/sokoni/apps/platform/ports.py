"""Whether a TCP port is free, and whether our own shop answers on it."""

import contextlib
import socket
import time
import urllib.error
import urllib.request

_POLL_SECONDS = 0.05


def is_free(port: int, *, host: str = "127.0.0.1") -> bool:
    """True when nobody listens on the port. A closed connection's remains do not count."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def wait_until_free(port: int, *, timeout: float) -> bool:
    deadline = time.monotonic() + timeout
    while not is_free(port):
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def is_ready(port: int) -> bool:
    """Whether a shop answers on the port and says that it can serve."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/health/ready")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with contextlib.suppress(OSError, urllib.error.HTTPError), opener.open(request, timeout=2) as r:
        return bool(r.status == 200)
    return False

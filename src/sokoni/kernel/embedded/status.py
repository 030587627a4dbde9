"""What a data directory and its socket tell about the server on them, seen from outside."""

import os
import socket
import struct
import sys
from pathlib import Path

_ANSWER_SECONDS = 5.0
_TLS_QUESTION = struct.pack("!ii", 8, 80877103)


def pid_file(data_dir: Path) -> list[str]:
    """The lines of `postmaster.pid`: process id first, state eighth."""
    try:
        return (data_dir / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def state(data_dir: Path) -> str:
    """`ready`, `starting`, `stopping`, … as the server wrote it; empty when none did."""
    lines = pid_file(data_dir)
    return lines[7].strip() if len(lines) > 7 else ""


def postmaster(data_dir: Path) -> int | None:
    """The process id of a living server on the data."""
    lines = pid_file(data_dir)
    if not lines or not lines[0].isdigit():
        return None
    pid = int(lines[0])
    return pid if _runs_on(pid, data_dir) else None


def answers(data_dir: Path, socket_file: Path) -> bool:
    """Whether the server on the data is ready and takes connections."""
    return state(data_dir) == "ready" and _serves(socket_file)


def _runs_on(pid: int, data_dir: Path) -> bool:
    """Whether the living process `pid` is the server on `data_dir`, and not a later namesake."""
    try:
        os.kill(pid, 0)
        if sys.platform != "linux":
            return True
        # A server's current directory is its data; a zombie or another's process has another.
        return Path(f"/proc/{pid}/cwd").samefile(data_dir)
    except PermissionError:
        return True
    except (ProcessLookupError, FileNotFoundError):
        return False


def _serves(socket_file: Path) -> bool:
    """Whether a server takes a connection. A killed one may still look alive from outside, so it
    has to answer: the question is PostgreSQL's "do you speak TLS?", asked before any login."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(_ANSWER_SECONDS)
        try:
            probe.connect(str(socket_file))
            probe.sendall(_TLS_QUESTION)
            return probe.recv(1) in {b"N", b"S"}
        except OSError:
            return False

"""What the kernel says of processes: CPU seconds of whole families, and the load. Linux only."""

import os
from collections.abc import Iterable
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def load_average() -> float:
    """Of the last minute."""
    return os.getloadavg()[0]


def cpu_seconds(roots: Iterable[int]) -> float:
    """CPU that these processes and their descendants took so far, ended ones included."""
    return sum(_taken(pid) for pid in _families(roots))


def resident_bytes(roots: Iterable[int]) -> int:
    """Memory that is theirs alone plus their share of what is shared (Pss)."""
    total = 0
    for pid in _families(roots):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


def _families(roots: Iterable[int]) -> set[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        pid = waiting.pop()
        if pid not in found:
            found.add(pid)
            waiting += children.get(pid, [])
    return found


def _taken(pid: int) -> float:
    """utime, stime, and those of children that were waited for."""
    fields = _stat(pid)
    return sum(int(field) for field in fields[11:15]) / TICK if fields else 0.0


def _stat(pid: int) -> list[str]:
    """The fields of `stat` from the state on; the name before it may contain anything."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []

"""A small disk for the database, so that it can be full: a tmpfs, where mounting is permitted."""

import os
import re
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_SOURCE = "sokoni-chaos-"
_BALLAST = "ballast"
_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Disk:
    """Mounted at `path`; False in `is_small` where it could not be, and cannot be filled."""

    path: Path
    is_small: bool

    def fill(self) -> int:
        """Leave no free byte. Returns how many bytes of ballast that took."""
        ballast = self.path / _BALLAST
        with ballast.open("wb") as file:
            size = 0
            for step in (64 * _STEP, _STEP, 4096):
                with suppress(OSError):
                    while True:
                        os.posix_fallocate(file.fileno(), size, step)
                        size += step
        return size

    def free(self) -> None:
        (self.path / _BALLAST).unlink(missing_ok=True)

    def remove(self) -> None:
        if self.is_small:
            subprocess.run(["umount", "-l", self.path], check=False, capture_output=True)
        shutil.rmtree(self.path, ignore_errors=True)


def small_disk(path: Path, *, megabytes: int) -> Disk:
    """Mount a tmpfs at `path`, or use the directory as it is."""
    _remove_left_over()
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o755)
    options = f"size={megabytes}m,mode=0755"
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, f"{_SOURCE}{os.getpid()}", path],
        check=False,
        capture_output=True,
    )
    return Disk(path, is_small=done.returncode == 0)


def _remove_left_over() -> None:
    """Of runs that were killed before they could clean up."""
    with suppress(OSError):
        for line in Path("/proc/mounts").read_text().splitlines():
            found = re.match(rf"{_SOURCE}(\d+) (\S+) ", line)
            if found and not Path(f"/proc/{found[1]}").exists():
                subprocess.run(["umount", "-l", found[2]], check=False, capture_output=True)

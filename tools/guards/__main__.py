"""`python -m tools.guards [NAME …]`: exit 0 when every broken guard is caught by its tests."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.guards.guard import Guard
from tools.guards.guards import GUARDS

ROOT = Path(__file__).resolve().parent.parent.parent
TESTS_FAILED = 1  # pytest's exit code; others mean that it could not run them
SECONDS = 600


def main(names: list[str]) -> int:
    chosen = [guard for guard in GUARDS if not names or any(name in guard.name for name in names)]
    with tempfile.TemporaryDirectory(prefix="sokoni-guards-") as place:
        copy = Path(place) / "sokoni"
        _copy_to(copy)
        tests = sorted({test for guard in chosen for test in guard.tests})
        print(f"Unbroken: {len(tests)} tests", flush=True)
        if _run(copy, tests) != 0:
            print("They fail without anything broken; mend that first.")
            return 1
        missed = [guard for guard in chosen if not _is_caught(copy, guard)]
    print(f"{len(chosen) - len(missed)} of {len(chosen)} broken guards turned a test red.")
    return 1 if missed else 0


def _copy_to(copy: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():  # a file that is deleted but not yet committed is listed too
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)


def _is_caught(copy: Path, guard: Guard) -> bool:
    file = copy / guard.file
    whole = file.read_text()
    file.write_text(guard.broken(whole))
    started = time.monotonic()
    try:
        code = _run(copy, guard.tests)
    finally:
        file.write_text(whole)
    said = {TESTS_FAILED: "caught", 0: "NOT CAUGHT"}.get(code, f"NOT RUN (pytest says {code})")
    print(f"{said:>10}  {guard.name}  ({time.monotonic() - started:.0f} s)", flush=True)
    return code == TESTS_FAILED


def _run(copy: Path, tests: list[str] | tuple[str, ...]) -> int:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests),
        ],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": f"{copy / 'src'}:{copy}", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode not in {0, TESTS_FAILED}:
        print(done.stdout[-2000:] + done.stderr[-2000:])
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

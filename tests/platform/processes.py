"""Other processes of the tests: Python code, and the command line."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]
# Only what a shell has, so that the developer's own DATABASE_URL does not decide a test.
BARE = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Run code; its first lines of output can be read while it goes on."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env=BARE,
    )


def start_sokoni(
    *arguments: str, settings: Mapping[str, str], output: IO[str] | int = subprocess.PIPE
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "sokoni.apps.cli", *arguments],
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env={**BARE, "COLUMNS": "200", **settings},
    )


def sokoni(
    *arguments: str, settings: Mapping[str, str], seconds: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; its output, errors included, is in `stdout`."""
    with start_sokoni(*arguments, settings=settings) as process:
        output, _ = process.communicate(timeout=seconds)
    return subprocess.CompletedProcess(arguments, process.returncode, output)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)

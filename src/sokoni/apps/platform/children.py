"""Child processes of the demo: started, watched, started again when they die, stopped."""

import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from sokoni.kernel.processes import dying_with_parent

_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_STEADY_SECONDS = 60.0  # a child that lived so long starts again without a penalty


@dataclass(slots=True)
class Child:
    """One process, its output in `log_file`. It dies with us, however we end."""

    name: str
    arguments: list[str]
    log_file: Path
    deaths: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _started_at: float = 0.0
    _start_again_at: float | None = None

    def start(self) -> None:
        self.log_file.parent.mkdir(parents=True, exist_ok=True)
        with self.log_file.open("ab" if self.deaths else "wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                self.arguments,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal is for the demo
                preexec_fn=dying_with_parent(signal.SIGTERM),  # noqa: PLW1509 - one call of libc
            )
        self._started_at = time.monotonic()
        self._start_again_at = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def tend(self) -> str | None:
        """Look after the child; what happened, in words, or None when all is as it was."""
        if self.is_running():
            return None
        now = time.monotonic()
        if self._start_again_at is None:
            if now - self._started_at > _STEADY_SECONDS:
                self.deaths = 0
            pause = min(_FIRST_PAUSE_SECONDS * 2**self.deaths, _LONGEST_PAUSE_SECONDS)
            self.deaths += 1
            self._start_again_at = now + pause
            return f"The {self.name} ended ({self._ending()}); starting again in {pause:g} s."
        if now >= self._start_again_at:
            self.start()
            return f"The {self.name} is started again."
        return None

    def ask_to_stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait_until_stopped(self, *, timeout: float) -> None:
        """Kill it when it has not stopped within `timeout` seconds."""
        if self._process is None:
            return
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def last_words(self, *, lines: int = 20) -> str:
        text = self.log_file.read_text(errors="replace") if self.log_file.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def _ending(self) -> str:
        code = self._process.returncode if self._process else None
        if code is not None and code < 0:
            return f"signal {signal.Signals(-code).name}"
        return f"exit code {code}"

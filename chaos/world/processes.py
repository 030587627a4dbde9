"""The processes of the world, and the keeper that starts again whatever dies.

They die with us, however we end. A process may be started once with changes of its environment (a
crash point, a shifted clock); when it dies the keeper starts it again without them.
"""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from chaos.world.faultlog import FaultLog
from sokoni.kernel.crash import KILLED
from sokoni.kernel.processes import dying_with_parent

TICK_SECONDS = 0.05
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.1, 1.0
STEADY_SECONDS = 5.0
ROOT = Path(__file__).parent.parent.parent


@dataclass(slots=True)
class Child:
    """One process with its group. `serves` is the port on which it says whether it is ready."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    log_file: Path
    serves: int | None = None
    wanted: bool = True
    changed: dict[str, str] = field(default_factory=dict)  # of the environment, for this life
    started_at: float = 0.0  # monotonic
    lives: int = 0
    pause: float = FIRST_PAUSE_SECONDS
    _process: subprocess.Popen[bytes] | None = None
    _worker: int | None = None  # the process that serves, where it is a child of ours
    again_at: float | None = None

    def start(self, changed: Mapping[str, str] | None = None) -> None:
        self.changed = dict(changed or {})
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                self.arguments,
                env={**self.environment, **self.changed},
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=dying_with_parent(signal.SIGKILL),  # noqa: PLW1509 - one call of libc
            )
        self.started_at, self.lives = time.monotonic(), self.lives + 1
        self._worker = self.again_at = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def exit_code(self) -> int | None:
        return self._process.returncode if self._process else None

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def worker(self) -> int | None:
        """The process that granian started to serve, if this is an API and it has."""
        if self._process is None or self.serves is None:
            return None
        try:
            words = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        except OSError:
            return None
        return int(words[0]) if words else None

    def lost_its_worker(self) -> bool:
        """Whether the process that serves has died since we last looked."""
        if self.serves is None:
            return False
        now = self.worker()
        lost = self._worker is not None and now != self._worker
        if now is not None:
            self._worker = now
        return lost

    def kill(self) -> None:
        """-9, to the whole group."""
        if self._process is not None and self._process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def kill_worker(self) -> bool:
        """-9 to the process that serves only; granian itself starts it again."""
        pid = self.worker()
        if pid is None:
            return False
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        self._worker = None
        self.started_at = time.monotonic()
        return True

    def ask_to_stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    async def stopped(self, *, within: float) -> bool:
        """Wait until it has ended by itself; False when it has not `within` so many seconds."""
        deadline = time.monotonic() + within
        while self.is_running():
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(TICK_SECONDS)
        return True

    def last_words(self) -> str:
        return self.log_file.read_text(errors="replace")[-3000:] if self.log_file.exists() else ""


class Keeper:
    """Starts again what died and was wanted, after a short pause that grows if it keeps dying."""

    def __init__(self, children: Sequence[Child], log: FaultLog) -> None:
        self.children = {child.name: child for child in children}
        self._log = log

    async def keep(self) -> None:
        """Until cancelled."""
        while True:
            for child in self.children.values():
                self._look_after(child)
            await asyncio.sleep(TICK_SECONDS)

    def _look_after(self, child: Child) -> None:
        if not child.wanted:
            return
        point = child.changed.get("CRASH_AT")
        if child.is_running():
            if child.lost_its_worker() and point:
                self._log.record("crash", {"victim": child.name, "point": point})
                child.changed = {}
                child.kill()  # or granian would start the next worker with the same point armed
            return
        now = time.monotonic()
        if child.again_at is None:
            if point and child.exit_code == KILLED:
                self._log.record("crash", {"victim": child.name, "point": point})
            elif child.exit_code != -signal.SIGKILL:
                self._log.record("ended", {"victim": child.name, "code": child.exit_code})
            steady = now - child.started_at > STEADY_SECONDS
            longer = min(child.pause * 2, LONGEST_PAUSE_SECONDS)
            child.pause = FIRST_PAUSE_SECONDS if steady else longer
            child.again_at = now + child.pause
        elif now >= child.again_at:
            child.start()

    async def stop(self, *, patience: float = 10.0) -> None:
        """End everything; what does not end by itself is killed."""
        for child in self.children.values():
            child.wanted = False
            child.ask_to_stop()
        for child in self.children.values():
            if not await child.stopped(within=patience):
                child.kill()

"""A child process is started again when it dies, later each time, and never outlives us."""

import os
import signal
import sys
from pathlib import Path

import pytest

from sokoni.apps.platform import children
from sokoni.apps.platform.children import Child
from tests.platform.processes import kill, python
from tests.support.waiting import wait_until

FOREVER = [sys.executable, "-c", "import signal; print('up', flush=True); signal.pause()"]
DYING = [sys.executable, "-c", "import sys; print('no luck', flush=True); sys.exit(3)"]
STUBBORN_CODE = """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
while True:
    signal.pause()
"""
STUBBORN = [sys.executable, "-c", STUBBORN_CODE]


class Hours:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> Hours:
    made = Hours()
    monkeypatch.setattr(children, "time", made)
    return made


async def ended(child: Child) -> None:
    async def dead() -> bool:
        return not child.is_running()

    await wait_until(dead)


async def test_a_dead_child_starts_again_after_pauses_that_double(
    tmp_path: Path, hours: Hours
) -> None:
    child = Child(name="mill", arguments=DYING, log_file=tmp_path / "mill.log")
    child.start()
    pauses = []
    for _ in range(8):
        await ended(child)
        said = child.tend()
        assert said is not None
        assert said.startswith("The mill ended (exit code 3); starting again in ")
        pauses.append(float(said.split()[-2]))
        assert child.tend() is None
        hours.now += pauses[-1]
        assert child.tend() == "The mill is started again."
    await ended(child)

    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    assert child.last_words() == "\n".join(["no luck"] * 9)


async def test_a_child_that_lived_long_starts_again_at_once(tmp_path: Path, hours: Hours) -> None:
    child = Child(name="mill", arguments=DYING, log_file=tmp_path / "mill.log", deaths=5)
    child.start()
    await ended(child)
    hours.now += 61

    assert child.tend() == "The mill ended (exit code 3); starting again in 0.5 s."


async def test_a_killed_child_is_told_by_its_signal(tmp_path: Path) -> None:
    child = Child(name="mill", arguments=FOREVER, log_file=tmp_path / "mill.log")
    child.start()
    assert child.tend() is None
    assert child.pid is not None
    kill(child.pid)
    await ended(child)

    assert child.tend() == "The mill ended (signal SIGKILL); starting again in 0.5 s."


async def test_a_child_that_does_not_stop_is_killed(tmp_path: Path) -> None:
    child = Child(name="mule", arguments=STUBBORN, log_file=tmp_path / "mule.log")
    child.start()

    async def up() -> bool:
        return child.last_words() == "up"

    await wait_until(up)
    child.ask_to_stop()
    assert child.is_running()
    child.wait_until_stopped(timeout=0.1)
    assert not child.is_running()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's promise is Linux's")
async def test_a_child_dies_with_us_even_when_we_are_killed(tmp_path: Path) -> None:
    code = f"""
import sys, signal
from pathlib import Path
from sokoni.apps.platform.children import Child
child = Child(name="mill", arguments={FOREVER!r}, log_file=Path(sys.argv[1]))
child.start()
print(child.pid, flush=True)
signal.pause()
"""
    with python(code, str(tmp_path / "mill.log")) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        os.kill(child, 0)
        parent.send_signal(signal.SIGKILL)

    process = Path(f"/proc/{child}")

    async def gone() -> bool:
        return not process.exists()  # noqa: ASYNC240 - /proc does not block

    await wait_until(gone)

"""The limit of everything that asks the database: pgbench with the same statements."""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bench.measuring import Measurement
from bench.script import Script

SPEED = re.compile(r"tps = ([0-9.]+)")
DONE = re.compile(r"number of transactions actually processed: (\d+)")
FAILED = re.compile(r"number of failed transactions: (\d+)")
_rounds = count(1)


@dataclass(frozen=True, slots=True)
class Written:
    """A script as a file, and what its variables are."""

    file: Path
    variables: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Ran:
    per_second: float
    count: int


async def run(
    program: Path,
    url: str,
    scripts: Sequence[Written],
    *,
    clients: int,
    seconds: float,
    cpu: Callable[[], float],
) -> Measurement:
    """As many processes of one client each, with scripts of their own where there are enough.

    So a connection prepares each statement once, and clients do not queue for the same rows: as
    it is with the shop. Raises RuntimeError when a script fails.
    """
    base = next(_rounds) * 1_000_000_000
    before = cpu()
    ran = await asyncio.gather(
        *(
            _client(
                program,
                url,
                scripts[client % len(scripts)],
                base=base + client * 10_000_000,
                seconds=seconds,
            )
            for client in range(clients)
        )
    )
    took = cpu() - before
    return Measurement(
        per_second=sum(one.per_second for one in ran),
        p50=None,
        p99=None,
        cpu_front=0.0,
        cpu_database=took * 1000 / max(1, sum(one.count for one in ran)),
    )


async def _client(program: Path, url: str, script: Written, *, base: int, seconds: float) -> _Ran:
    given = {**script.variables, "n": "0", "base": str(base)}
    process = await asyncio.create_subprocess_exec(
        program,
        "--no-vacuum",
        "--protocol=prepared",
        f"--time={max(1, round(seconds))}",
        *(f"--define={name}={value}" for name, value in given.items()),
        f"--file={script.file}",
        url,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    said = output.decode(errors="replace")
    speed, done, failed = SPEED.search(said), DONE.search(said), FAILED.search(said)
    if process.returncode or speed is None or done is None or (failed and failed[1] != "0"):
        raise RuntimeError(f"pgbench: {said[-3000:]}")
    return _Ran(per_second=float(speed[1]), count=int(done[1]))


def write(scripts: Sequence[Script], *, folder: Path, name: str) -> list[Written]:
    """Put the scripts into files."""
    written = []
    for number, one in enumerate(scripts):
        file = folder / f"{name}-{number}.sql"
        file.write_text(one.text, encoding="utf-8")
        written.append(Written(file=file, variables=one.variables))
    return written

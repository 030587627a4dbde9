"""The limit of everything that asks the database: pgbench with the same statements."""

import asyncio
import re
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from bench.measuring import Measurement
from bench.script import Script

SPEED = re.compile(r"tps = ([0-9.]+)")
DONE = re.compile(r"number of transactions actually processed: (\d+)")
FAILED = re.compile(r"number of failed transactions: (\d+)")
_rounds = count(1)


async def run(
    program: Path,
    url: str,
    scripts: Sequence[Path],
    variables: dict[str, str],
    *,
    clients: int,
    seconds: float,
    cpu: Callable[[], float],
) -> Measurement:
    """Run all scripts, each as often as the others. Raises RuntimeError when one fails."""
    given = {**variables, "n": "0", "base": str(next(_rounds) * 1_000_000_000)}
    arguments = [f"--define={name}={value}" for name, value in given.items()]
    arguments += [f"--file={script}" for script in scripts]
    before = cpu()
    process = await asyncio.create_subprocess_exec(
        program,
        "--no-vacuum",
        "--protocol=prepared",
        f"--client={clients}",
        "--jobs=1",
        f"--time={max(1, round(seconds))}",
        *arguments,
        url,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    said = output.decode(errors="replace")
    speed, done, failed = SPEED.search(said), DONE.search(said), FAILED.search(said)
    if process.returncode or speed is None or done is None or (failed and failed[1] != "0"):
        raise RuntimeError(f"pgbench: {said[-3000:]}")
    return Measurement(
        per_second=float(speed[1]),
        p50=None,
        p99=None,
        cpu_front=0.0,
        cpu_database=(cpu() - before) * 1000 / max(1, int(done[1])),
    )


def write(scripts: Sequence[Script], *, folder: Path, name: str) -> list[Path]:
    """Put the scripts into files."""
    files = []
    for number, one in enumerate(scripts):
        file = folder / f"{name}-{number}.sql"
        file.write_text(one.text, encoding="utf-8")
        files.append(file)
    return files

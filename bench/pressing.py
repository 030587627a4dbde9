"""One measurement of a path: our client against the shop or the bare application, or pgbench.

Both sides have as many requests in flight; the client and pgbench share the machine with what
they measure.
"""

import asyncio

from bench import client, machine, pgbench
from bench.client import Pressed
from bench.limits import Scripts
from bench.measuring import Measurement, measurement
from bench.paths import Path
from bench.plan import Plan
from bench.shop import Bench

READ_CONNECTIONS, WRITE_CONNECTIONS = 16, 8


async def shop(
    bench: Bench, plan: Plan, path: Path, *, connections: int | None = None
) -> Measurement:
    """The path against the shop, for `plan.seconds`. Raises Refused for an answer of no success."""
    return _told(
        await drive(
            bench,
            path,
            name="api",
            port=bench.port,
            seconds=plan.seconds,
            warm_up=plan.warm_up,
            connections=connections,
        )
    )


async def bare(bench: Bench, plan: Plan, path: Path, *, port: int) -> Measurement:
    """The same requests against the bare application."""
    return _told(
        await drive(bench, path, name="bare", port=port, seconds=plan.seconds, warm_up=plan.warm_up)
    )


async def scripts(bench: Bench, plan: Plan, path: Path, made: Scripts) -> Measurement:
    """The statements of the path by pgbench, with as many clients as requests are in flight."""
    return await pgbench.run(
        bench.server.program("pgbench"),
        bench.url,
        made.written,
        clients=connections_of(path),
        seconds=plan.seconds,
        cpu=lambda: machine.cpu_seconds([bench.postmaster]),
    )


async def drive(
    bench: Bench,
    path: Path,
    *,
    name: str,
    port: int,
    seconds: float,
    warm_up: float,
    connections: int | None = None,
) -> Pressed:
    """Press with the path's requests; `name` is the process whose CPU counts as the front's."""
    front = bench.processes[name].pid

    def cpu() -> tuple[float, float]:
        return machine.cpu_seconds([front]), machine.cpu_seconds([bench.postmaster])

    return await client.press(
        port,
        path.requests(),
        connections=connections or connections_of(path),
        seconds=seconds,
        warm_up=warm_up,
        cpu=cpu,
    )


def connections_of(path: Path) -> int:
    """Reads have more company than writes."""
    return WRITE_CONNECTIONS if path.asks[0].method == "POST" else READ_CONNECTIONS


async def until_it_listens(port: int) -> None:
    for _ in range(300):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise RuntimeError(f"nothing listens at port {port}")


def _told(pressed: Pressed) -> Measurement:
    return measurement(
        pressed.latencies,
        seconds=pressed.seconds,
        cpu_front=pressed.cpu[0],
        cpu_database=pressed.cpu[1],
    )

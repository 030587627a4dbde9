"""The shop with everything around it: started in order, kept alive, stopped in reverse.

    buyers ─▶ api-1, api-2 ──wire "database"──▶ PostgreSQL ◀── worker-1, worker-2 (by the wire too)
                   │  ▲
     wire "provider"  wire "door": webhooks, to either API
                   ▼  │
               Stripe server

Wires and the Stripe server are ours and never die; the rest is what faults are for.
"""

import asyncio
import os
import random
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from tools.stripe_server import StripeServer

from chaos.launch import PLANT
from chaos.plan import Plan
from chaos.wire import Wires
from chaos.world import FaultLog, World
from chaos.world.database import ROLE, Server
from chaos.world.processes import ROOT, Child, Keeper
from sokoni.apps.platform.ports import is_free
from sokoni.kernel.embedded.home import DATABASE

START_SECONDS = 60.0
SECRET = "whsec_of_the_chaos_run"  # noqa: S105 - of a server that lives for minutes
PREFIX = "/api/v1"
PORTS = range(20_000, 30_000)  # below those that outgoing connections get
RUN = [sys.executable, "-m"]


@dataclass(frozen=True, slots=True)
class Ports:
    """Who listens where. `database` and `provider` are wires, `door` the wire for webhooks."""

    apis: tuple[int, ...]
    stripe: int
    door: int
    database: int
    provider: int
    control: int


@dataclass(frozen=True, slots=True)
class Shop:
    """What faults may lay hands on."""

    plan: Plan
    world: World
    ports: Ports
    server: Server
    wires: Wires
    keeper: Keeper
    provider: httpx.AsyncClient  # the levers of the Stripe server
    shop_url: str  # the database as the shop reaches it, through the wire

    @property
    def log(self) -> FaultLog:
        return self.world.log

    @property
    def apis(self) -> list[Child]:
        return [child for child in self.keeper.children.values() if child.serves]

    @property
    def workers(self) -> list[Child]:
        return [child for child in self.keeper.children.values() if not child.serves]

    async def lever(self, method: str, path: str, **body: object) -> dict[str, object]:
        """Pull a lever of the Stripe server."""
        answer = await self.provider.request(method, f"/_control/{path}", json=body)
        answer.raise_for_status()
        said: dict[str, object] = answer.json()
        return said


@asynccontextmanager
async def opened(plan: Plan, *, seed: int, plant: str = "") -> AsyncIterator[Shop]:
    """The shop, ready to be visited; at the end nothing of it is left but its logs."""
    home = ROOT / ".sokoni" / f"chaos-{os.getpid()}"
    home.mkdir(parents=True)
    log = FaultLog(home / "faults.jsonl")
    server = Server(home, log)
    async with AsyncExitStack() as running:
        running.callback(log.close)
        running.push_async_callback(server.stop)
        await server.create()
        client = await running.enter_async_context(httpx.AsyncClient(trust_env=False, timeout=10))
        shop = _laid_out(plan, home=home, server=server, log=log, client=client, seed=seed)
        for child in _steady(shop):
            running.callback(child.kill)
            child.start()
        await _run(["sokoni.apps.cli", "migrate"], shop)
        await _run(
            ["chaos.world.goods", "--products", str(plan.products), "--seed", str(seed)], shop
        )
        if plant:
            for child in shop.keeper.children.values():
                child.environment = {**child.environment, PLANT: plant}
        running.push_async_callback(shop.keeper.stop)
        for child in shop.keeper.children.values():
            child.start()
        await _until_ready(shop)
        for keeping in (shop.keeper.keep(), server.keep()):
            task = asyncio.create_task(keeping)
            running.push_async_callback(_ended, task)
        yield shop


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _laid_out(
    plan: Plan, *, home: Path, server: Server, log: FaultLog, client: httpx.AsyncClient, seed: int
) -> Shop:
    """Decide where everything is, and tell each who is where."""
    ports = _free_ports(plan.api_processes)
    common = _environment(plan, home=home, port=ports.apis[0])
    shop_url = f"postgresql://{ROLE}@127.0.0.1:{ports.database}/{DATABASE}?sslmode=disable"
    world = World(
        api_urls=tuple(f"http://127.0.0.1:{port}{PREFIX}" for port in ports.apis),
        database_url=server.url,
        provider_url=f"http://127.0.0.1:{ports.stripe}",
        provider_ledger=home / "provider.jsonl",
        webhook_secret=SECRET,
        hold_seconds=plan.hold,
        home=home,
        log=log,
        seed=seed,
        environment={**common, "DATABASE_URL": server.url, "STRIPE_API_BASE": _local(ports.stripe)},
    )
    client.base_url = httpx.URL(world.provider_url)
    wired = {
        **common,
        "DATABASE_URL": shop_url,
        "DATABASE_DIRECT_URL": shop_url,
        "STRIPE_API_BASE": _local(ports.provider),
    }
    apis = [
        _sokoni(home, f"api-{at}", {**wired, "PORT": str(port)}, serves=port)
        for at, port in enumerate(ports.apis, 1)
    ]
    workers = [_sokoni(home, f"worker-{at}", wired) for at in range(1, plan.workers + 1)]
    return Shop(
        plan=plan,
        world=world,
        ports=ports,
        server=server,
        wires=Wires(ports.control),
        keeper=Keeper([*apis, *workers], log),
        provider=client,
        shop_url=shop_url,
    )


def _environment(plan: Plan, *, home: Path, port: int) -> dict[str, str]:
    """As staging: a production's behaviour, but crash points may be armed."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "ENVIRONMENT": "staging",
        "SOKONI_HOME": str(home / "shop"),
        "PORT": str(port),
        "JWT_SECRET": "of the chaos harness, which lives for minutes",
        "RATE_LIMIT_ENABLED": "false",
        "PAYMENT_PROVIDER": "stripe",
        "STRIPE_SECRET_KEY": StripeServer.key,
        "STRIPE_PUBLISHABLE_KEY": "pk_test_local",
        "STRIPE_WEBHOOK_SECRET": SECRET,
        "CHECKOUT_HOLD_SECONDS": str(plan.hold),
    }


def _sokoni(
    home: Path, name: str, environment: dict[str, str], *, serves: int | None = None
) -> Child:
    return Child(
        name=name,
        arguments=[*RUN, "chaos.launch", "serve" if serves else "worker"],
        environment=environment,
        log_file=home / f"{name}.log",
        serves=serves,
    )


def _steady(shop: Shop) -> list[Child]:
    """The Stripe server and the wires: processes of the harness, which nothing kills."""
    ports, home, seed = shop.ports, shop.world.home, shop.world.seed
    ledger = str(shop.world.provider_ledger)
    door = f"http://127.0.0.1:{ports.door}{PREFIX}/webhooks/payments/stripe"
    stripe = [
        *(*RUN, "tools.stripe_server", "--port", str(ports.stripe), "--webhook-url", door),
        *("--webhook-secret", SECRET, "--ledger", ledger, "--seed", str(seed)),
        *("--async-delay", "3"),
    ]
    apis = ",".join(f"127.0.0.1:{port}" for port in ports.apis)
    wires = [
        *(*RUN, "chaos.wire", "--control", str(ports.control), "--seed", str(seed)),
        f"database={ports.database}={shop.server.embedded.socket_file}",
        f"provider={ports.provider}=127.0.0.1:{ports.stripe}",
        f"door={ports.door}={apis}",
    ]
    environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    return [
        Child("stripe", stripe, environment, home / "stripe.log"),
        Child("wires", wires, environment, home / "wires.log"),
    ]


async def _run(arguments: list[str], shop: Shop) -> None:
    """A command of ours or of `sokoni` to its end: straight at the database, as its owner."""
    done = await asyncio.create_subprocess_exec(
        *(*RUN, *arguments),
        env={**shop.world.environment, "DATABASE_URL": shop.server.owner_url},
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await done.communicate()
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}:\n{said.decode(errors='replace')}")


async def _until_ready(shop: Shop) -> None:
    """Raises RuntimeError with what the process said, if one is not ready in time."""
    deadline = time.monotonic() + START_SECONDS
    async with httpx.AsyncClient(trust_env=False, timeout=2) as client:
        for child in shop.apis:
            while not await is_ready(client, child):
                if not child.is_running() or time.monotonic() > deadline:
                    raise RuntimeError(f"{child.name} does not start:\n{child.last_words()}")
                await asyncio.sleep(0.1)


async def is_ready(client: httpx.AsyncClient, child: Child) -> bool:
    """Whether this API says that it can serve."""
    try:
        answer = await client.get(f"{_local(child.serves or 0)}/health/ready")
    except httpx.HTTPError:
        return False
    return answer.status_code == 200


def _local(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _free_ports(apis: int) -> Ports:
    found: list[int] = []
    while len(found) < apis + 5:
        port = random.choice(PORTS)
        if port not in found and is_free(port):
            found.append(port)
    *serving, stripe, door, database, provider, control = found
    return Ports(tuple(serving), stripe, door, database, provider, control)

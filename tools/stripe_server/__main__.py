"""Run the server from a shell: `python -m tools.stripe_server --port 8420 --webhook-url …`."""

import argparse
import asyncio
import signal
from pathlib import Path

from tools.stripe_server.server import StripeServer


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.stripe_server", description=__doc__)
    parser.add_argument("--port", type=int, default=8420, help="0 takes a free one")
    parser.add_argument("--webhook-url", help="where events are sent; without it none are")
    parser.add_argument("--webhook-secret", default="whsec_local", help="signs the events")
    parser.add_argument("--ledger", type=Path, help="append each movement of money to this file")
    parser.add_argument("--async-delay", type=float, default=5.0, help="seconds until pending ends")
    parser.add_argument("--seed", type=int, default=0, help="of duplicates, delays and faults")
    return parser.parse_args()


async def _run(arguments: argparse.Namespace) -> None:
    server = StripeServer(
        port=arguments.port,
        webhook_url=arguments.webhook_url,
        webhook_secret=arguments.webhook_secret,
        ledger_path=arguments.ledger,
        async_delay=arguments.async_delay,
        seed=arguments.seed,
    )
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with server:
        print(f"Stripe's protocol at {server.url}, levers at {server.url}/_control", flush=True)
        print(f"STRIPE_API_BASE={server.url} STRIPE_SECRET_KEY={server.key}", flush=True)
        await stopped.wait()


asyncio.run(_run(_arguments()))

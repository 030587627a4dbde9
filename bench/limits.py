"""The limits, made ready: recorded answers for the bare application, scripts for pgbench."""

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path as File

from bench import client, pgbench
from bench.paths import BARE, Path
from bench.pgbench import Written
from bench.recording import recorder
from bench.script import script
from bench.shop import Bench

SCRIPTS = 8  # one per client
LEFT_TO_THE_SERVER = {"date", "server", "transfer-encoding"}


@dataclass(frozen=True, slots=True)
class Scripts:
    """What pgbench runs for a path; `statements` without BEGIN and COMMIT."""

    written: list[Written]
    statements: int


async def keep_answers(bench: Bench, paths: Sequence[Path]) -> File:
    """Ask the shop for everything that is measured cached, and keep the answers."""
    kept = {}
    for path in paths:
        for ask in path.asks if path.limit == BARE else ():
            for _ in range(2):  # the second comes from a cache, with the headers of a hit
                answer = await client.ask(bench.port, ask.encoded())
            kept[ask.path] = {
                "headers": _headers(answer.head),
                "body": b64encode(answer.body).decode(),
            }
    file = bench.home / "answers.json"
    file.write_text(json.dumps(kept))
    return file


async def write_scripts(bench: Bench, paths: Sequence[Path]) -> dict[str, Scripts]:
    """Record what each path sends to the database, as scripts, by the path's name."""
    written = {}
    async with recorder(bench.url) as listening:
        for path in paths:
            if path.limit == BARE:
                continue
            made = []
            statements = 0
            for number, ask in enumerate(path.asks[:SCRIPTS]):
                recordings = []
                for _ in range(3):  # the first one fills caches of the driver and the shop
                    now = ask.numbered()
                    recordings.append(
                        await listening.record(
                            now.method, now.path, headers=now.headers, body=now.body
                        )
                    )
                made.append(script(recordings[1], recordings[2], name=f"s{number}"))
                statements = sum(
                    len(one.values)
                    for one in recordings[1]
                    if one.sql not in {"BEGIN", "COMMIT", "ROLLBACK"}
                )
            name = path.name.replace(" ", "-").replace(",", "")
            written[path.name] = Scripts(
                written=pgbench.write(made, folder=bench.home, name=name),
                statements=statements,
            )
    return written


def _headers(head: bytes) -> list[tuple[str, str]]:
    lines = head.decode("latin-1").split("\r\n")[1:]
    pairs = [line.partition(": ")[::2] for line in lines]
    return [(name, value) for name, value in pairs if name.lower() not in LEFT_TO_THE_SERVER]

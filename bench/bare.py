"""The limit of cached reads: an application that knows nothing but a few answers by heart.

Run as a process (`python -m bench.bare PORT WORKERS ANSWERS`), by the same server with the same
settings as the shop. ANSWERS is a JSON file: path with query → headers and body.
"""

import json
import os
import sys
from base64 import b64decode
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

ANSWERS = "BENCH_ANSWERS"
Send = Callable[[dict[str, Any]], Awaitable[None]]


def application() -> Callable[..., Awaitable[None]]:
    """Runs in a worker process."""
    known = {
        path.encode(): (
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(name.encode(), value.encode()) for name, value in answer["headers"]],
            },
            {"type": "http.response.body", "body": b64decode(answer["body"])},
        )
        for path, answer in json.loads(Path(os.environ[ANSWERS]).read_text()).items()
    }

    async def answer(scope: dict[str, Any], _receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            return
        query = scope["query_string"]
        asked: bytes = scope["path"].encode()
        start, body = known[asked + b"?" + query if query else asked]
        await send(start)
        await send(body)

    return answer


def main(port: int, workers: int, answers: str) -> None:
    from granian import Granian  # noqa: PLC0415 - not needed in the workers
    from granian.constants import Interfaces, Loops  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    os.environ[ANSWERS] = answers
    Granian(
        f"{__package__}.bare:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI,
        factory=True,
        loop=Loops.uvloop,
        workers=workers,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])

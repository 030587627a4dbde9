"""`make dev`: the demo shop with everything live.

Vite serves the modules of the shop and the admin as they are on the disk and replaces them in the
browser; pages come from the API, which points to them. When a Python file of the shop changes, or
the words of its heads, the API and the worker are started again. Open the address that the demo
prints.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tools import frontend
from tools.frontend import FRONTEND, ROOT

TICK_SECONDS = 0.5
STOP_SECONDS = 20.0
VITE_PORT = 5173


def main() -> int:
    try:
        frontend.install(FRONTEND)
        node = frontend.node()
    except frontend.FrontendError as error:
        print(error, file=sys.stderr)
        return 1
    vite_url = f"http://127.0.0.1:{_free_port(VITE_PORT)}"
    path = os.pathsep.join([str(node.parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "VITE_URL": vite_url, "RENDERER": "none"}
    vite = subprocess.Popen(_vite(vite_url), cwd=FRONTEND, env=environment)
    demo = _demo(environment)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        seen = _newest()
        while vite.poll() is None and demo.poll() is None:
            time.sleep(TICK_SECONDS)
            newest = _newest()
            if newest > seen:
                seen = newest
                print("Python changed; starting again.")
                _stop(demo)
                demo = _demo(environment)
    except KeyboardInterrupt:
        pass
    finally:
        _stop(demo)
        _stop(vite)
    return 0


def _vite(url: str) -> list[str]:
    port = url.rpartition(":")[2]
    program = str(FRONTEND / "node_modules" / ".bin" / "vite")
    return [
        program,
        "--host",
        "127.0.0.1",
        "--port",
        port,
        "--strictPort",
        "--clearScreen",
        "false",
    ]


def _demo(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Its database stays up for the second in which it is away: it starts from what is there."""
    command = [sys.executable, "-m", "sokoni.apps.cli", "demo", "--stop-with-parent"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _newest() -> float:
    """When a file of the shop was changed last."""
    sources = ROOT / "src" / "sokoni"
    files = [*sources.rglob("*.py"), *(sources / "web" / "words").iterdir()]
    return max(map(_date, files), default=0.0)


def _date(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:  # an editor is replacing it
        return 0.0


def _free_port(wanted: int) -> int:
    for port in range(wanted, wanted + 20):
        with socket.socket() as found:
            if found.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise SystemExit("No port is free for Vite.")


if __name__ == "__main__":
    sys.exit(main())

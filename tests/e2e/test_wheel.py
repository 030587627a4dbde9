"""The wheel is the whole shop: installed where there is no Node, it shows its pages."""

import re
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest

from tests.platform.processes import BARE
from tests.support.shop import ROOT, free_port

START_SECONDS = 300


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("dist")
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--wheel-dir", str(place)]
    subprocess.run([*pip, str(ROOT)], check=True)
    (made,) = place.glob("sokoni-*.whl")
    return made


def test_the_wheel_has_the_built_pages_and_what_they_are_made_of(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
        manifest = archive.read("sokoni/web/static/.vite/shop.json").decode()
    built = {
        path.relative_to(ROOT / "src").as_posix()
        for folder in ("static", "ssr")
        for path in (ROOT / "src" / "sokoni" / "web" / folder).rglob("*")
        if path.is_file()
    }
    assert built <= names
    for file in re.findall(r'"file": "(.*?)"', manifest):
        assert f"sokoni/web/static/{file}" in names
    assert {"sokoni/web/ssr/shop.js", "sokoni/web/words/sw.json"} <= names
    versions = (ROOT / "migrations" / "versions").glob("*.py")
    assert {f"sokoni/migrations/versions/{each.name}" for each in versions} <= names
    assert {"sokoni/migrations/env.py", "sokoni/alembic.ini"} <= names
    assert not [name for name in names if "node_modules" in name or name.startswith("frontend")]


@contextmanager
def demo(wheel: Path, place: Path) -> Iterator[str]:
    """The demo out of an environment of its own, which borrows the packages it needs from ours."""
    venv.create(place / "venv", with_pip=True)
    python = place / "venv" / "bin" / "python"
    ours = sysconfig.get_path("purelib")
    (theirs,) = (place / "venv" / "lib").glob("python*/site-packages")
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", wheel], check=True)
    (theirs / "borrowed.pth").write_text(f"{ours}\n")
    port = free_port()
    settings = {
        "PATH": str(place / "venv" / "bin"),
        "SOKONI_HOME": str(place / "home"),
        "PORT": str(port),
    }
    log = place / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [place / "venv" / "bin" / "sokoni", "demo"],
            cwd=place,
            env={**BARE, **settings},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while "Sokoni is ready" not in log.read_text():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=60)


@pytest.mark.timeout(900)
def test_an_installed_wheel_shows_its_pages_without_node(wheel: Path, tmp_path: Path) -> None:
    with demo(wheel, tmp_path) as url, httpx.Client(base_url=url, timeout=60) as http:
        # The engine is tried while the shop answers already; until then browsers draw the pages.
        deadline = time.monotonic() + START_SECONDS
        while "Quiet things" not in (home := http.get("/").raise_for_status().text):
            assert time.monotonic() < deadline, home
            time.sleep(0.05)
        for path in ("/", "/admin"):
            page = http.get(path).text
            scripts = re.findall(r'(?:src|href)="(/static/[^"]+\.js)"', page)
            assert scripts != []
            assert {http.get(script).status_code for script in scripts} == {200}

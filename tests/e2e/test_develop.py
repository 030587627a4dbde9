"""`make dev` in a copy of the sources: what is changed there is seen in the browser."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.browser import visitor, watch
from tests.platform.processes import BARE
from tests.support.shop import ROOT, free_port
from tests.support.waiting import wait_until
from tools import frontend

START_SECONDS = 300
SOURCES = ("src", "tools", "frontend", "migrations", "alembic.ini", "pyproject.toml")
NOT_SOURCES = shutil.ignore_patterns("node_modules", ".node", "static", "ssr", "__pycache__")


@dataclass(frozen=True, slots=True)
class Workshop:
    """`url` has no slash at the end; `place` is the copy."""

    url: str
    place: Path

    def change(self, file: str, old: str, new: str) -> None:
        path = self.place / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")


@asynccontextmanager
async def developing(place: Path) -> AsyncIterator[Workshop]:
    """The demo by `tools.develop`, on a free port, with a database of its own."""
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=NOT_SOURCES)
        else:
            shutil.copy(source, place / name)
    frontend.install(frontend.FRONTEND)
    packages = ROOT / "frontend" / "node_modules"
    # Vite serves nothing that lies outside, wherever a link says it is.
    shutil.copytree(
        packages, place / "frontend" / "node_modules", symlinks=True, copy_function=link
    )
    port = free_port()
    settings = {
        "PYTHONPATH": str(place / "src"),
        "PATH": os.pathsep.join([str(frontend.node().parent), BARE["PATH"]]),
        "SOKONI_HOME": str(place / "home"),
        "PORT": str(port),
    }
    log = place / "log"
    process = started(place, settings, log)
    try:
        url = f"http://127.0.0.1:{port}"

        async def is_ready() -> bool:
            assert process.poll() is None, log.read_text()
            return await answers(url)

        await wait_until(is_ready, within=START_SECONDS, what="make dev")
        yield Workshop(url, place)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def started(place: Path, settings: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("w") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "tools.develop"],
            cwd=place,
            env={**BARE, **settings},
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def link(source: str, target: str) -> None:
    """The same file under another name, or a copy where the disks differ."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


async def answers(url: str) -> bool:
    try:
        async with httpx.AsyncClient() as client:
            return (await client.get(url)).status_code == 200
    except httpx.HTTPError:
        return False


async def color(page: Page) -> str | None:
    """What the page's head says, which Python writes; nothing while the shop starts again."""
    if not await answers(page.url):
        return None
    await page.reload()
    return await page.locator("meta[name=theme-color]").first.get_attribute("content")


@pytest.mark.timeout(900)
async def test_a_change_of_either_language_is_seen_in_the_browser(
    browser: Browser, tmp_path: Path
) -> None:
    async with (
        developing(tmp_path) as workshop,
        await visitor(browser, workshop.url) as context,
    ):
        page = await context.new_page()
        faults = watch(page)
        await page.goto("/")
        await expect(page.get_by_role("heading", level=1)).to_have_text(
            "Quiet things, made to be kept", timeout=120_000
        )
        await page.wait_for_load_state("networkidle")
        assert faults.told == []

        workshop.change(
            "frontend/src/shop/features/home/HomePage.tsx",
            '<div className="wrap pt-4">',
            '<div className="wrap pt-4"><p>Written while you looked</p>',
        )
        await expect(page.get_by_text("Written while you looked")).to_be_visible(timeout=60_000)
        assert faults.told == []

        workshop.change("src/sokoni/web/head.py", "#fbfaf7", "#abcdef")

        async def is_new() -> bool:
            return await color(page) == "#abcdef"

        await wait_until(is_new, within=START_SECONDS, what="the change of Python")

        admin = await context.new_page()
        of_admin = watch(admin)
        await admin.goto("/admin")
        await expect(admin.get_by_label("E-mail")).to_be_visible(timeout=120_000)
        assert of_admin.told == []

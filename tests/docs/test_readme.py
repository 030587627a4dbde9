"""The README is true: its commands run as they stand, and answer what it says they answer.

A block between `<!-- name -->` and `<!-- /name -->` runs in bash against a served demo shop; lines
`# → …` after a command are its output, where `…` stands for anything.
"""

import asyncio
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from tools.stripe_server import StripeServer

from sokoni.kernel.embedded import EmbeddedPostgres
from tests.platform.processes import BARE
from tests.support import shop
from tests.support.shop import Shop

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
EXPORT = ROOT / "tests" / "exchange" / "files" / "blank_skus.csv"
MARK = "# → "


def name_of_database(what: str) -> str:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "solo")
    return f"test_{worker}_{os.getpid()}_{what}"


@pytest.fixture(scope="module")
def served(server: EmbeddedPostgres) -> Iterator[Shop]:
    with shop.served(server, name=name_of_database("readme")) as made:
        yield made


def block(name: str) -> str:
    """The shell commands between the marks, as one script."""
    between = re.search(rf"<!-- {name} -->(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert between is not None
    return "\n".join(re.findall(r"```sh\n(.*?)```", between[1], re.DOTALL))


def promised(script: str) -> list[str]:
    return [line.removeprefix(MARK) for line in script.splitlines() if line.startswith(MARK)]


def run(script: str, *, at: Shop, cwd: Path) -> list[str]:
    """What the script prints, line by line; it must not stop with an error."""
    placed = script.replace("http://127.0.0.1:8000", at.url)
    placed = placed.replace(".venv/bin/", f"{Path(sys.executable).parent}/")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", placed],
        cwd=cwd,
        env={**BARE, **at.settings, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


def agree(printed: list[str], expected: list[str]) -> None:
    assert len(printed) == len(expected), printed
    for line, pattern in zip(printed, expected, strict=True):
        assert fnmatchcase(line, pattern.replace("…", "*")), (line, pattern)


def links_to_nothing() -> list[str]:
    files = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    return [
        f"{file.relative_to(ROOT)}: {target}"
        for file in files
        for target in re.findall(r'(?:\]\(|src=")([^)#"]+)[)"]', file.read_text())
        if "://" not in target and not (file.parent / target).exists()
    ]


def test_the_walk_through_answers_what_it_says(served: Shop, tmp_path: Path) -> None:
    script = block("walk-through")

    agree(run(script, at=served, cwd=tmp_path), promised(script))
    assert len(promised(script)) == 9


def test_a_shopify_export_goes_in_and_out(served: Shop, tmp_path: Path) -> None:
    shutil.copy(EXPORT, tmp_path / "products_export.csv")

    run(block("import"), at=served, cwd=tmp_path)

    assert (tmp_path / "all.csv").read_text().startswith("Handle,Title,")


async def test_the_hosted_page_pays_and_its_webhook_settles(
    server: EmbeddedPostgres, tmp_path: Path
) -> None:
    script = block("walk-through").partition('post "$SHOP/cart/items"')[0]
    setup = "\n".join(line for line in script.splitlines() if not line.startswith("curl"))
    address = next(line for line in README.splitlines() if line.startswith("address="))
    buying = block("stripe")
    async with StripeServer(webhook_secret="whsec_local") as stripe:
        with (
            shop.served(
                server,
                name=name_of_database("stripe"),
                PAYMENT_PROVIDER="stripe",
                STRIPE_API_BASE=stripe.url,
                STRIPE_SECRET_KEY=stripe.key,
                STRIPE_PUBLISHABLE_KEY="pk_test_local",
                STRIPE_WEBHOOK_SECRET="whsec_local",
            ) as made,
            shop.working(made),
        ):
            stripe.sender.url = f"{made.url}/api/v1/webhooks/payments/stripe"
            printed = await asyncio.to_thread(
                run, "\n".join([setup, address, buying]), at=made, cwd=tmp_path
            )
    agree(printed, [line.replace("http://127.0.0.1:8420", stripe.url) for line in promised(buying)])


def test_no_link_leads_nowhere() -> None:
    assert links_to_nothing() == []

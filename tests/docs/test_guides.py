"""The guide to a page of the admin is true: its samples, copied as they stand, pass every check."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tools import frontend

GUIDE = frontend.ROOT / "docs" / "guides" / "add-an-admin-page.md"
FEATURE = Path("src/admin/features/brand-texts")
LOCALES = Path("src/admin/locales")
FILE = re.compile(r"^```tsx?\n(// (\S+)\n.*?)^```$", re.MULTILINE | re.DOTALL)
TEXTS = re.compile(r"`(\w+)\.json`:\n\n```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BEFORE = '  "brands.add"'
CHECKS = {
    "types": ("tsc", "-p", "."),
    "lint": ("oxlint", "--deny-warnings", str(FEATURE)),
    "format": ("prettier", "--check", str(FEATURE), str(LOCALES)),
    "tests": ("vitest", "run", str(FEATURE), "src/shop/locales"),
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the front end with the page in it, written as the guide says."""
    frontend.install(frontend.FRONTEND)
    place = tmp_path_factory.mktemp("guide") / "frontend"
    apart = shutil.ignore_patterns("node_modules", ".node", "apigen", "lighthouse")
    shutil.copytree(frontend.FRONTEND, place, ignore=apart)
    (place / "node_modules").symlink_to(frontend.FRONTEND / "node_modules")
    guide = GUIDE.read_text("utf-8")
    for text, name in FILE.findall(guide):
        file = place / FEATURE / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    for language, lines in TEXTS.findall(guide):
        catalogue = place / LOCALES / f"{language}.json"
        text = catalogue.read_text("utf-8")
        assert BEFORE in text
        catalogue.write_text(text.replace(BEFORE, lines + BEFORE), "utf-8")
    return place


def test_the_samples_are_the_files_that_the_guide_lists(copied: Path) -> None:
    files = {str(file.relative_to(copied / FEATURE)) for file in (copied / FEATURE).rglob("*.ts*")}
    assert files == {"feature.ts", "pages/list.tsx", "pages/edit.tsx", "brand-texts.test.tsx"}
    for language in ("en", "sw"):
        catalogue = json.loads((copied / LOCALES / f"{language}.json").read_text("utf-8"))
        assert "brand_texts.title" in catalogue


@pytest.mark.timeout(300)
@pytest.mark.parametrize("check", CHECKS)
def test_the_samples_pass(check: str, copied: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = frontend.npx(CHECKS[check], folder=copied)
    assert code == 0, capfd.readouterr()

"""The rules of the source hold, and each of them notices when it is broken."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, Column, Integer, MetaData, Table
from tools.scratch import scratch_server

from sokoni.apps import tables
from tools import check_migrations, check_openapi, check_source

ROOT = Path(__file__).parents[2]


def test_the_source_keeps_its_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_source.main() == 0, capsys.readouterr().out


def test_imports_keep_the_contracts() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("path", "source", "complaint"),
    [
        ("src/sokoni/cart/service.py", "import os\nx = os.environ['X']\n", "the environment"),
        (
            "src/sokoni/cart/service.py",
            "async def f(tx):\n    await tx.commit()\n",
            "begin and end",
        ),
        ("src/sokoni/cart/queries.py", "y = datetime.now(UTC)\n", "the time is passed"),
        ("src/sokoni/cart/service/lines.py", "y = datetime.now(UTC)\n", "the time is passed"),
        ("src/sokoni/cart/utils.py", "x = 1\n", "say what it is about"),
        ("src/sokoni/cart/service.py", "x = 1\n" * 401, "401 lines"),
        ("tests/cart/test_x.py", "def f():\n" + "    x = 1\n" * 100, "f has 101 lines"),
    ],
)
def test_a_broken_rule_is_noticed(tmp_path: Path, path: str, source: str, complaint: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text(source)
    found = list(check_source.problems_of(file, root=tmp_path))
    assert len(found) == 1
    assert complaint in found[0]
    assert found[0].startswith(path)


def test_a_file_that_keeps_the_rules_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "src/sokoni/cart/service.py"
    file.parent.mkdir(parents=True)
    file.write_text("x = 1\n" * 400)
    assert list(check_source.problems_of(file, root=tmp_path)) == []


def test_a_door_that_is_none_is_noticed(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    for module in ("cart", "orders", "kernel", "apps"):
        (shop / module).mkdir(parents=True)
        (shop / module / "__init__.py").touch()
    (shop / "__init__.py").touch()
    (shop / "orders" / "models.py").touch()
    (shop / "orders" / "service.py").write_text("from shop.orders import models\n")
    (shop / "cart" / "good.py").write_text("from shop.orders import service\n")
    (shop / "cart" / "bad.py").write_text("from shop.orders import models\n")
    (shop / "apps" / "api.py").write_text("from shop.orders import models\n")
    (tmp_path / ".importlinter").write_text(
        "[importlinter]\nroot_package = shop\ncontract_types =\n"
        "    doors: tools.contracts.DoorsContract\n"
        "[importlinter:contract:doors]\nname = Doors\ntype = doors\nroot = shop\n"
        "doors =\n    service\nopen_modules =\n    kernel\nresidents =\n    apps\n"
    )
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "shop.cart.bad -> shop.orders.models" in done.stdout
    assert "shop.cart.good" not in done.stdout
    assert "shop.apps" not in done.stdout


def test_the_migrations_keep_their_promises(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_migrations.main() == 0, capsys.readouterr().out


def test_a_model_without_a_migration_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = MetaData(naming_convention=tables.metadata.naming_convention)
    for table in tables.metadata.sorted_tables:
        table.to_metadata(planted)
    Table("planted", planted, Column("id", Integer, primary_key=True), schema="kernel")
    planted.tables["kernel.jobs"].append_constraint(CheckConstraint("attempts < 100", "few"))
    monkeypatch.setattr(tables, "metadata", planted)
    with scratch_server() as server:
        assert list(check_migrations._up_down_up(server)) == []
        found = "\n".join(check_migrations._drift(server))
    assert "CREATE TABLE kernel.planted" in found
    assert "attempts < 100" in found


def test_the_published_document_is_the_one_in_the_repository(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert check_openapi.main() == 0, capsys.readouterr().out

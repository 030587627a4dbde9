"""Rules of the source code that no linter knows: sizes, and who may do what.

- A file has 400 lines at most and a function 60; in tests, which tell stories, 450 and 100.
- The environment is read in `kernel/settings.py` only.
- Transactions are committed in `kernel/db.py` only.
- Services and queries do not ask a clock; `now` is passed to them.
- No file is named `utils`, `helpers`, `common` or `manager`.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILE_LINES = {"tests": 450}
FUNCTION_LINES = {"tests": 100}
MOST_FILE_LINES, MOST_FUNCTION_LINES = 400, 60
READS_ENVIRONMENT = {"src/sokoni/kernel/settings.py", "migrations/env.py"}
COMMITS = {"src/sokoni/kernel/db.py", "src/sokoni/kernel/held.py"}
CLOCKLESS = {"service", "queries", "models", "flows", "events"}
NAMELESS = {"utils", "helpers", "common", "manager", "misc", "util", "helper"}
GENERATED = {"migrations"}


def main() -> int:
    files = sorted(
        file
        for folder in ("src", "tools", "tests", "migrations", "chaos")
        for file in (ROOT / folder).rglob("*.py")
    )
    found = [problem for file in files for problem in problems_of(file, root=ROOT)]
    print("\n".join(found) or f"{len(files)} files keep the rules.")
    return 1 if found else 0


def problems_of(file: Path, *, root: Path) -> Iterator[str]:
    """One line per broken rule: where, and which."""
    path = file.relative_to(root).as_posix()
    source = file.read_text(encoding="utf-8")
    area = path.partition("/")[0]
    lines, most = source.count("\n"), FILE_LINES.get(area, MOST_FILE_LINES)
    if area not in GENERATED and lines > most:
        yield f"{path}: {lines} lines; {most} are the most"
    if file.stem in NAMELESS:
        yield f"{path}: say what it is about in its name"
    tree = ast.parse(source)
    if area == "src":
        yield from _broken_in_source(path, tree)
    if area not in GENERATED:
        most = FUNCTION_LINES.get(area, MOST_FUNCTION_LINES)
        yield from _long_functions(path, tree, most=most)


def _broken_in_source(path: str, tree: ast.AST) -> Iterator[str]:
    is_clockless = bool(CLOCKLESS & {part.removesuffix(".py") for part in path.split("/")[3:]})
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        owner = ast.unparse(node.value)
        where = f"{path}:{node.lineno}"
        if (owner, node.attr) in {("os", "environ"), ("os", "getenv")}:
            if path not in READS_ENVIRONMENT:
                yield f"{where}: the environment is read in kernel/settings.py only"
        elif node.attr in {"commit", "begin"} and path not in COMMITS and _is_session(owner):
            yield f"{where}: transactions begin and end in kernel/db.py and held.py only"
        elif is_clockless and node.attr in {"now", "utcnow"} and owner in {"datetime", "time"}:
            yield f"{where}: the time is passed in as `now`"


def _is_session(owner: str) -> bool:
    return owner.rpartition(".")[2] in {"tx", "session", "db", "connection"}


def _long_functions(path: str, tree: ast.AST, *, most: int) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > most:
                where = f"{path}:{node.lineno}: {node.name}"
                yield f"{where} has {lines} lines; {most} are the most"


if __name__ == "__main__":
    sys.exit(main())

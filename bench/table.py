"""The one table, and the same as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bench.measuring import Row

HEADINGS = (
    "path",
    "req/s",
    "p50 ms",
    "p99 ms",
    "API ms",
    "PG ms",
    "SQL",
    "limit",
    "limit/s",
    "CPU ms",
    "ratio",
    "goal",
    "",
)
LEFT = {"path", "limit"}


def table(rows: Sequence[Row]) -> str:
    """Columns of text, figures to the right. CPU is in milliseconds per operation."""
    lines = [list(HEADINGS), *([*_cells(row)] for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if heading in LEFT else cell.rjust(width)
            for cell, width, heading in zip(line, widths, HEADINGS, strict=True)
        ).rstrip()
        for line in lines
    )


def document(rows: Sequence[Row], *, about: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a run: how it was made (`about`), and every row with its ratio."""
    return {
        **about,
        "rows": [{**asdict(row), "ratio": round(row.ratio, 4), "met": row.is_met} for row in rows],
    }


def _cells(row: Row) -> list[str]:
    ours, limit = row.ours, row.limit
    return [
        row.name,
        f"{ours.per_second:,.0f}",
        _ms(ours.p50),
        _ms(ours.p99),
        f"{ours.cpu_front:.2f}",
        f"{ours.cpu_database:.2f}",
        "" if row.statements is None else str(row.statements),
        row.limit_name,
        f"{limit.per_second:,.0f}",
        f"{limit.cpu_front + limit.cpu_database:.2f}",
        f"{row.ratio:.0%}",
        f"{row.goal:.0%}",
        "" if row.is_met else "below",
    ]


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"

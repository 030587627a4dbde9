"""The table, and the same as JSON: rows with a ratio first, figures with bounds below."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bench.measuring import Bound, Finding, Row

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
BOUNDS = ("figure", "measured", "unit", "goal", "", "note")
LEFT = {"path", "limit", "figure", "unit", "note"}


def table(found: Sequence[Finding]) -> str:
    """Columns of text, figures to the right. CPU is in milliseconds per operation."""
    rows = [_cells(row) for row in found if isinstance(row, Row)]
    bounds = [_figures(bound) for bound in found if isinstance(bound, Bound)]
    parts = [
        _aligned(HEADINGS, rows) if rows else "",
        _aligned(BOUNDS, bounds) if bounds else "",
    ]
    return "\n\n".join(part for part in parts if part)


def document(found: Sequence[Finding], *, about: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a run: how it was made (`about`), every row with its ratio, every bound."""
    return {
        **about,
        "rows": [
            {**asdict(row), "ratio": round(row.ratio, 4), "met": row.is_met}
            for row in found
            if isinstance(row, Row)
        ],
        "bounds": [
            {**asdict(bound), "met": bound.is_met} for bound in found if isinstance(bound, Bound)
        ],
    }


def figure(value: float) -> str:
    """With as many digits as it is worth."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _aligned(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, *rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(headings))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if heading in LEFT else cell.rjust(width)
            for cell, width, heading in zip(line, widths, headings, strict=True)
        ).rstrip()
        for line in lines
    )


def _cells(row: Row) -> list[str]:
    ours, limit = row.ours, row.limit
    dear = row.most_cpu is not None and row.cpu > row.most_cpu
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
        f"CPU above {row.most_cpu:g} ms" if dear else "" if row.is_met else "below",
    ]


def _figures(bound: Bound) -> list[str]:
    return [
        bound.name,
        figure(bound.value),
        bound.unit,
        f"{bound.side} {bound.limit:,g}",
        "" if bound.is_met else "missed",
        bound.note,
    ]


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"

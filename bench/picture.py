"""The table as a picture (SVG): each ratio a bar with its goal marked, each bound beside its limit.

A bar ends at its share of twice the goal, so that all goals stand in one line: what reaches over
the line is met. Figures at most so large are turned round: half of what is allowed is twice the
goal.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from bench.measuring import Bound, Finding, Row, Side
from bench.table import figure

WIDTH, LEFT, RIGHT, LINE, TOP = 960, 390, 220, 26, 64
MOST = 2.0
MET, MISSED, INK, FAINT = "#2f7d4f", "#b4541f", "#222", "#777"
BAR = WIDTH - LEFT - RIGHT


def drawn(found: Sequence[Finding], *, about: Mapping[str, Any]) -> str:
    """The picture's text."""
    height = TOP + LINE * len(found) + 34
    goal = LEFT + BAR / MOST
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'font-family="system-ui, sans-serif" font-size="13" fill="{INK}" role="img">'
        ),
        "<title>Each row of the bench beside its goal</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        '<text x="16" y="26" font-size="16" font-weight="600">Measured, beside the goal</text>',
        _text(16, 44, _caption(about), colour=FAINT, size=12),
        _text(goal, TOP - 6, "goal", colour=FAINT, anchor="middle", size=12),
    ]
    parts += [_bar(one, TOP + LINE * number) for number, one in enumerate(found)]
    bottom = TOP + LINE * len(found)
    parts.append(
        f'<line x1="{goal:g}" x2="{goal:g}" y1="{TOP}" y2="{bottom}" stroke="{INK}" '
        'stroke-dasharray="3 3"/>'
    )
    note = "Bars end at twice the goal. Green reaches it."
    parts += [_text(16, bottom + 22, note, colour=FAINT, size=12), "</svg>"]
    return "\n".join(parts) + "\n"


def share(one: Finding) -> float:
    """How much of its goal is reached: 1 is the goal itself."""
    if isinstance(one, Row):
        return one.ratio / one.goal
    if one.side is Side.AT_LEAST:
        return one.value / one.limit
    return one.limit / one.value if one.value else MOST


def _bar(one: Finding, y: float) -> str:
    length = max(2.0, min(share(one), MOST) / MOST * BAR)
    colour = MET if one.is_met else MISSED
    return "\n".join(
        (
            _text(LEFT - 10, y + 17, one.name, anchor="end"),
            (
                f'<rect x="{LEFT}" y="{y + 5:g}" width="{length:.1f}" height="15" rx="2" '
                f'fill="{colour}"/>'
            ),
            _text(LEFT + BAR + 12, y + 17, _figures(one), size=12),
        )
    )


def _figures(one: Finding) -> str:
    if isinstance(one, Bound):
        return f"{figure(one.value)} {one.unit} ({one.side} {one.limit:,g})"
    return f"{one.ratio:.0%} of {one.limit_name} (≥ {one.goal:.0%})"


def _caption(about: Mapping[str, Any]) -> str:
    told = {"at": "", "products": " products", "workers": " API processes", "rounds": " rounds"}
    return ", ".join(f"{about[name]}{unit}" for name, unit in told.items() if name in about)


def _text(
    x: float, y: float, words: str, *, colour: str = INK, anchor: str = "start", size: int = 13
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{colour}" text-anchor="{anchor}" '
        f'font-size="{size}">{escape(words)}</text>'
    )

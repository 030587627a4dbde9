"""Turn the statements of one real request into a script for pgbench.

The request is recorded twice. What differs between the two recordings is made by each request
anew: ids, numbers, tokens. The script makes those from a counter, so that it can run again and
again; everything else it sends as it was. Parameters stay parameters (`pgbench -M prepared`), as
they are for the shop; a request's transactions stay transactions.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NUMBERED = re.compile(r"\$(\d+)")
ANY_ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
LOOKS_LIKE_VARIABLE = re.compile(r"(?<!:):[A-Za-z_]")
MOST_IDS = 64
SHORT = 64


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as the driver got it: numbered parameters, one set of values per execution.

    `begin` and `commit` have no values.
    """

    sql: str
    values: tuple[tuple[Any, ...], ...] = ((),)


@dataclass
class Script:
    """A pgbench script, and the variables that it is started with."""

    text: str = ""
    variables: dict[str, str] = field(default_factory=dict)


def script(first: Sequence[Statement], second: Sequence[Statement], *, name: str) -> Script:
    """The script of a request recorded twice; `name` begins the names of its variables."""
    if [one.sql for one in first] != [one.sql for one in second]:
        raise ValueError("the two recordings are not of the same statements")
    return _Writer(name, first, second).write()


class _Writer:
    def __init__(self, name: str, first: Sequence[Statement], second: Sequence[Statement]) -> None:
        self._name = name
        self._pairs = list(zip(first, second, strict=True))
        self._fresh = _fresh_ids(first, second)
        self._script = Script()

    def write(self) -> Script:
        lines = ["\\set n :n + 1"]
        lines.append("\\set u :base + :n")
        lines += [
            f"\\set id{number} :u * {MOST_IDS} + {number}" for number in range(len(self._fresh))
        ]
        for one, other in self._pairs:
            if LOOKS_LIKE_VARIABLE.search(one.sql):
                raise ValueError(f"pgbench would see a variable in: {one.sql}")
            for values, others in zip(one.values, other.values, strict=True):
                lines.append(self._statement(one.sql, values, others))
        self._script.text = "\n".join(lines) + "\n"
        return self._script

    def _statement(self, sql: str, values: Sequence[Any], others: Sequence[Any]) -> str:
        def parameter(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            return self._parameter(values[at], others[at])

        written = NUMBERED.sub(parameter, sql).strip().rstrip(";")
        return f"{written};"

    def _parameter(self, value: Any, other: Any) -> str:
        if value is None:
            return "NULL"
        told = in_words(value)
        if value == other or isinstance(value, datetime) or not self._can_be_fresh(value, told):
            return self._variable(told)
        if not self._ids_in(told):
            made = "sha256(int8send(:u::bigint))" if isinstance(value, bytes) else "'b' || :u::text"
            return f"({made})"
        whole = " || ".join(self._around_ids(told))
        kind = "::uuid" if isinstance(value, UUID) else "::uuid[]" if _are_ids(value) else ""
        return f"({whole}){kind}"

    def _can_be_fresh(self, value: Any, told: str) -> bool:
        if self._ids_in(told):
            return True
        return isinstance(value, str | bytes) and len(value) <= SHORT

    def _around_ids(self, told: str) -> list[str]:
        """The text as an expression, its fresh ids made from the counter."""
        parts, at = [], 0
        for found in ANY_ID.finditer(told):
            number = self._fresh.get(found[0].replace("-", ""))
            if number is None:
                continue
            if found.start() > at:
                parts.append(f"{self._variable(told[at : found.start()])}::text")
            made = f"lpad(to_hex(:id{number}::bigint), 32, '0')"
            parts.append(f"{made}::uuid::text" if "-" in found[0] else made)
            at = found.end()
        if at < len(told) or not parts:
            parts.append(f"{self._variable(told[at:])}::text")
        return parts

    def _ids_in(self, told: str) -> bool:
        return any(found[0].replace("-", "") in self._fresh for found in ANY_ID.finditer(told))

    def _variable(self, told: str) -> str:
        name = f"{self._name}_{len(self._script.variables)}"
        self._script.variables[name] = told
        return f":{name}"


def in_words(value: Any) -> str:
    """A parameter as PostgreSQL reads it from text."""
    match value:
        case bool():
            return "true" if value else "false"
        case bytes():
            return "\\x" + value.hex()
        case datetime() | date():
            return value.isoformat()
        case list() | tuple():
            return "{" + ",".join(_element(each) for each in value) + "}"
        case str() | int() | float() | UUID() | Decimal():
            return str(value)
    raise TypeError(f"no parameter for PostgreSQL: {value!r}")


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    told = in_words(value)
    if isinstance(value, list | tuple):
        return told
    if isinstance(value, str | bytes):
        escaped = told.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return told


def _are_ids(value: Any) -> bool:
    return isinstance(value, list | tuple) and any(isinstance(each, UUID) for each in value)


def _fresh_ids(first: Sequence[Statement], second: Sequence[Statement]) -> dict[str, int]:
    """The ids, as 32 hexadecimal digits, that only the first recording has, numbered."""
    known = set(_ids(second))
    fresh: dict[str, int] = {}
    for found in _ids(first):
        if found not in known:
            fresh.setdefault(found, len(fresh))
    if len(fresh) > MOST_IDS:
        raise ValueError(f"more than {MOST_IDS} fresh ids in one request")
    return fresh


def _ids(recording: Sequence[Statement]) -> list[str]:
    return [
        found.replace("-", "")
        for statement in recording
        for values in statement.values
        for value in values
        if value is not None and not isinstance(value, bytes)
        for found in ID.findall(in_words(value))
    ]

"""Request parameters: form encoding with brackets in, checked values out.

`Params` remembers which names were read; `done()` then refuses any other, as Stripe does. Read
everything, call `done()`, and only then change anything.
"""

import re
from collections.abc import Collection
from typing import cast
from urllib.parse import parse_qsl, urlsplit

from tools.stripe_server.errors import Json, StripeError, bad_parameter

_PART = re.compile(r"\[([^\[\]]*)\]")
METADATA_KEYS, METADATA_KEY_LENGTH, METADATA_VALUE_LENGTH = 50, 40, 500


def parse(encoded: str) -> Json:
    """Turn `a[b][0][c]=1` into `{"a": {"b": {"0": {"c": "1"}}}}`; lists keep their numbers."""
    tree: Json = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        root = name.partition("[")[0]
        *path, last = [root, *_PART.findall(name[len(root) :])]
        branch = tree
        for part in path:
            branch = branch.setdefault(part or str(len(branch)), {})
            if not isinstance(branch, dict):
                raise bad_parameter("Invalid hash", param=name)
        branch[last or str(len(branch))] = value
    return tree


class Params:
    def __init__(self, tree: Json, *, under: str = "") -> None:
        self.tree = tree
        self._under = under
        self._read: set[str] = set()
        self._children: list[Params] = []

    def name(self, name: str) -> str:
        """The parameter's full name, as errors show it: `line_items[0][quantity]`."""
        return f"{self._under}[{name}]" if self._under else name

    def has(self, name: str) -> bool:
        return bool(self.tree.get(name))

    def text(self, name: str, *, limit: int = 5000) -> str | None:
        self._read.add(name)
        value = self.tree.get(name)
        if isinstance(value, dict):
            raise bad_parameter("Invalid string: {...}", param=self.name(name))
        if value and len(value) > limit:
            message = f"Invalid string: must be at most {limit} characters"
            raise bad_parameter(message, param=self.name(name), code="parameter_invalid_string")
        return cast("str | None", value or None)

    def required(self, name: str) -> str:
        value = self.text(name)
        if value is not None:
            return value
        full = self.name(name)
        if name in self.tree:
            message = f"You passed an empty string for '{full}'."
            raise bad_parameter(message, param=full, code="parameter_invalid_empty")
        raise bad_parameter(
            f"Missing required param: {full}.", param=full, code="parameter_missing"
        )

    def integer(self, name: str) -> int | None:
        value = self.text(name)
        if value is None:
            return None
        if not re.fullmatch(r"-?\d{1,15}", value):
            full = self.name(name)
            message = f"Invalid integer: {value}"
            raise bad_parameter(message, param=full, code="parameter_invalid_integer")
        return int(value)

    def required_integer(self, name: str) -> int:
        self.required(name)
        return cast("int", self.integer(name))

    def flag(self, name: str) -> bool:
        value = self.text(name)
        if value not in {None, "true", "false"}:
            raise bad_parameter(f"Invalid boolean: {value}", param=self.name(name))
        return value == "true"

    def choice(self, name: str, options: Collection[str]) -> str | None:
        value = self.text(name)
        if value is not None and value not in options:
            message = f"Invalid {self.name(name)}: must be one of {', '.join(sorted(options))}"
            raise bad_parameter(message, param=self.name(name))
        return value

    def url(self, name: str) -> str | None:
        value = self.text(name)
        if value is not None and not (urlsplit(value).scheme and urlsplit(value).netloc):
            raise bad_parameter("Not a valid URL", param=self.name(name), code="url_invalid")
        return value

    def child(self, name: str) -> "Params":
        """The parameters nested under `name`; empty when there are none."""
        self._read.add(name)
        value = self.tree.get(name) or {}
        if not isinstance(value, dict):
            raise bad_parameter("Invalid hash", param=self.name(name))
        child = Params(value, under=self.name(name))
        self._children.append(child)
        return child

    def children(self, name: str) -> list["Params"]:
        whole = self.child(name)
        return [whole.child(number) for number in whole.numbers()]

    def strings(self, name: str) -> list[str]:
        whole = self.child(name)
        return [whole.required(number) for number in whole.numbers()]

    def numbers(self) -> list[str]:
        """The places of a list, in order."""
        if not all(number.isdecimal() for number in self.tree):
            raise bad_parameter("Invalid array", param=self._under)
        return sorted(self.tree, key=int)

    def strings_by_name(self, name: str) -> dict[str, str]:
        """A flat hash such as metadata, within Stripe's limits; empty values mean "unset"."""
        whole = self.child(name)
        values = {key: whole.text(key, limit=METADATA_VALUE_LENGTH) or "" for key in whole.tree}
        if len(values) > METADATA_KEYS:
            message = f"You can only have up to {METADATA_KEYS} metadata keys"
            raise bad_parameter(message, param=self.name(name))
        for key in values:
            if len(key) > METADATA_KEY_LENGTH:
                message = f"Metadata keys can have up to {METADATA_KEY_LENGTH} characters"
                raise bad_parameter(message, param=self.name(name))
        return values

    def ignore(self, *names: str) -> None:
        """Take parameters that have no effect here, but are legal at Stripe."""
        self._read.update(names)

    def done(self) -> None:
        unknown = [name for name in self.tree if name not in self._read]
        if unknown:
            names = ", ".join(self.name(name) for name in unknown)
            raise bad_parameter(
                f"Received unknown parameter{'s' * (len(unknown) > 1)}: {names}",
                param=self.name(unknown[0]),
                code="parameter_unknown",
            )
        for child in self._children:
            child.done()


def merged(metadata: dict[str, str], change: dict[str, str]) -> dict[str, str]:
    """Metadata after an update: new values win, empty ones remove the key."""
    return {key: value for key, value in {**metadata, **change}.items() if value != ""}


def exactly_one(params: Params, *names: str) -> str:
    """Which of these parameters was sent; none or several is an error."""
    sent = [name for name in names if params.has(name)]
    if len(sent) == 1:
        return sent[0]
    raise StripeError(f"You must provide exactly one of: {', '.join(names)}.", saved=False)

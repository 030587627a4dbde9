"""What the browser is told of a page, and the renderer too: one JSON text, safe inside HTML.

    {"locale", "currency", "region", "store", "status", "queries": [[operationId, params, data], …]}

The operation's id and its parameters are what the API's client builds the key of a query from
(`frontend/src/api/keys.ts`), so parameters must be exactly those that the page asks with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

UNSAFE = {"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"}
Params = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Query:
    """An answer of the API, as it would have come over HTTP: `body` is JSON."""

    operation: str
    body: bytes
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    locale: str
    currency: str
    region: str
    store: bytes
    status: int
    queries: Sequence[Query] = ()

    def text(self) -> str:
        """The JSON, with nothing in it that could end a script element."""
        queries = [
            [query.operation, query.params, msgspec.Raw(query.body)] for query in self.queries
        ]
        members = {
            "locale": self.locale,
            "currency": self.currency,
            "region": self.region,
            "store": msgspec.Raw(self.store),
            "status": self.status,
            "queries": queries,
        }
        return escaped(msgspec.json.encode(members).decode())


def escaped(json: str) -> str:
    """JSON that may stand in a script element: the letters it changes occur in its texts only."""
    for letter, code in UNSAFE.items():
        json = json.replace(letter, code)
    return json

"""The server keeps what its OpenAPI document says, whatever is sent, whoever sends it.

For every operation requests are made up from the document, right ones and wrong ones, and sent to
a served demo shop as an administrator, a customer and a guest. Ids in them are mostly replaced by
ones that exist, so that more than "not found" is tried. Answers of the 500 kind, undocumented
statuses and media types, and bodies or headers off their schema are failures.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import uuid4

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import checks as general
from schemathesis.specs.openapi import checks
from tools.check_openapi import document

from sokoni.kernel.embedded import EmbeddedPostgres
from tests.support import shop

V1 = "/api/v1"
PASSWORD = "correct horse battery"
ADMIN, CUSTOMER, GUEST = "administrator", "customer", "guest"
KEPT = [
    general.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
AN_ID = re.compile(r"([a-z]{2,5})_[0-7][0-9a-z]{25}")
SHELVES = (
    *("products", "categories", "brands", "locations", "regions", "tax-rates", "shipping-options"),
    *("orders", "payments", "roles", "users", "api-keys", "inventory"),
)
SHARE_OF_KNOWN_IDS = 0.7
SEED = 20261121

openapi = schemathesis.openapi.from_dict(document())


@dataclass(slots=True)
class Callers:
    """Three who call, kept signed in however much of their accounts the requests destroy."""

    http: httpx.Client
    session: requests.Session
    known: dict[str, list[str]] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, who: str) -> dict[str, str]:
        """The headers of this caller."""
        if who not in self.headers:
            self.headers[who] = self._arrive(who)
        return self.headers[who]

    def turned_away(self, who: str) -> None:
        """A request may have ended the session or the account: arrive anew next time."""
        if who != GUEST:
            del self.headers[who]

    def _arrive(self, who: str) -> dict[str, str]:
        if who == GUEST:
            cart = self._post("cart", {"currency": "EUR"})
            return {"X-Cart-Token": cart["token"]}
        if who == ADMIN:
            account = {"email": "admin@example.com", "password": "Admin@123"}
            tokens = self._post("auth/login", account)
        else:
            email = f"{uuid4()}@example.com"
            tokens = self._post("auth/register", {"email": email, "password": PASSWORD})
        return {"Authorization": f"Bearer {tokens['access_token']}"}

    def buy(self, who: str) -> None:
        """An order of this caller's, so that there is something to look at."""
        card = {"provider": "mock", "mode": "intent", "card_number": "4242424242424242"}
        address = {"name": "A", "line1": "B 1", "city": "C", "postal_code": "10115"}
        body = {
            "email": "buyer@example.com",
            "items": [{"variant_id": self.known["var"][0], "quantity": 1}],
            "shipping_address": address | {"country": "DE"},
            "payment": card,
        }
        bought = self._post("checkout", body, headers=self.of(who))
        self.headers[who] |= {"X-Order-Token": bought["order_token"]} if who == GUEST else {}
        self.learn(bought)

    def learn(self, answer: object) -> None:
        """Remember every id in an answer, by its kind."""
        for whole in set(re.findall(rf'"({AN_ID.pattern})"', str(answer).replace("'", '"'))):
            found = self.known.setdefault(whole[1], [])
            if whole[0] not in found:
                found.append(whole[0])

    def _post(
        self, path: str, body: dict[str, Any], headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        sent = {"Idempotency-Key": str(uuid4()), **(headers or {})}
        response = self.http.post(f"{V1}/{path}", json=body, headers=sent)
        assert response.is_success, response.text
        answer: dict[str, Any] = response.json()
        return answer


@pytest.fixture(scope="module")
def callers(server: EmbeddedPostgres) -> Iterator[Callers]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "solo")
    with (
        shop.served(server, name=f"test_{worker}_{os.getpid()}_api") as served,
        httpx.Client(base_url=served.url, timeout=30, trust_env=False) as http,
        requests.Session() as session,
    ):
        made = Callers(http, session)
        for shelf in SHELVES:
            answer = http.get(f"{V1}/admin/{shelf}?limit=3", headers=made.of(ADMIN))
            assert answer.status_code == 200, f"{shelf}: {answer.text} {served.log.read_text()}"
            made.learn(answer.json())
        slug = "haven-stoneware-mug"
        made.learn(http.get(f"{V1}/admin/products/{slug}", headers=made.of(ADMIN)).json())
        made.known["usr"] = [made.http.get(f"{V1}/auth/me", headers=made.of(CUSTOMER)).json()["id"]]
        for who in (ADMIN, CUSTOMER, GUEST):
            made.buy(who)
        yield made


@openapi.parametrize()
@settings(
    max_examples=5,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_documented(case: schemathesis.Case[Any], callers: Callers) -> None:
    random = Random(repr((SEED, case.path_parameters, case.query, case.body)))
    who = _who(case.operation.definition.raw["x-access"], random)
    case.path_parameters = _with_known_ids(case.path_parameters, callers.known, random)
    case.query = _with_known_ids(case.query, callers.known, random)
    case.body = _with_known_ids(case.body, callers.known, random)
    headers = callers.of(who) | {"Idempotency-Key": str(uuid4())}
    response = case.call(
        base_url=str(callers.http.base_url), headers=headers, session=callers.session
    )
    if response.status_code == 401:
        callers.turned_away(who)
    case.validate_response(response, checks=KEPT)


def _who(access: str, random: Random) -> str:
    """Mostly somebody who may, since the others are all turned away alike."""
    if access.startswith(("staff:", "server:")):
        return random.choices([ADMIN, CUSTOMER, GUEST], weights=[8, 1, 1])[0]
    return random.choice([ADMIN, CUSTOMER, GUEST])


def _with_known_ids(value: Any, known: dict[str, list[str]], random: Random) -> Any:
    if isinstance(value, dict):
        return {name: _with_known_ids(part, known, random) for name, part in value.items()}
    if isinstance(value, list):
        return [_with_known_ids(part, known, random) for part in value]
    found = AN_ID.fullmatch(value) if isinstance(value, str) else None
    if found and found[1] in known and random.random() < SHARE_OF_KNOWN_IDS:
        return random.choice(known[found[1]])
    return value

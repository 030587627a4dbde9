"""Idempotency keys: the first answer is kept for a day and given again.

The same key with other parameters is an error; while the first request is still being worked on,
so is the same key again. Keys are remembered with the answers of work that began, also of work
that failed.
"""

from dataclasses import dataclass
from typing import NoReturn

from tools.stripe_server.account import Clock
from tools.stripe_server.errors import Json, StripeError

KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes  # as sent, so that later changes of the object do not show
    request_id: str


@dataclass(slots=True)
class _Key:
    path: str
    params: Json
    at: int
    answer: Answer | None = None  # none while the request is in flight


class Keys:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._keys: dict[str, _Key] = {}

    def begin(self, key: str, *, path: str, params: Json) -> Answer | None:
        """The saved answer, or None when this request is the one to do the work."""
        if len(key) > 255:
            message = "Idempotency keys can be at most 255 characters long."
            raise StripeError(message, kind="idempotency_error", saved=False)
        known = self._keys.get(key)
        if known is None or known.at <= self._clock.now() - KEPT_SECONDS:
            self._keys[key] = _Key(path=path, params=params, at=self._clock.now())
            return None
        if (known.path, known.params) != (path, params):
            _refuse_reuse(key, known, path)
        if known.answer is None:
            raise StripeError(
                "There is currently another in-progress request using this Idempotent Key "
                "(that probably means you submitted twice, and the other request is still going "
                f"through): {key}. Please try again later.",
                status=409,
                kind="idempotency_error",
                code="idempotency_key_in_use",
                saved=False,
            )
        return known.answer

    def finish(self, key: str, answer: Answer) -> None:
        self._keys[key].answer = answer

    def forget(self, key: str) -> None:
        """The request was refused before any work, so the key stays free."""
        del self._keys[key]


def _refuse_reuse(key: str, known: _Key, path: str) -> NoReturn:
    used = "with the same parameters they were first used with"
    if known.path != path:
        used = f"for the same endpoint they were first used for ('{known.path}' vs '{path}')"
    raise StripeError(
        f"Keys for idempotent requests can only be used {used}. Try using a key other than "
        f"'{key}' if you meant to execute a different request.",
        kind="idempotency_error",
        saved=False,
    )

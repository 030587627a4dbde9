"""Structured logs: one JSON object per line on standard error, secrets left out.

A value is hidden when its name says that it is secret, or when it looks like a card number, a
token or a key; e-mail addresses keep their first letter and their domain. That covers exception
texts as well, which quote what people sent.
"""

import asyncio
import atexit
import logging
import re
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import msgspec
import structlog

from sokoni.kernel.settings import Settings

HIDDEN = "[hidden]"
TOGETHER_SECONDS = 0.02
MOST_WAITING = 500
current_request: ContextVar[str | None] = ContextVar("current_request", default=None)
DIGITS_OF_CARDS = range(13, 20)

secret_name = re.compile(
    r"passw|secret|token|authorization|cookie|api_?key|card_?number|\bcvc\b|credential",
    re.IGNORECASE,
)
card = re.compile(r"(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])")
credential = re.compile(
    r"eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"  # a JSON web token
    r"|(?:sk|rk|pk|whsec)_(?:live_|test_)?[A-Za-z0-9]{8,}"  # a payment provider's key
    r"|(?i:bearer|basic)\s+[\w.~+/=-]{8,}"
    r"|(?<=:)[^\s/@:]+(?=@[\w.-]+[:/])"  # the password in a URL
)
email = re.compile(r"([\w.+-])[\w.+-]*@([\w-]+(?:\.[\w-]+)+)")


def configure(settings: Settings) -> None:
    """Send everything, the libraries' logs included, through one renderer."""
    level = logging.DEBUG if settings.debug else logging.INFO
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        _name_request,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        _stamp,
        structlog.processors.format_exc_info,
        redact,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(serializer=_json)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_StandardError,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(_Current())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(serializer=_json),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level if settings.debug else logging.WARNING)


class AccessLine(msgspec.Struct, frozen=True, kw_only=True):
    """The line of an answered request."""

    event: str = "request"
    level: str = "info"
    at: str
    request_id: str
    method: str
    route: str
    status: int
    ms: float
    cache: str | None
    actor: str | None


def write_soon(line: AccessLine) -> None:
    """One line past all processors: nothing secret is in it.

    Lines of a busy process leave together, `TOGETHER_SECONDS` later at most.
    """
    _waiting.append(_encoder.encode(line))
    if len(_waiting) >= MOST_WAITING:
        flush()
    if len(_waiting) != 1:
        return
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        flush()
    else:
        loop.call_later(TOGETHER_SECONDS, flush)


def flush() -> None:
    """Write the lines that wait."""
    if _waiting:
        text = b"\n".join(_waiting).decode() + "\n"
        _waiting.clear()
        sys.stderr.write(text)


def redact(_logger: Any, _method: str, event: Any) -> Any:
    """A structlog processor: `event` without secrets."""
    return {name: _shown(name, value) for name, value in event.items()}


def hide(text: str) -> str:
    """The text without card numbers, tokens, keys and people's addresses."""
    text = credential.sub(HIDDEN, text)
    text = card.sub(lambda found: HIDDEN if _is_card(found[0]) else found[0], text)
    return email.sub(r"\1…@\2", text)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _name_request(_logger: Any, _method: str, event: Any) -> Any:
    request_id = current_request.get()
    if request_id is not None:
        event["request_id"] = request_id
    return event


def _stamp(_logger: Any, _method: str, event: Any) -> Any:
    event["at"] = now()
    return event


def _shown(name: object, value: Any) -> Any:
    if isinstance(name, str) and value is not None and secret_name.search(name):
        return HIDDEN
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, Mapping):
        return {key: _shown(key, item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_shown(name, item) for item in value]
    return value if value is None or isinstance(value, bool | int | float) else hide(repr(value))


def _is_card(text: str) -> bool:
    """Luhn's check, so that order numbers and times stay readable."""
    digits = [int(letter) for letter in text if letter.isdigit()]
    if len(digits) not in DIGITS_OF_CARDS:
        return False
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _json(event: Any, **_: Any) -> str:
    return msgspec.json.encode(event, enc_hook=repr).decode()


_encoder = msgspec.json.Encoder()
_waiting: list[bytes] = []
atexit.register(flush)


class _Current:
    """Standard error as it is now, which tests and daemons replace."""

    def write(self, text: str) -> None:
        sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


class _StandardError:
    """structlog's output."""

    def __init__(self, *_: Any) -> None:
        pass

    def msg(self, message: str) -> None:
        sys.stderr.write(message + "\n")

    log = debug = info = warn = warning = error = err = critical = fatal = exception = msg

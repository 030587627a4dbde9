"""The Content-Security-Policy of pages: what may run is named, by origin or by hash."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

STRIPE_SCRIPT = "https://js.stripe.com https://*.js.stripe.com"
STRIPE_FRAMES = f"{STRIPE_SCRIPT} https://hooks.stripe.com"
STRIPE_API = "https://api.stripe.com"


@dataclass(frozen=True, slots=True)
class Allowed:
    """What comes from elsewhere: Stripe's own form, pictures of another origin, and Vite's modules.

    `media` and `tools` are origins, `tools` only while developing.
    """

    stripe: bool = False
    media: str = ""
    tools: str = ""


def hashed(text: str) -> str:
    """The source that stands for an inline script or style with exactly this text."""
    digest = base64.b64encode(sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def policy(
    allowed: Allowed, *, scripts: Sequence[str] = (), styles: Sequence[str] | None = ()
) -> str:
    """`scripts` and `styles` are inline texts; None allows any style, for the admin's libraries."""
    stripe, tools = allowed.stripe, allowed.tools
    loose = styles is None or bool(tools)
    rules = {
        "default-src": ["'self'"],
        "script-src": [
            "'self'",
            *map(hashed, scripts),
            *([STRIPE_SCRIPT] if stripe else []),
            *([tools] if tools else []),
        ],
        "style-src": [
            "'self'",
            "'unsafe-inline'" if loose else " ".join(map(hashed, styles or ())),
        ],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:", allowed.media, tools],
        "font-src": ["'self'", tools],
        "connect-src": [
            "'self'",
            STRIPE_API if stripe else "",
            tools,
            tools.replace("http", "ws", 1),
        ],
        "frame-src": [STRIPE_FRAMES if stripe else "'none'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(
        " ".join([name, *(source for source in sources if source)])
        for name, sources in rules.items()
    )


def origin_of(url: str) -> str:
    """The origin of an address; nothing for a path."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

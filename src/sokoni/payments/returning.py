"""A door: where a buyer comes back to from a payment page. Pages of this shop, and no others.

Whoever opens a session says where; without this rule our own links would send buyers anywhere.
"""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from sokoni.kernel.errors import FieldError, Invalid
from sokoni.kernel.settings import Settings

DEFAULT_PORTS = {"http": 80, "https": 443}
NOT_OURS = "must be a page of this shop: below FRONTEND_URL, BACKEND_URL or one of CORS_ORIGINS"

# No user names and no backslashes: browsers and libraries disagree about whose host follows.
page = re.compile(
    r"(https?)://([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?(?:[/?#].*)?", re.IGNORECASE
)

WebUrl = Annotated[
    str,
    Field(
        max_length=2000,
        pattern=r"^https?://[^\s\x00]+$",
        description="A page of the shop: below one of its own addresses.",
        examples=["https://shop.example.com/thanks"],
    ),
]


@dataclass(frozen=True, slots=True)
class ReturnPages:
    """Where to after paying, and after changing one's mind."""

    success: str
    cancel: str


def return_pages(
    settings: Settings, *, success_url: str | None, cancel_url: str | None
) -> ReturnPages:
    """The pages asked for, else the shop's own. Raises Invalid for an address elsewhere."""
    ours = {_origin(url) for url in (settings.shop_url, settings.public_url)}
    ours |= {_origin(url) for url in settings.cors_origins}
    asked = {"success_url": success_url, "cancel_url": cancel_url}
    strange = [
        FieldError(f"/{name}", NOT_OURS)
        for name, url in asked.items()
        if url is not None and (_origin(url) is None or _origin(url) not in ours)
    ]
    if strange:
        raise Invalid("Buyers come back to pages of this shop alone.", errors=strange)
    return ReturnPages(
        success=success_url or f"{settings.shop_url}/checkout/success",
        cancel=cancel_url or f"{settings.shop_url}/checkout/cancelled",
    )


def _origin(url: str) -> tuple[str, str, int] | None:
    found = page.fullmatch(url)
    if found is None or "\\" in url:
        return None
    scheme, host, port = found[1].lower(), found[2].lower(), found[3]
    return scheme, host, int(port) if port else DEFAULT_PORTS[scheme]

"""Handing tokens over: what goes into the body of an answer, and what into its headers."""

from dataclasses import dataclass, replace
from http.cookies import SimpleCookie

from sokoni.identity.queries import Profile
from sokoni.identity.service.sessions import Signed

COOKIE = "refresh_token"
COOKIE_PATH = "/api/v1/auth"
OF_OUR_PAGES = frozenset({"same-origin", "same-site"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a sign-in answers. `expires_in` is the access token's life in seconds.

    `refresh_token` is null for pages of the shop: their browser keeps it in a cookie that scripts
    cannot read.
    """

    access_token: str
    refresh_token: str | None
    token_type: str
    expires_in: int
    user: Profile


@dataclass(frozen=True, slots=True)
class Handed:
    """The body and the headers of the answer to a sign-in."""

    tokens: Tokens
    headers: dict[str, str]


def hand_over(signed: Signed, *, fetch_site: str | None) -> Handed:
    """The answer to a sign-in; `fetch_site` is the request's `Sec-Fetch-Site` header.

    The cookie always goes along. The body leaves the refresh token out for pages of our own, where
    a script that should not be there could read it.
    """
    tokens = Tokens(
        access_token=signed.access_token,
        refresh_token=signed.refresh_token,
        token_type="bearer",  # noqa: S106 - a kind of token, not one
        expires_in=signed.access_seconds,
        user=signed.user,
    )
    if fetch_site in OF_OUR_PAGES:
        tokens = replace(tokens, refresh_token=None)
    cookie = refresh_cookie(signed.refresh_token, seconds=signed.refresh_seconds)
    return Handed(tokens=tokens, headers={"Set-Cookie": cookie, "Cache-Control": "no-store"})


def refresh_cookie(value: str, *, seconds: int) -> str:
    """The `Set-Cookie` header of the refresh token; an empty value with 0 seconds removes it."""
    jar: SimpleCookie = SimpleCookie({COOKIE: value})
    cookie = jar[COOKIE]
    cookie["path"] = COOKIE_PATH
    cookie["max-age"] = str(seconds)
    cookie["httponly"] = cookie["secure"] = True
    cookie["samesite"] = "Lax"
    return cookie.OutputString()

"""The one client that fetches addresses which somebody typed (pictures, later webhooks).

An address given by a stranger must not reach what only this machine can reach. So: http and https
on ports 80 and 443, no credentials in the address, no proxy; the name is resolved once, every
address it has must be public, and the connection goes to exactly a checked address, so that a
second answer of the name server cannot redirect it. TLS still verifies the name. Each of at most
three redirects is checked the same way. Size and total time are bounded while reading, and nothing
is unpacked.

The messages of `FetchRefused` and `FetchFailed` are written by us and safe to show.
"""

import asyncio
import socket
import ssl
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

import httpx

from sokoni import __version__
from sokoni.kernel.errors import Invalid, Unavailable

Network = IPv4Network | IPv6Network

MAX_REDIRECTS = 3
MAX_URL = 2048
MAX_ADDRESSES = 3  # how many of a name's addresses are tried
PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})

# Besides what the standard library calls not global. Some of it is there too, but not in every
# patch release of Python, and a gap here is a hole in the wall.
CLOSED: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, and the metadata services of clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",
        "::ffff:0:0/96",  # IPv4 in disguise
        "64:ff9b::/96",  # NAT64, the same
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",  # 6to4, the same
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)


class FetchRefused(Invalid):
    """This address may not be fetched"""


class FetchFailed(Unavailable):
    """The address could not be fetched"""

    def __init__(self, detail: str, *, again: bool) -> None:
        super().__init__(detail)
        self.again = again  # whether a later try may succeed


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back: the address after redirects, the type as declared, the bytes."""

    url: str
    content_type: str
    data: bytes


async def fetch(
    url: str,
    *,
    max_bytes: int,
    timeout: float,  # noqa: ASYNC109 - it bounds redirects and reading together
    accept: Collection[str],
    allow: Sequence[Network] = (),
) -> Fetched:
    """GET the address; at most `max_bytes` bytes in `timeout` seconds, of a type in `accept`.

    `accept` holds media types (`image/png`) or families (`image/*`). Addresses in `allow` are
    fetched although they are not public, on any port. Raises `FetchRefused` or `FetchFailed`.
    """
    try:
        async with asyncio.timeout(timeout):
            for _ in range(MAX_REDIRECTS + 1):
                answer = await _get(url, max_bytes=max_bytes, accept=accept, allow=allow)
                if isinstance(answer, Fetched):
                    return answer
                url = answer
    except TimeoutError:
        raise FetchFailed(f"no complete answer within {timeout:g} seconds", again=True) from None
    raise FetchRefused(f"more than {MAX_REDIRECTS} redirects")


async def _get(
    url: str, *, max_bytes: int, accept: Collection[str], allow: Sequence[Network]
) -> Fetched | str:
    """One request: the content, or where it redirects to."""
    target = _parse(url)
    addresses = await _checked_addresses(target, allow=allow)
    failure: httpx.HTTPError | None = None
    for address in addresses[:MAX_ADDRESSES]:
        try:
            async with (
                _client() as client,
                client.stream(
                    "GET",
                    target.copy_with(host=address),
                    headers=_headers(target, accept=accept),
                    extensions={"sni_hostname": _host(target)},
                ) as response,
            ):
                return await _read(response, target=target, max_bytes=max_bytes, accept=accept)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            failure = error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FetchFailed("the answer broke off or was not HTTP", again=True) from error
    raise FetchFailed("no connection to the server", again=True) from failure


async def _read(
    response: httpx.Response, *, target: httpx.URL, max_bytes: int, accept: Collection[str]
) -> Fetched | str:
    if response.status_code in REDIRECTS and "location" in response.headers:
        return str(target.join(response.headers["location"]))
    if response.status_code != 200:
        again = response.status_code >= 500 or response.status_code in {408, 425, 429}
        raise FetchFailed(f"the server answered {response.status_code}", again=again)
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    family, slash, _ = content_type.partition("/")
    if not slash or not {content_type, f"{family}/*"} & set(accept):
        raise FetchRefused(f"the type is {content_type or 'missing'!r}"[:100])
    if response.headers.get("content-encoding", "identity") != "identity":
        raise FetchRefused("the content is packed, which was not asked for")
    length = response.headers.get("content-length", "0")
    if length.isdecimal() and int(length[:20]) > max_bytes:
        raise _too_large(max_bytes)
    data = bytearray()
    async for chunk in response.aiter_raw():
        data += chunk
        if len(data) > max_bytes:
            raise _too_large(max_bytes)
    return Fetched(url=str(target), content_type=content_type, data=bytes(data))


def _too_large(max_bytes: int) -> FetchRefused:
    return FetchRefused(f"the content is larger than {max_bytes:,} bytes")


def _parse(url: str) -> httpx.URL:
    try:
        target = httpx.URL(url[: MAX_URL + 1])
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchRefused("that is not a web address") from error
    if len(url) > MAX_URL:
        raise FetchRefused(f"the address is longer than {MAX_URL} characters")
    if target.scheme not in PORTS or not target.host:
        raise FetchRefused("only http and https addresses can be fetched")
    if not 0 < (target.port or PORTS[target.scheme]) < 65_536:
        raise FetchRefused("that is not a web address")
    if target.userinfo:
        raise FetchRefused("the address carries a user name or password")
    return target.copy_with(fragment=None)


async def _checked_addresses(target: httpx.URL, *, allow: Sequence[Network]) -> list[str]:
    """Every address of the host, none of them closed to us."""
    port = target.port or PORTS[target.scheme]
    addresses = await _resolve(_host(target), port)
    for address in addresses:
        if any(address in network for network in allow):
            continue
        if not is_public(address):
            raise FetchRefused("the host is not on the public internet")
        if port not in PORTS.values():
            raise FetchRefused("only the ports 80 and 443 can be fetched from")
    return list(dict.fromkeys(str(address) for address in addresses))


async def _resolve(host: str, port: int) -> list[IPv4Address | IPv6Address]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed("the host has no address", again=True) from error
    return [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def _host(target: httpx.URL) -> str:
    """The name as the name server and TLS know it: ASCII, no brackets."""
    return target.raw_host.decode("ascii").strip("[]")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether anybody on the internet may be meant by this address."""
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not any(address in network for network in CLOSED)


def _headers(target: httpx.URL, *, accept: Collection[str]) -> dict[str, str]:
    return {
        "Host": target.netloc.decode("ascii"),
        "User-Agent": f"Sokoni/{__version__}",
        "Accept": ", ".join(sorted(accept)),
        "Accept-Encoding": "identity",
    }


def _client() -> httpx.AsyncClient:
    """A client per request: a kept connection would belong to another name on the same address."""
    return httpx.AsyncClient(
        verify=_tls(), trust_env=False, follow_redirects=False, timeout=httpx.Timeout(10.0)
    )


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)

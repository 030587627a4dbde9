"""An address that a stranger typed reaches the public internet or nothing."""

import asyncio
import datetime as dt
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sokoni.kernel import outgoing
from sokoni.kernel.outgoing import Fetched, FetchFailed, FetchRefused, fetch

LOOPBACK = [ip_network("127.0.0.0/8")]
PICTURE = b"HTTP/1.1 200 OK\r\nContent-Type: image/png; q=1\r\nContent-Length: 7\r\n\r\npicture"

Answer = bytes | Callable[[asyncio.StreamWriter], Awaitable[None]]


class Server:
    """A server on loopback that answers each path with fixed bytes, and remembers what it saw."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.seen: list[bytes] = []
        self.port = 0

    def url(self, path: str, *, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            self.seen.append(request)
            answer = self.answers[request.split(b" ")[1].decode()]
            if isinstance(answer, bytes):
                writer.write(answer)
                await writer.drain()
            else:
                await answer(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client hung up, which several tests are about
        finally:
            writer.close()


@asynccontextmanager
async def serving(tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    server = Server()
    listener = await asyncio.start_server(server.talk, "127.0.0.1", 0, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    yield server
    listener.close()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serving() as started:
        yield started


async def get(url: str, *, seconds: float = 5, accept: str = "image/*") -> Fetched:
    return await fetch(url, max_bytes=1000, timeout=seconds, accept={accept}, allow=LOOPBACK)


def answers(monkeypatch: pytest.MonkeyPatch, *turns: str) -> list[str]:
    """Make the name server give these answers one after the other; says who was asked for."""
    asked: list[str] = []
    waiting = list(turns)

    async def resolve(host: str, _port: int) -> list[object]:
        asked.append(host)
        return [ip_address(text) for text in waiting.pop(0).split()]

    monkeypatch.setattr(outgoing, "_resolve", resolve)
    return asked


async def test_a_picture_is_fetched(server: Server) -> None:
    server.answers["/a.png?b=c"] = PICTURE

    fetched = await get(server.url("/a.png?b=c#part"))

    assert fetched == Fetched(
        url=server.url("/a.png?b=c"), content_type="image/png", data=b"picture"
    )
    (request,) = server.seen
    assert f"host: 127.0.0.1:{server.port}\r\n".encode() in request.lower()
    assert b"accept-encoding: identity\r\n" in request.lower()


CLOSED = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://localhost/",
    "http://0.0.0.0/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://240.0.0.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:93.184.216.34]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
]


@pytest.mark.parametrize("url", CLOSED)
async def test_an_address_that_is_not_public_is_refused(url: str) -> None:
    with pytest.raises(FetchRefused, match="not on the public internet"):
        await fetch(url, max_bytes=1000, timeout=5, accept={"image/*"})


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111"])
def test_a_public_address_is_public(address: str) -> None:
    assert outgoing.is_public(ip_address(address))


async def test_one_private_address_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers(monkeypatch, "93.184.216.34 10.0.0.1")

    with pytest.raises(FetchRefused, match="not on the public internet"):
        await get("http://mixed.example/a.png")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://shop.example/a.png", "only http and https"),
        ("gopher://shop.example/", "only http and https"),
        ("//shop.example/a.png", "only http and https"),
        ("a.png", "only http and https"),
        ("", "only http and https"),
        ("http:///a.png", "only http and https"),
        ("http://user@shop.example/", "user name or password"),
        ("http://user:secret@shop.example/", "user name or password"),
        ("http://shop.example:99999/", "not a web address"),
        ("http://shop.example/\n", "not a web address"),
        ("http://[::1/", "not a web address"),
        ("http://0177.0.0.1/", "not a web address"),
        (f"http://shop.example/{'a' * 2048}", "longer than 2048"),
    ],
)
async def test_a_strange_address_is_refused_before_any_lookup(
    url: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answers(monkeypatch)

    with pytest.raises(FetchRefused, match=why) as refusal:
        await get(url)

    assert asked == []
    assert "secret" not in str(refusal.value)


async def test_other_ports_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "93.184.216.34")

    with pytest.raises(FetchRefused, match="ports 80 and 443"):
        await get("http://shop.example:6379/")


async def test_the_connection_goes_to_the_address_that_was_checked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers["/a.png"] = PICTURE
    # A second lookup by anybody would fail: there is no such name and no further answer.
    asked = answers(monkeypatch, "127.0.0.1")

    fetched = await get(server.url("/a.png", host="pictures.example"))

    assert asked == ["pictures.example"]
    assert fetched.url == server.url("/a.png", host="pictures.example")
    assert f"host: pictures.example:{server.port}\r\n".encode() in server.seen[0].lower()


async def test_a_name_that_turns_private_is_refused_at_the_next_hop(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers["/a.png"] = redirect("/b.png")
    asked = answers(monkeypatch, "127.0.0.1", "192.168.0.1")

    with pytest.raises(FetchRefused, match="not on the public internet"):
        await get(server.url("/a.png", host="pictures.example"))

    assert asked == ["pictures.example", "pictures.example"]
    assert len(server.seen) == 1


async def test_the_next_address_is_tried_when_one_does_not_answer(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers["/a.png"] = PICTURE
    async with serving() as closed:
        dead = closed.port
    answers(monkeypatch, "127.0.0.1", "127.77.0.1 127.0.0.1")

    with pytest.raises(FetchFailed, match="no connection") as failure:
        await get(f"http://pictures.example:{dead}/a.png")
    fetched = await get(server.url("/a.png", host="pictures.example"))

    assert failure.value.again
    assert fetched.data == b"picture"


def redirect(to: str, *, status: int = 302) -> bytes:
    return f"HTTP/1.1 {status} Moved\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_three_redirects_are_followed(server: Server, status: int) -> None:
    for step in range(3):
        server.answers[f"/{step}"] = redirect(f"/{step + 1}", status=status)
    server.answers["/3"] = PICTURE

    assert (await get(server.url("/0"))).url == server.url("/3")


async def test_a_fourth_redirect_is_refused(server: Server) -> None:
    server.answers["/loop"] = redirect("/loop")

    with pytest.raises(FetchRefused, match="more than 3 redirects"):
        await get(server.url("/loop"))

    assert len(server.seen) == 4


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("http://10.0.0.1/a.png", "not on the public internet"),
        ("http://169.254.169.254/", "not on the public internet"),
        ("http://[::1]/", "not on the public internet"),
        ("file:///etc/passwd", "only http and https"),
        ("http://me:secret@127.0.0.1/", "user name or password"),
    ],
)
async def test_a_redirect_is_checked_like_the_first_address(
    server: Server, to: str, why: str
) -> None:
    server.answers["/a.png"] = redirect(to)

    with pytest.raises(FetchRefused, match=why):
        await get(server.url("/a.png"))

    assert len(server.seen) == 1


async def test_a_declared_length_over_the_limit_is_not_read(server: Server) -> None:
    server.answers["/a.png"] = PICTURE.replace(b"Content-Length: 7", b"Content-Length: 1001")

    with pytest.raises(FetchRefused, match="larger than 1,000 bytes"):
        await get(server.url("/a.png"))


async def test_an_endless_answer_is_cut_off(server: Server) -> None:
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
        while True:
            writer.write(b"x" * 500)
            await writer.drain()

    server.answers["/a.png"] = endless

    with pytest.raises(FetchRefused, match="larger than 1,000 bytes"):
        await get(server.url("/a.png"))


async def test_a_slow_server_is_left_when_the_time_is_up(server: Server) -> None:
    hung_up = asyncio.Event()

    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
        try:
            while True:
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0.02)
        finally:
            hung_up.set()

    server.answers["/a.png"] = drip

    with pytest.raises(FetchFailed, match=r"within 0\.3 seconds") as failure:
        await get(server.url("/a.png"), seconds=0.3)

    assert failure.value.again
    await asyncio.wait_for(hung_up.wait(), 5)


@pytest.mark.parametrize(
    ("header", "why"),
    [
        (b"Content-Type: text/html", "the type is 'text/html'"),
        (b"Content-Type: image", "the type is 'image'"),
        (b"X-Nothing: here", "the type is 'missing'"),
        (b"Content-Type: image/png\r\nContent-Encoding: gzip", "packed"),
    ],
)
async def test_content_that_was_not_asked_for_is_refused(
    server: Server, header: bytes, why: str
) -> None:
    server.answers["/a.png"] = PICTURE.replace(b"Content-Type: image/png; q=1", header)

    with pytest.raises(FetchRefused, match=why):
        await get(server.url("/a.png"))


async def test_one_exact_type_can_be_asked_for(server: Server) -> None:
    server.answers["/a.png"] = PICTURE

    assert (await get(server.url("/a.png"), accept="image/png")).content_type == "image/png"
    with pytest.raises(FetchRefused, match="the type is"):
        await get(server.url("/a.png"), accept="image/webp")


@pytest.mark.parametrize(
    ("status", "again"), [(404, False), (410, False), (429, True), (503, True)]
)
async def test_a_failure_says_whether_to_come_back(
    server: Server, status: int, *, again: bool
) -> None:
    server.answers["/a.png"] = f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n".encode()

    with pytest.raises(FetchFailed, match=f"the server answered {status}") as failure:
        await get(server.url("/a.png"))

    assert failure.value.again is again


@pytest.mark.parametrize(
    "answer", [b"SSH-2.0-OpenSSH\r\n", PICTURE[:-3], b"", redirect("http://a:x/")]
)
async def test_an_answer_that_is_not_whole_http_is_a_failure(server: Server, answer: bytes) -> None:
    server.answers["/a.png"] = answer

    with pytest.raises(FetchFailed, match="broke off or was not HTTP"):
        await get(server.url("/a.png"))


async def test_tls_verifies_the_name_although_the_address_is_pinned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path, name="pictures.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    monkeypatch.setattr(outgoing, "_tls", lambda: ssl.create_default_context(cafile=certificate))
    answers(monkeypatch, "127.0.0.1", "127.0.0.1")

    async with serving(context) as server:
        server.answers["/a.png"] = PICTURE
        fetched = await get(f"https://pictures.example:{server.port}/a.png")
        with pytest.raises(FetchFailed, match="no connection"):
            await get(f"https://other.example:{server.port}/a.png")

    assert fetched.data == b"picture"
    assert len(server.seen) == 1


def make_certificate(directory: Path, *, name: str) -> Path:
    """A key and a certificate that signs itself, valid for one day, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = directory / "certificate.pem"
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path

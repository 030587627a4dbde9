"""What a stranger's server answers: redirects, too much, too slow, of the wrong kind, broken."""

import asyncio
import datetime as dt
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sokoni.kernel import outgoing
from sokoni.kernel.outgoing import FetchFailed, FetchRefused
from tests.kernel.strangers import PICTURE, Server, answers, get, redirect, serving


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_three_redirects_are_followed(stranger: Server, status: int) -> None:
    for step in range(3):
        stranger.answers[f"/{step}"] = redirect(f"/{step + 1}", status=status)
    stranger.answers["/3"] = PICTURE

    assert (await get(stranger.url("/0"))).url == stranger.url("/3")


async def test_a_fourth_redirect_is_refused(stranger: Server) -> None:
    stranger.answers["/loop"] = redirect("/loop")

    with pytest.raises(FetchRefused, match="more than 3 redirects"):
        await get(stranger.url("/loop"))

    assert len(stranger.seen) == 4


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
    stranger: Server, to: str, why: str
) -> None:
    stranger.answers["/a.png"] = redirect(to)

    with pytest.raises(FetchRefused, match=why):
        await get(stranger.url("/a.png"))

    assert len(stranger.seen) == 1


async def test_a_declared_length_over_the_limit_is_not_read(stranger: Server) -> None:
    stranger.answers["/a.png"] = PICTURE.replace(b"Content-Length: 7", b"Content-Length: 1001")

    with pytest.raises(FetchRefused, match="larger than 1,000 bytes"):
        await get(stranger.url("/a.png"))


async def test_an_endless_answer_is_cut_off(stranger: Server) -> None:
    async def endless(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")
        while True:
            writer.write(b"x" * 500)
            await writer.drain()

    stranger.answers["/a.png"] = endless

    with pytest.raises(FetchRefused, match="larger than 1,000 bytes"):
        await get(stranger.url("/a.png"))


async def test_a_slow_server_is_left_when_the_time_is_up(stranger: Server) -> None:
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

    stranger.answers["/a.png"] = drip

    with pytest.raises(FetchFailed, match=r"within 0\.3 seconds") as failure:
        await get(stranger.url("/a.png"), seconds=0.3)

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
    stranger: Server, header: bytes, why: str
) -> None:
    stranger.answers["/a.png"] = PICTURE.replace(b"Content-Type: image/png; q=1", header)

    with pytest.raises(FetchRefused, match=why):
        await get(stranger.url("/a.png"))


async def test_one_exact_type_can_be_asked_for(stranger: Server) -> None:
    stranger.answers["/a.png"] = PICTURE

    assert (await get(stranger.url("/a.png"), accept="image/png")).content_type == "image/png"
    with pytest.raises(FetchRefused, match="the type is"):
        await get(stranger.url("/a.png"), accept="image/webp")


@pytest.mark.parametrize(
    ("status", "again"), [(404, False), (410, False), (429, True), (503, True)]
)
async def test_a_failure_says_whether_to_come_back(
    stranger: Server, status: int, *, again: bool
) -> None:
    stranger.answers["/a.png"] = f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n".encode()

    with pytest.raises(FetchFailed, match=f"the server answered {status}") as failure:
        await get(stranger.url("/a.png"))

    assert failure.value.again is again


@pytest.mark.parametrize(
    "answer", [b"SSH-2.0-OpenSSH\r\n", PICTURE[:-3], b"", redirect("http://a:x/")]
)
async def test_an_answer_that_is_not_whole_http_is_a_failure(
    stranger: Server, answer: bytes
) -> None:
    stranger.answers["/a.png"] = answer

    with pytest.raises(FetchFailed, match="broke off or was not HTTP"):
        await get(stranger.url("/a.png"))


async def test_tls_verifies_the_name_although_the_address_is_pinned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path, name="pictures.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    monkeypatch.setattr(outgoing, "_tls", lambda: ssl.create_default_context(cafile=certificate))
    answers(monkeypatch, "127.0.0.1", "127.0.0.1")

    async with serving(context) as stranger:
        stranger.answers["/a.png"] = PICTURE
        fetched = await get(f"https://pictures.example:{stranger.port}/a.png")
        with pytest.raises(FetchFailed, match="no connection"):
            await get(f"https://other.example:{stranger.port}/a.png")

    assert fetched.data == b"picture"
    assert len(stranger.seen) == 1


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

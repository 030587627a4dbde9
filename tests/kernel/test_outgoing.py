"""An address that a stranger typed reaches the public internet or nothing."""

from ipaddress import ip_address

import pytest

from sokoni.kernel import outgoing
from sokoni.kernel.outgoing import Fetched, FetchFailed, FetchRefused, fetch
from tests.kernel.strangers import PICTURE, Server, answers, get, redirect, serving


async def test_a_picture_is_fetched(stranger: Server) -> None:
    stranger.answers["/a.png?b=c"] = PICTURE

    fetched = await get(stranger.url("/a.png?b=c#part"))

    assert fetched == Fetched(
        url=stranger.url("/a.png?b=c"), content_type="image/png", data=b"picture"
    )
    (request,) = stranger.seen
    assert f"host: 127.0.0.1:{stranger.port}\r\n".encode() in request.lower()
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
    stranger: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger.answers["/a.png"] = PICTURE
    # A second lookup by anybody would fail: there is no such name and no further answer.
    asked = answers(monkeypatch, "127.0.0.1")

    fetched = await get(stranger.url("/a.png", host="pictures.example"))

    assert asked == ["pictures.example"]
    assert fetched.url == stranger.url("/a.png", host="pictures.example")
    assert f"host: pictures.example:{stranger.port}\r\n".encode() in stranger.seen[0].lower()


async def test_a_name_that_turns_private_is_refused_at_the_next_hop(
    stranger: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger.answers["/a.png"] = redirect("/b.png")
    asked = answers(monkeypatch, "127.0.0.1", "192.168.0.1")

    with pytest.raises(FetchRefused, match="not on the public internet"):
        await get(stranger.url("/a.png", host="pictures.example"))

    assert asked == ["pictures.example", "pictures.example"]
    assert len(stranger.seen) == 1


async def test_the_next_address_is_tried_when_one_does_not_answer(
    stranger: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger.answers["/a.png"] = PICTURE
    async with serving() as closed:
        dead = closed.port
    answers(monkeypatch, "127.0.0.1", "127.77.0.1 127.0.0.1")

    with pytest.raises(FetchFailed, match="no connection") as failure:
        await get(f"http://pictures.example:{dead}/a.png")
    fetched = await get(stranger.url("/a.png", host="pictures.example"))

    assert failure.value.again
    assert fetched.data == b"picture"

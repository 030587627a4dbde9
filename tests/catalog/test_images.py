"""Pictures are recognised by their bytes, bounded before decoding, and kept as clean WebP."""

import asyncio
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from sokoni.catalog import encoding, images
from sokoni.catalog.images import ImageRefused, encode
from sokoni.kernel.storage import open_storage

Colour = float | tuple[int, ...]
RED, GREEN, BLUE = (220, 20, 20), (20, 200, 20), (20, 20, 220)


def picture(
    size: tuple[int, int] = (40, 30), *, colour: Colour = RED, mode: str = "RGB"
) -> Image.Image:
    return Image.new(mode, size, colour)


def file(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def near(pixel: object, colour: tuple[int, ...]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= 24 for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_every_accepted_format_becomes_webp(kind: str) -> None:
    encoded = encode(file(picture(), kind))

    (size,) = encoded.sizes
    result = opened(size.data)
    assert result.format == "WEBP"
    assert (encoded.width, encoded.height) == result.size == (size.width, size.height) == (40, 30)
    assert near(result.convert("RGB").getpixel((20, 15)), RED)


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (100, [(100, 50)]),
        (320, [(320, 160)]),
        (321, [(320, 160), (321, 160)]),
        (960, [(320, 160), (800, 400), (960, 480)]),
        (1600, [(320, 160), (800, 400), (1600, 800)]),
        (3000, [(320, 160), (800, 400), (1600, 800)]),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_there_are_three_widths_and_none_is_blown_up(
    kind: str, width: int, expected: list[tuple[int, int]]
) -> None:
    encoded = encode(file(picture((width, width // 2)), kind))

    assert (encoded.width, encoded.height) == (width, width // 2)
    assert [(size.width, size.height) for size in encoded.sizes] == expected
    assert [opened(size.data).size for size in encoded.sizes] == expected


def test_the_key_follows_from_the_content() -> None:
    red, red_again, blue = (
        encode(file(picture(colour=colour), "PNG")) for colour in (RED, RED, BLUE)
    )

    assert len(red.digest) == 24
    assert red.sizes[0].key == f"products/{red.digest}_40.webp"
    assert red == red_again
    assert red.digest != blue.digest


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_orientation_is_applied_and_every_metadata_dropped(kind: str) -> None:
    camera = picture((1700, 400), colour=RED)
    camera.paste(GREEN, (0, 0, 850, 400))  # left half; with orientation 6 it is seen on top
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SecretCamera"

    encoded = encode(file(camera, kind, exif=exif))

    assert (encoded.width, encoded.height) == (400, 1700)
    assert [(size.width, size.height) for size in encoded.sizes] == [(320, 1360), (400, 1700)]
    for size in encoded.sizes:
        result = opened(size.data)
        assert near(result.getpixel((size.width // 2, 20)), GREEN)
        assert near(result.getpixel((size.width // 2, size.height - 20)), RED)
        assert dict(result.getexif()) == {}
        assert b"SecretCamera" not in size.data


def test_only_the_first_frame_of_an_animation_is_kept() -> None:
    frames = [picture(colour=BLUE), picture(colour=GREEN)]
    animated = file(picture(colour=RED), "GIF", save_all=True, append_images=frames)

    (size,) = encode(animated).sizes

    result = opened(size.data)
    assert getattr(result, "n_frames", 1) == 1
    assert near(result.convert("RGB").getpixel((20, 15)), RED)


def test_transparency_survives() -> None:
    (size,) = encode(file(picture(colour=(*RED, 0), mode="RGBA"), "PNG")).sizes

    result = opened(size.data)
    assert result.mode == "RGBA"
    assert result.getpixel((5, 5))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("mode", "kind", "colour", "seen"),
    [
        ("L", "PNG", 128, (128, 128, 128)),
        ("1", "PNG", 1, (255, 255, 255)),
        ("P", "PNG", 0, (0, 0, 0)),
        ("I;16", "PNG", 32768, (128, 128, 128)),
        ("CMYK", "JPEG", (0, 0, 0, 0), (255, 255, 255)),
    ],
)
def test_every_colour_mode_becomes_plain_rgb(
    mode: str, kind: str, colour: Colour, seen: tuple[int, int, int]
) -> None:
    (size,) = encode(file(picture(colour=colour, mode=mode), kind)).sizes

    assert near(opened(size.data).convert("RGB").getpixel((20, 15)), seen)


def test_a_colour_profile_is_applied_and_dropped() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    (size,) = encode(file(picture(), "JPEG", icc_profile=profile)).sizes
    (broken,) = encode(file(picture(), "JPEG", icc_profile=b"nonsense")).sizes

    for data in (size.data, broken.data):
        assert "icc_profile" not in opened(data).info
        assert near(opened(data).getpixel((20, 15)), RED)


def bomb(width: int, height: int) -> bytes:
    """A PNG header that promises many pixels; there is nothing behind it to decode."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    content = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + content + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(30_000, 30_000), (10_000, 10_000), (8_000, 5_001)])
def test_a_decompression_bomb_is_refused_from_its_header(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def decode(_image: Image.Image, *, to: tuple[int, int]) -> Image.Image:
        pytest.fail(f"the bomb was decoded to {to}")

    monkeypatch.setattr(encoding, "_decoded", decode)

    with pytest.raises(ImageRefused, match="more than 40 million pixels"):
        encode(bomb(*size))


def test_forty_million_pixels_are_still_accepted() -> None:
    encoded = encode(file(picture((8_000, 5_000)), "JPEG"))

    assert (encoded.sizes[-1].width, encoded.sizes[-1].height) == (1600, 1000)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "SVG"),
        (b"\n<!-- hello --><SVG onload='alert(1)'/>", "SVG"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"%PDF-1.7", "not a JPEG"),
        (b"GIF89a", "not a JPEG"),
        (b"x" * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
        (bomb(16_001, 10), "longer than 16,000 pixels"),
        (file(picture(), "BMP"), "not a JPEG"),
        (file(picture(), "TIFF"), "not a JPEG"),
        (file(picture(), "ICO"), "not a JPEG"),
    ],
)
def test_anything_else_is_refused_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(ImageRefused, match=why):
        encode(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_truncated_file_is_refused(kind: str) -> None:
    noise = Image.effect_noise((200, 200), 80).convert("RGB")
    whole = file(noise, kind)

    for part in (0.05, 0.3, 0.6, 0.9):
        with pytest.raises(ImageRefused):
            encode(whole[: int(len(whole) * part)])


async def test_the_sizes_are_kept_and_found_again(tmp_path: Path) -> None:
    storage = open_storage(provider="local", directory=tmp_path)
    encoded = await images.encode_in_pool(file(picture((1000, 500)), "PNG"))

    await images.save(storage, encoded=encoded)
    await images.save(storage, encoded=encoded)

    for size in encoded.sizes:
        assert await storage.get(size.key) == size.data


@pytest.mark.parametrize(("least", "seen"), [(1, 320), (320, 320), (321, 800), (2000, 1000)])
def test_a_thumbnail_names_a_size_that_was_kept(tmp_path: Path, least: int, seen: int) -> None:
    storage = open_storage(provider="local", directory=tmp_path, base_url="https://shop.example")
    encoded = encode(file(picture((1000, 333)), "PNG"))

    found = images.thumbnail(
        storage,
        digest=encoded.digest,
        width=encoded.width,
        height=encoded.height,
        alt="A mug",
        least=least,
    )

    kept = {storage.url(size.key): (size.width, size.height) for size in encoded.sizes}
    assert kept[found.url] == (found.width, found.height)
    assert (found.width, found.alt) == (seen, "A mug")


async def test_many_pictures_are_encoded_by_two_threads() -> None:
    data = file(picture((700, 700)), "PNG")

    results = await asyncio.gather(*(images.encode_in_pool(data) for _ in range(12)))

    assert {result.digest for result in results} == {encode(data).digest}
    assert len(images.pool._threads) <= 2

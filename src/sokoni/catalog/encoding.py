"""From whatever a shopkeeper sends to WebP in up to three widths; the only code that needs Pillow.

What a picture is, its bytes say, never its name or declared type. Size and shape are read from the
header before anything is decoded, so a small file that unpacks to gigabytes costs nothing.
Re-encoding drops all metadata (place, camera, thumbnails) after applying the orientation, and turns
wide-gamut colours into sRGB.
"""

import struct
import zlib
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from sokoni.catalog.images import (
    MAX_BYTES,
    Encoded,
    ImageRefused,
    Size,
    height_of,
    key_for,
    widths_of,
)

MAX_PIXELS = 40_000_000
MAX_SIDE = 16_000  # WebP ends at 16,383
QUALITY = 80
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
ORIENTATION = 0x0112
TURNED = frozenset({5, 6, 7, 8})  # EXIF orientations that swap width and height

# What Pillow's decoders raise on broken files, besides its own errors.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)


def encode(data: bytes) -> Encoded:
    """Check and re-encode a picture; `ImageRefused` says in plain words why not."""
    image = _open(data)
    try:
        turned = image.getexif().get(ORIENTATION) in TURNED
        width, height = image.size[::-1] if turned else image.size
        widest = widths_of(width)[-1]
        largest = (widest, height_of(widest, of=(width, height)))
        # Shrink before turning: what follows handles a small picture, however large the original.
        flat = _decoded(image, to=largest[::-1] if turned else largest)
        upright = ImageOps.exif_transpose(flat)
        pictures = [
            _resized(upright, to=(each, height_of(each, of=(width, height))))
            for each in widths_of(width)
        ]
    except (*BROKEN, Image.DecompressionBombError) as error:
        raise ImageRefused("the picture is damaged or incomplete") from error
    encodings = [_webp(picture) for picture in pictures]
    digest = sha256(b"".join(encodings)).hexdigest()[:24]
    sizes = tuple(
        Size(
            key=key_for(digest=digest, width=picture.width),
            width=picture.width,
            height=picture.height,
            data=encoding,
        )
        for picture, encoding in zip(pictures, encodings, strict=True)
    )
    return Encoded(digest=digest, width=width, height=height, sizes=sizes)


def _open(data: bytes) -> Image.Image:
    """Read the header only, and refuse what is too large or nothing we know."""
    if len(data) > MAX_BYTES:
        raise ImageRefused(f"the picture is larger than {MAX_BYTES // 1024 // 1024} MB")
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except BROKEN as error:
        raise ImageRefused(_why_not(data)) from error
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels()
    if max(image.size) > MAX_SIDE:
        raise ImageRefused(f"the picture is longer than {MAX_SIDE:,} pixels on one side")
    return image


def _too_many_pixels() -> ImageRefused:
    return ImageRefused(f"the picture has more than {MAX_PIXELS // 1_000_000} million pixels")


def _why_not(data: bytes) -> str:
    start = data[:1024].lstrip().lower()
    if not data:
        return "the file is empty"
    if b"<svg" in start or start.startswith((b"<?xml", b"\xef\xbb\xbf<?xml")):
        return "SVG files can carry scripts and are not accepted; send JPEG, PNG or WebP"
    if data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"mif1", b"hevc"}:
        return "HEIC pictures are not accepted; send JPEG, PNG or WebP"
    return "the file is not a JPEG, PNG, WebP, GIF or AVIF picture, or it is damaged"


def _decoded(image: Image.Image, *, to: tuple[int, int]) -> Image.Image:
    """The first frame at this size, in RGB, with transparency if there is any; not yet turned."""
    image.draft(None, to)  # a JPEG is decoded at a half, a quarter or an eighth if that is enough
    image.load()
    if image.mode.startswith("I;16"):  # 16 bits of grey: keep the upper 8 instead of clipping
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    has_alpha = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    mode = "RGBA" if has_alpha else "RGB"
    image = _in_srgb(image)
    return _resized(image if image.mode == mode else image.convert(mode), to=to)


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    target = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        return (
            ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode=target,
            )
            or image
        )
    except (ImageCms.PyCMSError, *BROKEN):
        return image  # a broken profile is no reason to refuse the picture


def _resized(image: Image.Image, *, to: tuple[int, int]) -> Image.Image:
    if image.size == to:
        return image
    return image.resize(to, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _webp(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return out.getvalue()

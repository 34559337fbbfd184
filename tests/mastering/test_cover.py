import io
import math
import random
import struct
import time
import zlib

import pytest
from PIL import Image

from audioed.errors import MasteringError
from audioed.mastering import cover as module
from audioed.mastering.cover import PALETTES, cover, embedded, monogram
from audioed.model import Show

TITLES = [
    "My articles",
    "Vox",
    "The Morning Read",
    "Longform Science and Nature Articles for Curious People Everywhere " * 3,
    "Новости дня",
    "🎧 News",
    "🎧",
    "日本語",
    "Café Zürich",
    "Kaleidoscope",
    "A",
    "?!",
    "x" * 300,
    "W" * 4,
    "\x00\ud800",
]


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def encoded(picture: Image.Image, kind: str = "PNG", **options) -> bytes:
    data = io.BytesIO()
    picture.save(data, kind, **options)
    return data.getvalue()


@pytest.mark.parametrize("title", TITLES)
def test_a_drawn_cover_is_what_directories_take(title):
    data = cover(Show(title=title))
    picture = opened(data)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (3000, 3000))
    assert tuple(map(round, picture.info["dpi"])) == (72, 72)
    assert len(data) <= 512_000


@pytest.mark.parametrize("title", TITLES)
def test_nothing_is_drawn_over_the_margin(title):
    picture = opened(cover(Show(title=title))).resize((300, 300))
    edge = [picture.getpixel((x, y)) for x in (2, 12, 297) for y in range(70, 300)]
    assert max(math.dist(pixel, edge[0]) for pixel in edge) < 25


@pytest.mark.parametrize("title", TITLES)
def test_a_cover_is_more_than_its_ground_at_55_pixels(title):
    small = opened(cover(Show(title=title))).resize((55, 55), Image.Resampling.LANCZOS)
    ground = small.getpixel((1, 50))
    pixels = [small.getpixel((x, y)) for x in range(55) for y in range(55)]
    assert sum(math.dist(pixel, ground) > 150 for pixel in pixels) > 250


def test_the_same_show_gives_the_same_bytes_and_another_one_another_cover():
    assert cover(Show(title="Vox")) == cover(Show(title="Vox"))
    assert cover(Show(title="Vox")) != cover(Show(title="Fox"))


def luminance(colour):
    """WCAG 2.2, relative luminance."""
    linear = [(c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4) for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("palette", PALETTES)
def test_every_ink_stands_out_from_its_ground(palette):
    for ink in (palette.accent, palette.paper):
        assert (luminance(ink) + 0.05) / (luminance(palette.ground) + 0.05) > 4.5


@pytest.mark.parametrize(
    ("title", "letters"),
    [
        ("My articles", "MA"),
        ("The Morning Read", "MR"),
        ("Vox", "Vox"),
        ("Kaleidoscope", "K"),
        ("Tech Weekly", "Tech"),
        ("news, read aloud", "NR"),
        ("?!", ""),
    ],
)
def test_a_monogram_says_the_telling_words(title, letters):
    assert monogram(title) == letters


def test_drawing_is_fast():
    cover(Show(title="warm up"))
    started = time.perf_counter()
    for title in TITLES[:4]:
        cover(Show(title=title))
    assert (time.perf_counter() - started) / 4 < 1.0  # 0.06 s on one core


@pytest.mark.parametrize("size", [(3000, 3000), (4000, 3200), (900, 1600), (1500, 1400), (10, 10)])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_an_image_of_the_shows_own_becomes_a_square_of_the_right_size(size, kind):
    picture = opened(cover(Show(), encoded(Image.new("RGB", size, "teal"), kind)))
    assert picture.size == (min(max(min(size), 1400), 3000),) * 2
    assert (picture.format, picture.mode) == ("JPEG", "RGB")


def test_a_photograph_is_made_to_fit_into_512_kilobytes():
    seeded = random.Random(1)  # noqa: S311 - the same noise every time
    noise = Image.frombytes("RGB", (1500, 1500), seeded.randbytes(1500 * 1500 * 3)).resize((2600, 2600))
    assert len(cover(Show(), encoded(noise, "JPEG", quality=95))) <= 512_000


def test_the_middle_of_a_wide_image_is_kept():
    wide = Image.new("RGB", (4500, 1500), "red")
    wide.paste("blue", (1500, 0, 3000, 1500))
    corner = opened(cover(Show(), encoded(wide))).getpixel((20, 20))
    assert corner[2] > 200
    assert corner[0] < 60


def test_a_photograph_taken_upright_stands_upright():
    lying = Image.new("RGB", (1400, 1400), "red")
    lying.paste("blue", (0, 0, 700, 1400))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: the left of the file is the top of the picture
    picture = opened(cover(Show(), encoded(lying, "JPEG", exif=exif)))
    assert picture.getpixel((700, 100))[2] > 200
    assert picture.getpixel((700, 1300))[2] < 60


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_picture_becomes_rgb(mode):
    kind = "TIFF" if mode == "CMYK" else "PNG"
    assert opened(cover(Show(), encoded(Image.new(mode, (1400, 1400)), kind))).mode == "RGB"


def test_what_is_transparent_becomes_white():
    clear = Image.new("RGBA", (1400, 1400), (0, 0, 0, 0))
    assert opened(cover(Show(), encoded(clear))).getpixel((700, 700)) == (255, 255, 255)


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that claims to be this large."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


@pytest.mark.parametrize("image", [b"", b"no image", bomb(100_000), bomb(11_000), bomb(1_000), b"\xff\xd8\xff\xe0"])
def test_what_is_no_image_is_refused_in_a_sentence(image):
    with pytest.raises(MasteringError, match=r"^the cover image .*; .*\.$"):
        cover(Show(), image)


def test_a_truncated_image_is_refused():
    whole = encoded(Image.effect_noise((1400, 1400), 50))
    with pytest.raises(MasteringError, match="cannot be read"):
        cover(Show(), whole[: len(whole) // 2])


def test_an_image_that_never_fits_is_refused(monkeypatch):
    monkeypatch.setattr(module, "LARGEST", 100)
    with pytest.raises(MasteringError, match="does not fit"):
        cover(Show(), encoded(Image.new("RGB", (1400, 1400))))


@pytest.mark.parametrize("title", TITLES)
def test_the_embedded_cover_is_600_pixels_and_small(title):
    small = embedded(cover(Show(title=title)))
    assert opened(small).size == (600, 600)
    assert len(small) <= 100_000

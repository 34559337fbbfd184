import hashlib
import io
import math
import random
import struct
import subprocess
import sys
import time
import zlib
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from audioed.errors import MasteringError
from audioed.mastering.cover import chapter_card, cover, edition_cover, embedded, image
from audioed.mastering.cover.atoms import shortened
from audioed.mastering.cover.breaking import fitted
from audioed.mastering.cover.card import LARGEST as LARGEST_CARD
from audioed.mastering.cover.colours import PALETTES, contrast, scheme_of, schemes
from audioed.mastering.cover.lettering import Hand, Line, is_right_to_left, length, shaped, write
from audioed.mastering.cover.motifs import MOTIFS, Dice
from audioed.mastering.cover.poster import faces_for, look_of, scheme_for
from audioed.mastering.cover.typefaces import DISPLAY, LIVELY, ROUND, drawable
from audioed.model import Channel, Edition

TITLES = [
    "Vox",
    "The Morning Read",
    "Longform Science and Nature Articles for Curious People Everywhere " * 3,
    "Новости дня",
    "🎧 News",
    "🎧",
    "日本語",
    "A",
    "x" * 300,
    "\x00\ud800",
]


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def encoded(picture: Image.Image, kind: str = "PNG", **options) -> bytes:
    data = io.BytesIO()
    picture.save(data, kind, **options)
    return data.getvalue()


@cache
def drawn(title):
    """The cover of a show of this title."""
    return cover(Channel(title=title))


@pytest.mark.parametrize("title", TITLES, ids=ascii)
def test_a_drawn_cover_is_what_directories_take(title):
    data = drawn(title)
    picture = opened(data)
    assert (picture.format, picture.mode) == ("JPEG", "RGB")
    assert picture.width == picture.height
    assert picture.width in {2000, 3000}
    assert tuple(map(round, picture.info["dpi"])) == (72, 72)
    assert len(data) <= 512_000


@pytest.mark.parametrize("title", TITLES, ids=ascii)
def test_a_cover_is_more_than_its_ground_at_55_pixels(title):
    picture = opened(drawn(title))
    picture.draft("RGB", (220, 220))  # so much is decoded
    small = picture.resize((55, 55), Image.Resampling.LANCZOS)
    ground = small.getpixel((1, 50))
    pixels = [small.getpixel((x, y)) for x in range(55) for y in range(55)]
    assert sum(math.dist(pixel, ground) > 150 for pixel in pixels) > 250


def test_the_same_show_gives_the_same_bytes_and_another_one_another_cover():
    assert cover(Channel(title="Vox")) == drawn("Vox") != drawn("Fox")


TOWERS = [
    "e" + "\u0301" * 50,
    "".join(letter + "\u0316" * 50 for letter in "Below"),
    "\u0301" * 300,
    "ก" + "็" * 60,
    "e" + "\u20dd" * 50,
    "👩\u200d👧" * 60,
    "\u200d" * 300,
    "\u00ad" * 300,
    "a\u00ad" * 120,
    "-" * 240,
    "漢" * 240,
    "a\u0488" * 120,
    "\u202e\ufffe",
]


@pytest.mark.parametrize("title", TOWERS, ids=ascii)
def test_towers_of_marks_and_titles_of_nothing_to_see_leave_a_picture(title):
    assert len(chapter_card(title, Channel(title="Vox"), 1, "en")) <= LARGEST_CARD
    faces = faces_for(title, DISPLAY[0], "en")
    text = drawable(title, faces)
    assert "\u0301" * 5 not in text
    setting = fitted(text or "x", Hand(faces), box=(2_620, 1_200), largest=560)
    assert setting.rise + setting.fall <= 1_200 + 0.9 * setting.size


@pytest.mark.parametrize("title", [TOWERS[0], TOWERS[1], "\u00ad" * 300], ids=ascii)
def test_a_cover_has_room_for_a_tower(title):
    edition = Edition(show="Vox", day=date(2026, 1, 1), title=title, name="x")
    assert opened(edition_cover(edition, Channel(title=title, author=title), "en")).width == 1_500
    assert opened(edition_cover(edition, Channel(title="Vox"), "en", encoded(Image.new("RGB", (1_500, 1_500))))).width


@pytest.mark.parametrize("palette", PALETTES)
def test_what_is_written_can_be_read_on_every_ground_of_a_show(palette):
    found = schemes(palette)
    assert len({scheme.ground for scheme in found}) >= 4
    for scheme in found:
        assert contrast(scheme.ink, scheme.ground) >= 4.5
        assert len(scheme.shapes) >= 3


def test_contrast_is_what_wcag_calls_it():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


LONG = (
    "Why the European Union’s new methane rules may yet fail: a report from the gas fields of Romania, Poland and more"
)
SETTINGS = [
    ("The Morning Read", "en", ("The Morning", "Read")),
    ("Kaleidoscope", "en", ("Kaleidoscope",)),
    ("Donaudampfschifffahrtskapitän", "de", ("Donaudampf-", "schifffahrts-", "kapitän")),
    ("Nord-Süd-Gefälle", "de", ("Nord-Süd-", "Gefälle")),
    ("朝の読みもの", "ja", ("朝の", "読みもの")),
    ("一天一篇长文：科学与自然", "zh", ("一天一篇长文：", "科学与自然")),
]


@pytest.mark.parametrize(("title", "language", "lines"), SETTINGS)
def test_a_title_breaks_where_a_typesetter_would_break_it(title, language, lines):
    faces = faces_for(title, LIVELY, language)
    if not drawable(title, faces):
        pytest.skip("the extra `fonts` is not installed")
    setting = fitted(title, Hand(faces), box=(2620, 1300), largest=760, language=language)
    assert setting.lines == lines


@pytest.mark.parametrize("face", DISPLAY)
@given(st.lists(st.text("abcdefgÄßñ-:WiI", min_size=1, max_size=40), min_size=1, max_size=20).map(" ".join))
@example("IIbbc II-cbaf ::::WW :::::::")
@settings(max_examples=20)
def test_a_title_keeps_inside_of_its_box_and_loses_no_letter(face, title):
    hand = Hand(faces_for(title, face, "de"))
    setting = fitted(title, hand, box=(2620, 1500), largest=900, language="de")
    assert max(length(line, setting.hand) for line in setting.lines) * setting.size <= 2620.001
    assert setting.height <= 1501
    assert "".join(setting.lines).replace("-", "").replace(" ", "") == title.replace("-", "").replace(" ", "")


@pytest.mark.parametrize("face", DISPLAY)
def test_letters_are_drawn_whole_where_contours_overlap(face):
    picture = Image.new("L", (900, 500))
    write(picture, Line("Øß8", Hand(faces_for("Øß8", face, "")), 400), (40, 400), 255)
    assert picture.getbbox()[0] == pytest.approx(40, abs=2)
    assert sum(picture.histogram()[:1]) > 450_000 * 0.4


@pytest.mark.parametrize(
    ("title", "drawn"),
    [
        ("🎧 News", "News"),
        ("Café Zürich", "Café Zürich"),
        ("Новости дня", "Новости дня"),
        ("Tokyo ᚠᚢᚦ calling", "Tokyo calling"),
        ("ᚠᚢᚦ", ""),
        ("🎧", ""),
        ("أخبار الصباح", "أخبار الصباح"),
        ("\x00\ud800", ""),
    ],
    ids=ascii,
)
def test_no_cover_shows_a_box_in_place_of_a_letter(title, drawn):
    assert drawable(title, faces_for(title, ROUND, "")) == drawn


def test_a_title_that_no_typeface_can_draw_is_told_with_the_remedy(caplog):
    cover(Channel(title="ᚠᚢᚦ"))
    assert "audioed[fonts]" in caplog.text


def test_arabic_runs_from_right_to_left_and_its_numbers_do_not():
    hand = Hand(faces_for("حكاية 24 موانئ", ROUND, "ar"))
    glyphs, _ = shaped("حكاية 24 موانئ", hand)
    two, four = (shaped(each, hand)[0][0].number for each in "24")
    order = [glyph.number for glyph in glyphs]
    assert order.index(two) + 1 == order.index(four)
    first = shaped("ح", Hand(hand.faces))[0]
    assert first[0].face == glyphs[-1].face
    assert is_right_to_left("24 حكاية")


EDITION = Edition(show="The Morning Read", day=date(2026, 3, 14), title="The river", name="2026-03-14-river", number=3)
SHOW = Channel(title="The Morning Read")


def test_the_cover_of_an_edition_is_what_directories_take():
    picture = opened(edition_cover(EDITION, SHOW, "en"))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (1500, 1500))
    assert tuple(map(round, picture.info["dpi"])) == (72, 72)


def test_the_same_edition_gives_the_same_bytes_in_another_process():
    code = (
        "import hashlib, sys; from datetime import date; from audioed.mastering.cover import edition_cover;"
        f"from audioed.model import Channel, Edition; import datetime; edition = {EDITION!r};"
        "print(hashlib.sha256(edition_cover(edition, Channel(title=edition.show), 'en')).hexdigest())"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert told.strip() == hashlib.sha256(edition_cover(EDITION, SHOW, "en")).hexdigest()


def test_editions_of_a_show_share_its_look_and_neighbours_differ_in_colour():
    look = look_of(SHOW.title)
    grounds = [scheme_for(look, number).ground for number in range(6)]
    assert all(before != after for before, after in pairwise(grounds))
    pictures = [opened(edition_cover(replace(EDITION, number=number), SHOW, "en")) for number in (1, 2)]
    corners = [picture.getpixel((20, 20)) for picture in pictures]
    assert math.dist(*corners) > 60


def test_shows_differ():
    looks = {look_of(f"Show {number}") for number in range(60)}
    assert len(looks) > 50
    assert len({look.motif for look in looks}) == len(MOTIFS)


@pytest.mark.parametrize("motif", MOTIFS)
@pytest.mark.parametrize("size", [(3000, 200), (3000, 900), (3000, 3000)])
def test_every_motif_fills_every_room(motif, size):
    scheme = schemes(PALETTES[0])[0]
    picture = Image.new("RGB", size, scheme.ground)
    motif(ImageDraw.Draw(picture), size, scheme.shapes, Dice("a show"))
    assert len(picture.getcolors(1_000)) >= 3


def test_the_own_image_lends_an_edition_its_colours_and_what_is_written_can_be_read():
    own = Image.new("RGB", (2000, 2000), (250, 240, 60))
    ImageDraw.Draw(own).ellipse((400, 400, 1600, 1600), fill=(30, 90, 60))
    scheme = scheme_of(own)
    assert contrast(scheme.ink, scheme.ground) >= 4.5
    assert contrast(scheme.shapes[0], scheme.ground) >= 4.5
    picture = opened(edition_cover(EDITION, SHOW, "en", encoded(own)))
    assert math.dist(picture.getpixel((20, 1480)), scheme.ground) < 12
    assert math.dist(picture.getpixel((20, 20)), (250, 240, 60)) < 12


@pytest.mark.parametrize("colour", ["white", "black", "yellow", "gray", "#0000ff"])
def test_what_is_written_can_be_read_beside_an_image_of_one_colour(colour):
    scheme = scheme_of(Image.new("RGB", (900, 900), colour))
    assert contrast(scheme.ink, scheme.ground) >= 4.5
    assert contrast(scheme.shapes[0], scheme.ground) >= 4.5


def test_a_wide_sign_is_shown_whole_on_its_own_ground():
    sign = Image.new("RGB", (2400, 800), "white")
    ImageDraw.Draw(sign).rectangle((100, 300, 2300, 500), fill="navy")
    picture = opened(cover(Channel(), encoded(sign)))
    box = ImageChops.invert(picture.convert("L")).point(lambda value: 255 * (value > 100)).getbbox()
    assert (box[2] - box[0]) / (box[3] - box[1]) == pytest.approx(11, rel=0.03)
    assert picture.getpixel((20, 20)) == (255, 255, 255)


def test_a_photograph_is_cropped_to_where_its_subject_is():
    scene = Image.linear_gradient("L").resize((3000, 1500)).convert("RGB")
    for stripe in range(12):
        ImageDraw.Draw(scene).rectangle((2300 + stripe * 40, 300, 2315 + stripe * 40, 1200), fill="red")
    picture = opened(cover(Channel(), encoded(scene)))
    reds = [x for x in range(picture.width) if picture.getpixel((x, 700))[1] < 60 < picture.getpixel((x, 700))[0]]
    assert len(reds) > 150


def test_a_title_as_long_as_a_book_is_cut_behind_a_word_and_soon_drawn():
    started = time.process_time()
    for title in ("word and more " * 10_000, "文" * 100_000):
        cover(Channel(title=title, author=title))
    edition_cover(replace(EDITION, title="x" * 100_000), Channel(title=title), "en")
    assert time.process_time() - started < 20
    assert shortened("One two, three", 10) == "One two…"


def test_drawing_is_fast():
    cover(Channel(title="warm up"))
    started = time.process_time()
    for title in TITLES[1:3]:
        cover(Channel(title=title))
    assert (time.process_time() - started) / 2 < 1.0  # 0.25 s on one core


@pytest.mark.parametrize(
    ("kind", "size"),
    [
        ("JPEG", (3000, 3000)),
        ("JPEG", (4000, 3200)),  # of which less is decoded
        ("JPEG", (900, 1600)),
        ("PNG", (3300, 3100)),
        ("PNG", (1500, 1400)),
        ("PNG", (10, 10)),
    ],
)
def test_an_image_of_the_shows_own_becomes_a_square_of_the_right_size(kind, size):
    picture = opened(cover(Channel(), encoded(Image.new("RGB", size, "teal"), kind)))
    assert picture.size == (min(max(min(size), 1400), 3000),) * 2
    assert (picture.format, picture.mode) == ("JPEG", "RGB")


def test_a_photograph_is_made_to_fit_into_512_kilobytes():
    seeded = random.Random(1)  # noqa: S311 - the same noise every time
    noise = Image.frombytes("RGB", (1500, 1500), seeded.randbytes(1500 * 1500 * 3)).resize((2600, 2600))
    assert len(cover(Channel(), encoded(noise, "JPEG", quality=95))) <= 512_000


def test_the_middle_of_a_wide_image_is_kept():
    wide = Image.new("RGB", (4500, 1500), "red")
    wide.paste("blue", (1500, 0, 3000, 1500))
    corner = opened(cover(Channel(), encoded(wide))).getpixel((20, 20))
    assert corner[2] > 200
    assert corner[0] < 60


def test_a_photograph_taken_upright_stands_upright():
    lying = Image.new("RGB", (1400, 1400), "red")
    lying.paste("blue", (0, 0, 700, 1400))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: the left of the file is the top of the picture
    picture = opened(cover(Channel(), encoded(lying, "JPEG", exif=exif)))
    assert picture.getpixel((700, 100))[2] > 200
    assert picture.getpixel((700, 1300))[2] < 60


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_picture_becomes_rgb(mode):
    kind = "TIFF" if mode == "CMYK" else "PNG"
    assert opened(cover(Channel(), encoded(Image.new(mode, (1400, 1400)), kind))).mode == "RGB"


def test_what_is_transparent_becomes_white():
    clear = Image.new("RGBA", (1400, 1400), (0, 0, 0, 0))
    assert opened(cover(Channel(), encoded(clear))).getpixel((700, 700)) == (255, 255, 255)


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that claims to be this large."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


@pytest.mark.parametrize("image", [b"", b"no image", bomb(100_000), bomb(11_000), bomb(1_000), b"\xff\xd8\xff\xe0"])
def test_what_is_no_image_is_refused_in_a_sentence(image):
    with pytest.raises(MasteringError, match=r"^the cover image .*; .*\.$"):
        cover(Channel(), image)


def test_a_truncated_image_is_refused():
    whole = encoded(Image.effect_noise((1400, 1400), 50))
    with pytest.raises(MasteringError, match="cannot be read"):
        cover(Channel(), whole[: len(whole) // 2])


def test_an_image_that_never_fits_is_refused(monkeypatch):
    monkeypatch.setattr(image, "LARGEST", 100)
    with pytest.raises(MasteringError, match="does not fit"):
        cover(Channel(), encoded(Image.new("RGB", (1400, 1400))))


@pytest.mark.parametrize("title", TITLES, ids=ascii)
def test_the_embedded_cover_is_600_pixels_and_small(title):
    small = embedded(drawn(title))
    assert opened(small).size == (600, 600)
    assert len(small) <= 100_000


@pytest.mark.parametrize("title", TITLES)
def test_the_picture_of_a_chapter_is_small_and_its_own(title):
    first, second = (chapter_card(title, Channel(title="The Letter"), number, "en") for number in (1, 2))
    for data in (first, second):
        assert (opened(data).size, opened(data).mode, opened(data).format) == ((480, 480), "RGB", "JPEG")
        assert len(data) <= LARGEST_CARD
    assert first != second
    assert chapter_card(title, Channel(title="The Letter"), 1, "en") == first

"""
Do covers look designed, and are they what directories take?

    python benchmarks/covers.py [--to covers.png]

Draws shows and editions of many kinds, in many scripts and lengths, and those made from images of a show's own; puts
them on one contact sheet, each large and 55 pixels wide as an app lists it, and prints what can be measured: pixels,
bytes, the contrast of what is written, how long it takes. Look at the sheet: it is the judgement.
"""

import argparse
import io
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PIL import Image, ImageDraw

from audioed.mastering.cover import cover, edition_cover, embedded
from audioed.mastering.cover.colours import PALETTES, contrast, schemes
from audioed.mastering.cover.poster import look_of
from audioed.model import Channel, Edition

SHOWN, THUMBNAIL, GAP, COLUMNS = 440, 55, 24, 8
LONG = (
    "Why the European Union’s new methane rules may yet fail: a report from the gas fields of Romania, Poland and the "
    "Netherlands, where inspectors are few, meters are old and nobody answers the telephone"
)
SHOWS = [
    ("Vox", "en", "Ann Ivers"),
    ("The Morning Read", "en", "Jane Doe"),
    ("My articles", "en", ""),
    ("Kaleidoscope", "en", "Studio North"),
    ("Longform Science and Nature Articles for Curious People Everywhere", "en", "The Field Desk"),
    (LONG, "en", ""),
    ("Donaudampfschifffahrtskapitän", "de", "Verein der Binnenschiffer"),
    ("Rechtsschutzversicherungsgesellschaften im Überblick", "de", ""),
    ("L’Écho des Quais", "fr", "Amélie Brûlé"),
    ("Ą Š Ž: naujienos", "lt", ""),
    ("Новости дня", "ru", "Иван Петров"),
    ("Τα Νέα της Θάλασσας", "el", ""),
    ("أخبار الصباح", "ar", "سلمى حداد"),
    ("חדשות הבוקר 24", "he", ""),
    ("朝の読みもの", "ja", "山田花子"),
    ("一天一篇长文：科学与自然", "zh", ""),
    ("아침 읽기", "ko", ""),
    ("सुबह की ख़बरें", "hi", ""),
    ("ข่าวเช้าวันนี้", "th", ""),
    ("🎧 Pod & Co.", "en", ""),
    ("A", "en", ""),
    ("https://example.com/a/very/long/address/without/a/space", "en", ""),
    ("Tiếng Việt mỗi ngày", "vi", ""),
    ("ᚠᚢᚦ", "en", ""),
]
EDITIONS = [
    ("Ferry", "en"),
    ("The river that forgot its name, and 3 more", "en"),
    (LONG, "en"),
    ("Der Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung zum Abschied", "de"),
]


def photograph() -> bytes:
    """A landscape whose subject stands to the right."""
    picture = Image.new("RGB", (2400, 1500))
    draw = ImageDraw.Draw(picture)
    for row in range(1500):
        draw.line((0, row, 2400, row), fill=(250 - row // 9, 190 - row // 14, 120 + row // 16))
    draw.polygon([(0, 1500), (0, 1150), (800, 980), (2400, 1280), (2400, 1500)], fill=(34, 50, 74))
    draw.rectangle((1750, 420, 1900, 1180), fill=(245, 240, 230))
    for stripe in range(4):
        draw.rectangle((1750, 480 + stripe * 180, 1900, 570 + stripe * 180), fill=(190, 40, 50))
    draw.polygon([(1730, 420), (1825, 300), (1920, 420)], fill=(40, 40, 50))
    noise = Image.effect_noise((2400, 1500), 30).convert("RGB")
    return encoded(Image.blend(picture, noise, 0.06))


def logo() -> bytes:
    """A wide sign on plain ground."""
    picture = Image.new("RGB", (2000, 800), (250, 247, 240))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((300, 200, 700, 600), fill=(12, 90, 84))
    draw.ellipse((420, 320, 580, 480), fill=(250, 247, 240))
    for bar, tall in enumerate((120, 260, 380, 220, 320, 160)):
        left = 820 + bar * 150
        draw.rounded_rectangle((left, 400 - tall // 2, left + 90, 400 + tall // 2), 45, fill=(230, 100, 60))
    return encoded(picture)


def encoded(picture: Image.Image) -> bytes:
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


def covers() -> Iterator[tuple[str, bytes]]:
    for title, language, author in SHOWS:
        yield title, cover(Channel(title=title, language=language, author=author))
    own = {"photograph": photograph(), "logo": logo()}
    for show, image in (("The Morning Read", None), ("Hafenbrief", None), ("Tech Weekly", None), *own.items()):
        name, picture = ("The Harbour Letter", image) if image else (show, None)
        if picture:
            yield f"{name} ({show})", cover(Channel(title=name), picture)
        for number, (title, language) in enumerate(EDITIONS, start=1):
            edition = Edition(
                show=name, day=date(2026, 3, 10 + number), title=title, name=f"2026-03-{10 + number}", number=number
            )
            yield f"{name} / {title}", edition_cover(edition, Channel(title=name), language, picture)
    arabic = Edition(
        show="أخبار الصباح", day=date(2026, 3, 14), title="مدينة لا تنام: حكاية 3 موانئ", name="a", number=7
    )
    yield f"أخبار الصباح / {arabic.title}", edition_cover(arabic, Channel(title=arabic.show), "ar")
    kana = Edition(show="朝の読みもの", day=date(2026, 3, 14), title="川が名前を忘れた日、ほか三本", name="k", number=8)
    yield f"朝の読みもの / {kana.title}", edition_cover(kana, Channel(title=kana.show), "ja")


def sheet(pictures: list[Image.Image]) -> Image.Image:
    rows = -(-len(pictures) // COLUMNS)
    wide, high = SHOWN + GAP, SHOWN + THUMBNAIL + 2 * GAP
    page = Image.new("RGB", (COLUMNS * wide + GAP, rows * high + GAP), "#e9e9ec")
    for place, picture in enumerate(pictures):
        left, top = GAP + place % COLUMNS * wide, GAP + place // COLUMNS * high
        page.paste(picture.resize((SHOWN, SHOWN), Image.Resampling.LANCZOS), (left, top))
        small = picture.resize((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
        page.paste(small, (left, top + SHOWN + GAP // 3))
    return page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=Path("covers.png"))
    options = parser.parse_args()
    pictures, sizes, inside, seconds = [], [], [], []
    started = time.perf_counter()
    for name, data in covers():
        seconds.append(time.perf_counter() - started)
        picture = Image.open(io.BytesIO(data))
        sizes.append(len(data))
        inside.append(len(embedded(data)))
        print(f"{picture.width:5} px {len(data) / 1000:6.0f} KB  embedded {inside[-1] / 1000:4.0f} KB  {name[:70]}")
        pictures.append(picture.convert("RGB"))
        started = time.perf_counter()
    found = [contrast(each.ink, each.ground) for palette in PALETTES for each in schemes(palette)]
    looks = {(tuple(each.palette), each.motif, each.face) for each in map(look_of, (title for title, *_ in SHOWS))}
    print(f"{len(sizes)} covers: at most {max(sizes) / 1000:.0f} KB, embedded at most {max(inside) / 1000:.0f} KB")
    print(f"what is written: contrast {min(found):.1f} to {max(found):.1f} in {len(found)} schemes")
    print(f"{len(looks)} looks among {len(SHOWS)} shows; {sum(seconds) / len(seconds):.2f} s a cover")
    sheet(pictures).save(options.to)
    print(f"the contact sheet is {options.to}")


if __name__ == "__main__":
    main()

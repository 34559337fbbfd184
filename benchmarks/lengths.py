"""
How well the length of a recording is told before it is spoken: on articles that the pace was not learned from.

    python benchmarks/lengths.py [learn] [measure] [--shared DIR] [--most N]

Articles in English of the shared pages, to about 700 words each, are spoken by the default voice. Of `extraction`,
those whose places in it, divided by 15, leave 0, 1, 2 or 4 are learned from; those that leave 9, and all of `dev`,
are not. Recordings are not mastered: mastering adds no time to the timeline, which is compared with its estimate.
"""

import argparse
import gzip
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

import audioed
from audioed import build
from audioed.edition.length import _COMMA, _END, _NAMED, _STOP, _VOWELS, Ruler
from audioed.errors import AudioedError
from audioed.mastering.finish import music_of
from audioed.mastering.stitch import plan
from audioed.model import Edition, Page, Speech
from audioed.phonemes import without_sounds
from audioed.place import Place
from audioed.voices.casting import cast

SHARED = Path(__file__).resolve().parents[2] / "shared"
ROWS, LEARNED, UNSEEN = 15, (0, 1, 2, 4), (9,)
WORDS, LEAST = 700, 200
"""An article is cut at, and taken from."""


def speeches(place: Place, folder: Path, rows: tuple[int, ...], most: int) -> Iterator[tuple[str, Speech]]:
    """Articles of these pages, spoken."""
    paths = [path for row in rows for path in sorted(folder.glob("*.html*"))[row::ROWS]]
    for path in paths[:most]:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "replace")
        page = Page(url=f"https://example.com/{path.stem}", media_type="text/html", text=text)
        try:
            (article,), _ = build.extract([page], place.config, place.cards)
        except AudioedError:
            continue
        words, blocks = 0, list[audioed.Block]()
        for block in article.blocks:
            if words < WORDS:
                blocks.append(block)
                words += len(block.text.split())
        if article.language[:2] == "en" and words >= LEAST:
            edition = Edition(show="Lengths", day=date(2026, 3, 14), title=article.title, name="length")
            script = build.write([replace(article, blocks=tuple(blocks))], edition, place)
            yield f"{folder.name}/{path.name.split('.')[0]}", build.speak(script, place)


def features(text: str) -> list[float]:
    """What a pace counts: see `audioed.edition.length.spoken`."""
    said = without_sounds(text)
    inner = said.rstrip(_END)
    named = sum(len(each) for each in _NAMED.findall(said) if each.isupper() or not _VOWELS.search(each))
    counts = [sum(map(str.isalpha, said)), len(_VOWELS.findall(said)), len(_COMMA.findall(inner))]
    return [1, *counts, len(_STOP.findall(inner)), named, sum(map(str.isupper, said))]


def learn(place: Place, shared: Path, most: int) -> None:
    """Print the pace of the default voice."""
    rows, lasts, articles = list[list[float]](), list[float](), 0
    for _, speech in speeches(place, shared / "pages" / "extraction", LEARNED, most):
        articles += 1
        for clip, voice in zip(speech.clips, cast(speech.script, place.config.synthesis, place.cards), strict=True):
            rows.append(features(clip.utterance.spoken))
            lasts.append(clip.duration * voice.rate)
    found, *_ = np.linalg.lstsq(np.array(rows), np.array(lasts), rcond=None)
    names = ("begin", "letter", "vowel", "comma", "stop", "named", "capital")
    print(f"{articles} articles, {sum(lasts) / 60:.0f} minutes:")
    print("  ", ", ".join(f"{name}={value:.3g}" for name, value in zip(names, found, strict=True)))


def measure(place: Place, shared: Path, most: int) -> None:
    """Print how far the estimates of unseen articles are from their recordings."""
    ruler, music = Ruler(place), music_of(place.config.mastering, place.store)
    for name, rows in (("dev", tuple(range(ROWS))), ("extraction", UNSEEN)):
        off = list[tuple[float, str]]()
        told, lasted = 0.0, 0.0
        for which, speech in speeches(place, shared / "pages" / name, rows, most):
            estimate, real = ruler.starts(speech.script)[1], plan(speech, music).duration
            off.append((estimate / real - 1, which))
            told, lasted = told + estimate, lasted + real
        worst = max(off, key=lambda each: abs(each[0]))
        print(
            f"{name}: {len(off)} articles unseen, {lasted / 60:.0f} minutes; median error "
            f"{statistics.median(abs(each) for each, _ in off):.1%}, worst {worst[0]:+.1%} ({worst[1]}), "
            f"as one edition {told / lasted - 1:+.1%}"
        )


def main() -> None:
    """Learn the pace, or measure it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", default=["measure"], choices=["learn", "measure"])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--most", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        settings = Path(home) / "audioed.toml"
        settings.write_text("", "utf-8")
        place = audioed.open(settings).place
        if "learn" in options.what:
            learn(place, options.shared, options.most)
        if "measure" in options.what:
            measure(place, options.shared, options.most)


if __name__ == "__main__":
    main()

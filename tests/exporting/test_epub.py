"""A book that reads itself aloud: it opens in any reader, and each sentence is lit while it is heard."""

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree

from audioed.errors import StoreError
from audioed.exporting.epub import write_epub
from audioed.mastering.cover import cover
from audioed.model import Article, Block, Channel, Cue, Enclosure, Episode, Loudness, Source, Span, Word
from audioed.nouns import parse

GOLDEN = Path(__file__).parent.parent / "data" / "publishing" / "episode.json"
OPF, XHTML, SMIL, OPS = (
    "{http://www.idpf.org/2007/opf}",
    "{http://www.w3.org/1999/xhtml}",
    "{http://www.w3.org/ns/SMIL}",
    "{http://www.idpf.org/2007/ops}",
)
ROWS = (("Place", "Oslo"), ("Wind", "35 knots")), (("Place", "Bergen"), ("Wind", "40 knots"))


def cue(number, text, block="paragraph", boundary="paragraph", **more):
    start = 2.0 + 3 * number
    words = tuple(Word(word, start + place / 10, start + place / 10 + 0.1) for place, word in enumerate(text.split()))
    return Cue(
        start=start, end=start + 2.5, speaker="Narrator", text=text, words=words, block=block, boundary=boundary, **more
    )


EDITION = Episode(
    guid="2d6b1f0c-4a51-5d0e-9d1f-0c8b3b1a7a11",
    name="2026-03-14-two",
    show="The <Harbour> & Co",
    title='Wind "&" <b>water</b>',
    day=date(2026, 3, 14),
    number=3,
    language="en-GB",
    enclosure=Enclosure(name="two-0123456789.mp3", media_type="audio/mpeg", length=40),
    duration=60.0,
    chapters=(),
    loudness=Loudness(integrated=-16.0, true_peak=-1.5, range=4.0),
    sources=(
        Source(title="Wind & weather", url="https://example.org/wind?a=1&b=2", byline="Ada <Reader>"),
        Source(title="Water", url="javascript:alert(1)", byline="Bo Writer"),
    ),
    segments=(
        Span(kind="opening", title="Opening", start=0.0, end=4.9),
        Span(kind="title", title="Wind & weather", start=5.0, end=7.9),
        Span(kind="body", title="Wind & weather", start=8.0, end=16.9),
        Span(kind="headlines", title="Headlines", start=17.0, end=25.9),
        Span(kind="title", title="Water", start=26.0, end=28.9),
        Span(kind="body", title="Water", start=29.0, end=40.0),
    ),
    cues=(
        cue(0, "Good morning.", boundary="segment"),
        cue(1, "Wind & weather", "heading", "heading"),
        cue(2, "It blows <hard>."),
        cue(3, "Place: Oslo, Wind: 35 knots", "item", "item"),
        cue(4, "Place: Bergen, Wind: 40 knots", "item", "item"),
        cue(5, "The bridge opens", "item", "item", url="https://example.org/bridge"),
        cue(6, "The pier closes", "item", "item", url="https://example.org/pier"),
        cue(7, "The bell rings", "item", "item"),
        cue(8, "Water", "heading", "heading"),
        cue(9, "It rises."),
        cue(10, "It falls again."),
    ),
)
ARTICLES = (
    Article(
        title="Wind & weather",
        blocks=tuple(
            Block(kind="item", text=", ".join(f"{name}: {cell}" for name, cell in row), cells=row) for row in ROWS
        ),
    ),
)


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    path = tmp_path_factory.mktemp("cover") / "cover-0123456789.jpg"
    path.write_bytes(cover(Channel(title="The Harbour"), None))
    return path


@pytest.fixture
def book(tmp_path, picture):
    """Write an episode as a book; gives it, open."""

    def book(episode=EDITION, articles=ARTICLES, shown=picture):
        audio = tmp_path / episode.enclosure.name
        audio.write_bytes(b"\xff\xfb\x50\xc4" + bytes(36))
        return ZipFile(write_epub(episode, articles, audio, shown, tmp_path / "book.epub"))

    return book


def read(found, name):
    return etree.fromstring(found.read(name))


def test_it_is_a_book_to_every_reader(book):
    found = book()
    first = found.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
    assert found.read("mimetype") == b"application/epub+zip"
    (root,) = read(found, "META-INF/container.xml").iter("{*}rootfile")
    package = read(found, root.get("full-path"))
    items = {each.get("id"): each for each in package.iter(f"{OPF}item")}
    assert {f"EPUB/{each.get('href')}" for each in items.values()} | {root.get("full-path")} == {
        name for name in found.namelist() if name.startswith("EPUB/")
    }
    spine = [each.get("idref") for each in package.iter(f"{OPF}itemref")]
    assert spine == ["story-1", "story-2", "story-3"]
    assert [items[items[name].get("media-overlay")].get("media-type") for name in spine] == ["application/smil+xml"] * 3
    assert package.findtext(".//{*}title") == 'Wind "&" <b>water</b>'
    assert [each.text for each in package.iter("{*}creator")] == ["Ada <Reader>", "Bo Writer"]
    assert [each.text for each in package.iter("{*}source")] == ["https://example.org/wind?a=1&b=2"]


@pytest.mark.parametrize("episode", [EDITION, "golden"])
def test_the_whole_recording_is_heard_and_each_sentence_is_lit_once(book, episode):
    episode = parse(Episode, GOLDEN.read_bytes(), GOLDEN) if episode == "golden" else episode
    found = book(episode)
    moments, total = [], 0.0
    for name in (each for each in found.namelist() if each.endswith(".smil")):
        page = read(found, name.replace(".smil", ".xhtml"))
        there = {each.get("id") for each in page.iter(f"{XHTML}span")} - {None}
        lit = [each.get("src") for each in read(found, name).iter(f"{SMIL}text")]
        stem = Path(name).stem
        assert sorted(lit) == sorted(f"{stem}.xhtml#{each}" for each in there)
        for each in read(found, name).iter(f"{SMIL}audio"):
            begin, end = (float(each.get(key).removesuffix("s")) for key in ("clipBegin", "clipEnd"))
            moments.append((begin, end))
            total += end - begin
    assert moments[0][0] == 0
    assert moments[-1][1] == pytest.approx(episode.duration, abs=0.001)
    assert all(one[1] == other[0] for one, other in pairwise(moments))
    assert total == pytest.approx(episode.duration, abs=0.001)
    durations = read(found, "EPUB/package.opf").xpath("//*[@property='media:duration' and not(@refines)]")
    assert float(durations[0].text.removesuffix("s")) == pytest.approx(total, abs=0.001)


def test_tables_lists_and_links_stay_what_they_are(book):
    page = read(book(), "EPUB/story-2.xhtml")
    rows = [["".join(cell.itertext()).strip() for cell in row] for row in page.iter(f"{XHTML}tr")]
    assert rows == [["Place", "Wind"], ["Oslo", "35 knots"], ["Bergen", "40 knots"]]
    assert ["".join(each.itertext()) for each in page.iter(f"{XHTML}li")] == [
        "The bridge opens",
        "The pier closes",
        "The bell rings",
    ]
    links = [each.get("href") for each in page.iter(f"{XHTML}a")]
    assert links == ["https://example.org/bridge", "https://example.org/pier", "https://example.org/wind?a=1&b=2"]
    assert not list(read(book(), "EPUB/story-3.xhtml").iter(f"{XHTML}a")), "an address that no reader may open"


def test_the_same_episode_is_the_same_bytes(book, tmp_path):
    book()
    first = (tmp_path / "book.epub").read_bytes()
    book()
    assert (tmp_path / "book.epub").read_bytes() == first


def test_without_a_cover_there_is_none(book):
    assert "EPUB/cover.jpg" not in book(shown=None).namelist()


def test_an_episode_without_words_is_refused_and_nothing_is_left(book, tmp_path):
    with pytest.raises(StoreError, match="has no transcript, so there is no book to read along"):
        book(replace(EDITION, cues=()))
    assert [path.suffix for path in tmp_path.iterdir()] == [".mp3"]


def test_a_recording_that_is_gone_is_told(tmp_path):
    with pytest.raises(StoreError, match="there is no such file"):
        write_epub(EDITION, (), tmp_path / "gone.mp3", None, tmp_path / "book.epub")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(
    not shutil.which("java") or not Path("/usr/bin/epubcheck").is_file(),
    reason="epubcheck is not installed (Debian: epubcheck)",
)
def test_epubcheck_finds_no_fault(book):
    found = book()
    checker = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", "/usr/bin/epubcheck", found.filename]
    done = subprocess.run(checker, capture_output=True, text=True, check=False)
    assert "No errors or warnings detected" in done.stdout, done.stderr

"""The picture of an episode: readable whatever its length, safe whatever its titles."""

import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from audioed import build, picture
from audioed.cli.app import app
from audioed.config import Mastering
from audioed.mastering.encode import decode, measure
from audioed.mastering.loudness import over_time
from audioed.model import Chapter, Cue, Span
from audioed.picture import lanes, measures
from audioed.picture.layout import chart, narrow_chart, poster
from audioed.picture.measures import Row, Waveform
from audioed.picture.palette import DAY, KINDS, NIGHT
from audioed.picture.shapes import Words, fitted, width_of
from audioed.sound import Recording
from tests.mp3 import encode
from tests.test_catalogue import built

MINUTE, HOUR = 60, 3600
LIMITS = Mastering()


@pytest.fixture
def episode(speech, silent):
    return build.master(speech, silent)


def lasting(episode, duration, chapters):
    """The episode drawn out to this length, with so many chapters and a cue every ten seconds."""
    starts = np.linspace(0, duration * 0.9, chapters).round()
    marks = tuple(Chapter(title=f"Chapter {n} with a name", start=float(start)) for n, start in enumerate(starts))
    cues = tuple(
        Cue(start=at, end=at + 9.0, speaker="Narrator", text="A text.") for at in np.arange(0, duration - 9, 10)
    )
    spans = tuple(
        Span(kind=kind, title=kind, start=duration * n / len(KINDS), end=duration * (n + 1) / len(KINDS))
        for n, kind in enumerate(KINDS)
    )
    return replace(episode, duration=duration, chapters=marks, cues=cues, segments=spans)


def sounding(duration):
    """Something to draw for it."""
    frames, tenths = int(duration / measures.FRAME), int(duration * 10)
    noise = np.random.default_rng(1).random(max(frames, tenths)).astype(np.float32)
    return Waveform(noise[:frames], noise[:frames] / 4, noise[:tenths] * 4 - 18, noise[:tenths] * 2 - 17)


@pytest.mark.parametrize(
    ("duration", "count", "length"),
    [
        (0.4, 1, 1.0),
        (MINUTE, 1, MINUTE),
        (12 * MINUTE, 1, 12 * MINUTE),
        (13 * MINUTE, 2, 7 * MINUTE),
        (24 * MINUTE, 3, 8 * MINUTE),
        (3 * HOUR, 6, 30 * MINUTE),
        (10 * HOUR, 5, 120 * MINUTE),
        (100 * HOUR, 50, 120 * MINUTE),
    ],
)
def test_a_long_episode_stands_in_rows_of_one_length(duration, count, length):
    rows = measures.rows(duration)
    assert (len(rows), rows[0].end - rows[0].start) == (count, length)
    assert rows[0].start == 0
    assert rows[-1].end == max(duration, 1.0)
    assert all(a.end == b.start for a, b in pairwise(rows))


def test_columns_are_made_of_the_values_in_them():
    values = np.array([0, 0, 4, 8, 1, 1], np.float32)
    assert measures.columns(values, 1.0, Row(0, 6), 3, measures.mean) == [0, 6, 1]
    assert measures.columns(values, 1.0, Row(2, 4), 4, measures.mean) == [4, 4, 8, 8]
    assert measures.columns(values, 1.0, Row(4, 9), 5, measures.mean) == [1, 1, 1, 1, 1]
    assert measures.columns(np.zeros(0, np.float32), 1.0, Row(0, 6), 2, measures.mean) == [0, 0]


def test_a_recording_is_measured_in_portions(tmp_path):
    samples = np.concatenate([np.zeros(70 * 1000), np.full(500, 16384)]).astype("<i2")
    (tmp_path / "x.pcm").write_bytes(samples.tobytes())
    recording = Recording(tmp_path / "x.pcm", 1000)
    found = measures.measured(recording, [(-20.0, -21.0), (-22.0, -23.0)])
    assert len(found.peaks) == len(found.levels) == 3525
    assert (found.peaks[:3500].max(), found.peaks[3500:].min(), found.levels[3524]) == (0, 0.5, 0.5)
    assert found.momentary.tolist() == [-20, -22]
    assert found.short_term.tolist() == [-21, -23]
    assert recording.duration == pytest.approx(70.5)
    assert np.array_equal(recording.levels(0.02), found.levels)


def test_the_loudness_over_time_is_that_of_the_meter(tmp_path):
    time = np.arange(44_100 * 10) / 44_100
    tone = 6_000 * np.sin(2 * np.pi * 997 * time)
    tone[44_100 * 5 : 44_100 * 6] = 0
    encode([tone.astype("<i2").tobytes()], tmp_path / "x.mp3", rate=44_100, bitrate=96)
    decode(tmp_path / "x.mp3", tmp_path / "x.pcm", 44_100)
    found = over_time(Recording(tmp_path / "x.pcm", 44_100))
    assert len(found) == pytest.approx(100, abs=1)
    assert found[45] == pytest.approx([measure(tmp_path / "x.mp3").integrated] * 2, abs=0.3)
    assert found[56][0] < -60
    assert -20 < found[56][1] < found[45][1] - 0.5


def boxes_of(drawing):
    """Left, right and base line of every text as it is drawn."""
    for each in drawing.shapes:
        if isinstance(each, Words):
            text = fitted(each.text, each.most, lambda some, each=each: width_of(some, each.size, bold=each.bold))
            width = width_of(text, each.size, bold=each.bold)
            left = each.x - {"start": 0, "middle": width / 2, "end": width}[each.anchor]
            yield left, left + width, each.y, each.size, text


@pytest.mark.parametrize(
    ("duration", "chapters"), [(20.0, 1), (61.0, 3), (9 * MINUTE, 40), (50 * MINUTE, 12), (3 * HOUR, 90), (9 * HOUR, 5)]
)
def test_no_label_lies_on_another_or_leaves_the_picture(episode, duration, chapters):
    long = lasting(episode, duration, chapters)
    for draw in (chart, narrow_chart, poster):
        drawing = draw(long, sounding(duration), LIMITS)
        texts = [each for each in boxes_of(drawing) if each[4]]
        assert len(texts) > 8
        for left, right, base, _size, _text in texts:
            assert left >= 0
            assert right <= drawing.width + 1
            assert 0 < base <= drawing.height
        for one, other in pairwise(sorted(texts, key=lambda each: (each[2], each[0]))):
            if abs(one[2] - other[2]) < other[3]:
                assert one[1] <= other[0] + 1, (one, other)


def test_every_kind_of_segment_has_its_colour_and_every_chapter_its_number(episode):
    long = lasting(episode, 9 * MINUTE, 5)
    drawing = poster(long, sounding(9 * MINUTE), LIMITS)
    assert {shape.colour for shape in drawing.shapes} >= set(KINDS.values())
    told = [text for *_, text in boxes_of(drawing)]
    assert all(told.count(str(number)) >= 2 for number in range(1, 6)), "at its place and in the list"
    assert lanes.kinds(long) == ["frame", "title", "body", "headlines", "promo"]


def linear(colour):
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(colour):
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


SIGHT = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""Machado, Oliveira and Fernandes 2009, severity 1."""


def seen(colour, sight):
    """A colour in CIELAB as somebody sees it."""
    xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    parts = np.array(xyz) @ np.clip(np.array(sight) @ linear(colour), 0, 1) / [0.9505, 1, 1.089]
    x, y, z = np.where(parts > 0.008856, np.cbrt(parts), 7.787 * parts + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("colours", "apart"), [(DAY, 25), (NIGHT, 20)])
def test_the_kinds_are_told_apart_by_everybody(colours, apart, sight):
    for one, other in combinations(set(KINDS.values()), 2):
        distance = np.linalg.norm(seen(colours[one], SIGHT[sight]) - seen(colours[other], SIGHT[sight]))
        assert distance >= apart - 0.5, (one, other)


@pytest.mark.parametrize("colours", [DAY, NIGHT])
def test_every_colour_stands_out_from_its_ground(colours):
    def contrast(name):
        high, low = sorted((luminance(colours[name]), luminance(colours["ground"])), reverse=True)
        return (high + 0.05) / (low + 0.05)

    assert all(contrast(name) >= 3 for name in {*KINDS.values(), "short", "target"})
    assert all(contrast(name) >= 4.5 for name in ("ink", "muted"))


@pytest.mark.parametrize(("colours", "scheme"), [(DAY, 0), (NIGHT, 1)])
def test_its_page_has_the_look_of_the_others(colours, scheme):
    look = (Path(picture.__file__).parents[1] / "templates" / "look.css").read_text("utf-8")
    for name, here in {"paper": "ground", "ink": "ink", "quiet": "muted", "line": "faint"}.items():
        assert re.findall(rf"--{name}: (#\w+)", look)[scheme] == colours[here]


class Page(HTMLParser):
    """What a page loads, and its tags that are not closed."""

    def __init__(self, text):
        super().__init__()
        self.loaded, self.open, self.text = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.loaded += [value for name, value in attrs if name in {"src", "href", "xlink:href", "data"}]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_the_page_loads_the_recording_and_nothing_else(episode):
    page = Page(picture.page(episode, sounding(9), LIMITS, "there/recording.mp3"))
    assert page.loaded == ["there/recording.mp3"]
    assert page.open == []
    assert "url(" not in page.text
    assert "@import" not in page.text


def test_what_comes_from_outside_is_escaped(episode):
    evil = "</title></svg><script>alert(1)</script>"
    changed = replace(
        episode,
        title=evil,
        show=evil,
        chapters=tuple(replace(each, title=evil) for each in episode.chapters),
        segments=tuple(replace(each, title=evil) for each in episode.segments),
    )
    text = picture.page(changed, sounding(9), LIMITS, '"><script>alert(2)</script>')
    assert "<script>alert" not in text
    assert "</svg><" not in text.replace("</svg></div>", "")


def test_the_page_knows_where_each_row_stands(episode):
    long = lasting(episode, 24 * MINUTE, 4)
    text = picture.page(long, sounding(24 * MINUTE), LIMITS, "x.mp3")
    known = json.loads(re.search(r'id="rows">(.*?)</script>', text)[1])
    assert [(row["start"], row["end"]) for row in known["rows"]] == [(0, 480), (480, 960), (960, 1440)]
    assert known["length"] == 480
    assert [float(start) for start in re.findall(r'data-start="([\d.]+)"', text)] == [c.start for c in long.chapters]


@pytest.mark.parametrize("duration", [20, 9 * MINUTE, 3 * HOUR])
def test_a_phone_is_shown_a_picture_of_its_own_width(episode, duration):
    long = lasting(episode, duration, 4)
    text = picture.page(long, sounding(duration), LIMITS, "x.mp3")
    wide, narrow = re.findall(r'<svg viewBox="0 0 (\d+) \d+"', text)
    assert int(narrow) <= 360 < int(wide)
    known = json.loads(re.search(r'id="rows">(.*?)</script>', text)[1])["narrow"]
    assert [known["rows"][0]["start"], known["rows"][-1]["end"]] == [0, duration]
    assert all(one["end"] == other["start"] for one, other in pairwise(known["rows"]))
    assert known["left"] + known["plot"] <= int(narrow)


def test_titles_in_any_script_and_of_any_length_are_painted(episode):
    titles = ("Größe & Öl", "日本語の記事", "Статья", "A " * 400, "")
    marks = tuple(Chapter(title=title, start=float(n)) for n, title in enumerate(titles))
    drawn = picture.png(replace(episode, title="Ναι, “so” it—is…", chapters=marks), sounding(9), LIMITS)
    with Image.open(io.BytesIO(drawn)) as image:
        assert image.format == "PNG"
        assert image.size[0] == 2400
        assert len(image.getcolors(1_000_000)) > 50


@pytest.mark.parametrize("lacks", [("cues",), ("chapters",), ("segments",), ("cues", "chapters", "segments")])
def test_an_episode_that_lacks_something_is_drawn_all_the_same(episode, lacks):
    bare = replace(episode, **dict.fromkeys(lacks, ()))
    assert picture.page(bare, sounding(9), LIMITS, "x").count("<svg") == 2
    assert picture.png(bare, sounding(9), LIMITS)


def test_the_same_episode_gives_the_same_bytes(episode):
    assert picture.png(episode, sounding(9), LIMITS) == picture.png(episode, sounding(9), LIMITS)
    assert picture.page(episode, sounding(9), LIMITS, "x") == picture.page(episode, sounding(9), LIMITS, "x")


def test_the_command_draws_a_real_episode(article, silent, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUDIOED_CACHE", str(tmp_path / "cache"))
    folder = silent.store.episode_folder(built([article], silent).name)
    asked = ["inspect", str(folder), "--html", "pages/one.html", "--png", "one.png"]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.split() == ["pages/one.html", "one.png"]
    (source,) = Page((tmp_path / "pages/one.html").read_text("utf-8")).loaded
    assert (tmp_path / "pages" / source).resolve() == next(folder.glob("*.mp3")).resolve()
    assert (tmp_path / "one.png").read_bytes().startswith(b"\x89PNG")
    assert not list(folder.glob("*.pcm"))
    assert (
        CliRunner().invoke(app, ["inspect", folder.name]).stdout.strip()
        == f"output/my-articles/{folder.name}/inspect.html"
    )


def test_an_episode_that_is_not_there_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["inspect", "nothing"])
    assert done.exit_code == 1
    assert done.stderr.startswith("audioed: nothing: no such episode; name its folder")

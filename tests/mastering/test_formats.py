"""The same recording in other formats, opened by others."""

import hashlib
import json
import re
import shutil
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from mutagen.flac import Picture
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

from audioed import build, mastering, producing, proving
from audioed.characters import within_bytes
from audioed.config import Mastering
from audioed.errors import MasteringError
from audioed.formats import FORMATS, Format
from audioed.mastering import alternates
from audioed.mastering.alternates import tag
from audioed.mastering.encode import decode, encode_as, measure
from audioed.mastering.finish import HEADROOM
from audioed.mastering.label import Label
from audioed.mastering.tag_mp4 import LONGEST_TITLE, chapter_list
from audioed.model import Channel, Chapter, Script, Source
from audioed.place import Listener
from audioed.verifying import seeking
from tests import once

ALL = ("mp3-small", "m4a", "opus")
NOTES = "Why rivers bend, von Bo Writer: https://example.org/rivers?a=1&b=2"
LONG = "Die Straße = 🚲; " * 20


@pytest.fixture(scope="module")
def written_once():
    with pytest.MonkeyPatch.context() as patch:
        once.encode_alternates(patch)
        yield alternates.encode_as


@pytest.fixture(autouse=True)
def encoder(request, monkeypatch, written_once):
    """The same sound is encoded once for all tests, but for those that ask for it `anew`."""
    monkeypatch.setattr(alternates, "encode_as", encode_as if "anew" in request.fixturenames else written_once)


@pytest.fixture
def anew():
    """Every file is encoded."""


@pytest.fixture
def place(silent):
    """Where every format is made."""
    return offering(silent, *ALL)


@pytest.fixture
def told(speech):
    """A speech with everything that tags tell."""
    source = Source(title="Why rivers bend", url="https://example.org/rivers?a=1&b=2", byline="Bo Writer")
    first, second = speech.script.segments
    segments = (first, replace(second, title=LONG))
    edition = replace(speech.script.edition, title="Flüsse\x00 & 🚲", number=7)
    script = replace(speech.script, sources=(source,), segments=segments, edition=edition, language="de-AT")
    return replace(speech, script=script)


def offering(place, *formats):
    return replace(place, config=replace(place.config, mastering=replace(place.config.mastering, formats=formats)))


def files(episode, place) -> dict[str, Path]:
    folder = place.store.episode_folder(episode.name)
    return dict(zip(ALL, (folder / each.name for each in episode.alternates), strict=True))


def probed(path: Path):
    if not (ffprobe := shutil.which("ffprobe")):
        pytest.skip("ffprobe is not installed; it comes with ffmpeg.")
    command = [ffprobe, "-v", "fatal", "-show_chapters", "-show_streams", "-of", "json", str(path)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def atoms(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the boxes of an MP4 file, in order (ISO 14496-12 section 4.2)."""
    place = 0
    while place < len(data):
        size = int.from_bytes(data[place : place + 4])
        yield data[place + 4 : place + 8].decode("latin-1"), data[place + 8 : place + size]
        place += size


def test_the_table_has_every_format_that_a_show_may_ask_for():
    assert set(get_args(get_args(Mastering.__annotations__["formats"])[0])) == set(FORMATS) >= set(ALL)


def test_every_bitrate_that_a_show_may_have_has_its_headroom():
    assert set(get_args(Mastering.__annotations__["bitrate"])) == set(HEADROOM)


def test_every_format_meets_the_target_and_lasts_as_long_as_the_episode(speech, place, tmp_path):
    episode = build.master(speech, place)
    for file in files(episode, place).values():
        heard = measure(file)
        assert heard.integrated == pytest.approx(-16.0, abs=0.5), file
        assert heard.true_peak <= -1.0, file
        decode(file, tmp_path / "sound", 48_000)
        assert (tmp_path / "sound").stat().st_size / 2 / 48_000 == pytest.approx(episode.duration, abs=0.02), file


@pytest.mark.usefixtures("anew")
def test_the_same_speech_gives_the_same_bytes(speech, place):
    assert build.master(speech, place).alternates == build.master(speech, place).alternates


def test_neither_date_nor_version_of_an_encoder_enters_a_file(speech, place):
    for name, file in files(build.master(speech, place), place).items():
        data = file.read_bytes()
        assert not re.search(rb"Lav[cf]\d", data), name  # LAME fills its frames with its own name
    assert data[14:18] == bytes(4)  # the serial number of the Ogg stream


def test_the_integrity_is_that_of_the_bytes(speech, place):
    episode = build.master(speech, place)
    folder = place.store.episode_folder(episode.name)
    for each in (episode.enclosure, *episode.alternates):
        data = (folder / each.name).read_bytes()
        assert each.integrity == "sha256-" + b64encode(hashlib.sha256(data).digest()).decode()
        assert each.length == len(data)


def test_files_are_named_for_their_content_and_two_mp3s_stand_side_by_side(speech, place):
    episode = build.master(speech, place)
    names = [each.name for each in (episode.enclosure, *episode.alternates)]
    assert [name.rpartition(".")[2] for name in names] == ["mp3", "mp3", "m4a", "opus"]
    assert len(set(names)) == len(names)
    assert all(name.startswith(f"{episode.name}-") for name in names)
    assert [each.bitrate for each in (episode.enclosure, *episode.alternates)][:2] == [96_000, 64_000]
    assert all(10_000 < each.bitrate < 90_000 for each in episode.alternates)


def test_the_mp3_is_the_same_whatever_is_made_beside_it(speech, place, silent):
    assert build.master(speech, place).enclosure == build.master(speech, silent).enclosure


def test_a_format_that_is_named_twice_is_made_once(speech, silent):
    assert len(build.master(speech, offering(silent, "opus", "opus")).alternates) == 1


def test_every_format_has_the_chapters_of_the_mp3(told, place):
    episode = build.master(told, place)
    folder = place.store.episode_folder(episode.name)
    expected = [(chapter.start, chapter.title.strip()) for chapter in episode.chapters]
    assert len(expected) == 2
    for each in (episode.enclosure, *episode.alternates):
        seen = probed(folder / each.name)
        found = [(float(one["start_time"]), one["tags"]["title"].strip()) for one in seen["chapters"]]
        if each.name.endswith(".m4a"):
            assert found == [(start, within_bytes(title, LONGEST_TITLE)) for start, title in expected]
        else:
            assert found == expected
        assert float(seen["chapters"][-1]["end_time"]) == pytest.approx(episode.duration, abs=0.01)


def test_an_m4a_file_plays_while_it_loads_and_has_both_sorts_of_chapters(told, place):
    data = files(build.master(told, place), place)["m4a"].read_bytes()
    top = dict(atoms(data))
    assert [name for name, _ in atoms(data) if name in {"moov", "mdat"}] == ["moov", "mdat"]
    tracks = [dict(atoms(content)) for name, content in atoms(top["moov"]) if name == "trak"]
    handlers = [dict(atoms(track["mdia"]))["hdlr"][8:12] for track in tracks]
    assert handlers == [b"soun", b"text"]
    assert dict(atoms(tracks[0]["tref"]))["chap"] == bytes((0, 0, 0, 2))
    listed = dict(atoms(dict(atoms(top["moov"]))["udta"]))["chpl"]
    assert listed[8] == 2
    title = listed[9 + 8 + 1 + len("Opening") + 8 + 1 :]
    assert title.decode() == within_bytes(" ".join(LONG.split()), LONGEST_TITLE)
    assert len(title) <= LONGEST_TITLE


def test_a_listener_of_the_m4a_file_is_told_everything(told, place):
    episode = build.master(told, place)
    tags = MP4(files(episode, place)["m4a"]).tags
    assert tags["\xa9nam"] == ["Flüsse & 🚲"]
    assert tags["\xa9alb"] == tags["\xa9ART"] == tags["aART"] == ["My articles"]
    assert tags["\xa9day"] == ["2026-03-14"]
    assert tags["trkn"] == [(7, 0)]
    assert tags["\xa9gen"] == ["Podcast"]
    assert tags["desc"] == tags["ldes"] == tags["\xa9cmt"] == [NOTES]
    assert tags["\xa9lyr"] == [told.script.text]
    assert tags["catg"] == ["News"]
    assert tags["pcst"] is True
    assert bytes(tags["covr"][0]).startswith(b"\xff\xd8")
    assert probed(files(episode, place)["m4a"])["streams"][0]["tags"]["language"] == "deu"


def test_a_listener_of_the_opus_file_is_told_everything(told, place):
    file = OggOpus(files(build.master(told, place), place)["opus"])
    tags = file.tags
    expected = {
        "TITLE": "Flüsse & 🚲",
        "ALBUM": "My articles",
        "ARTIST": "My articles",
        "ALBUMARTIST": "My articles",
        "DATE": "2026-03-14",
        "TRACKNUMBER": "7",
        "GENRE": "Podcast",
        "LANGUAGE": "deu",
        "DESCRIPTION": NOTES,
        "LYRICS": told.script.text,
        "CHAPTER000": "00:00:00.000",
        "CHAPTER000NAME": "Opening",
        "CHAPTER001NAME": " ".join(LONG.split()),
        "CHAPTER001URL": "https://example.com",
    }
    assert {key: tags[key] for key in expected} == {key: [value] for key, value in expected.items()}
    assert Picture(b64decode(tags["METADATA_BLOCK_PICTURE"][0])).data.startswith(b"\xff\xd8")
    keys = [key for key, _ in tags]
    assert keys.index("CHAPTER001") < keys.index("METADATA_BLOCK_PICTURE")
    assert file.info.channels == 1


def test_a_recording_without_chapters_or_sources_has_no_tags_for_them(speech, place):
    segments = tuple(replace(each, chapter=False) for each in speech.script.segments)
    plain = replace(speech, script=replace(speech.script, segments=segments))
    made = files(build.master(plain, place), place)
    assert not [key for key, _ in OggOpus(made["opus"]).tags if key.startswith("CHAPTER")]
    assert "desc" not in MP4(made["m4a"]).tags
    assert probed(made["m4a"])["chapters"] == []


def test_a_title_cannot_end_its_line_in_the_list_of_chapters(speech):
    chapters = (Chapter(title="a=b; #c \\\n[CHAPTER]\nSTART=9", start=0.0), Chapter(title="", start=2.0))
    label = Label(script=speech.script, show=Channel(), chapters=chapters, duration=3.0, cover=b"")
    assert chapter_list(label).splitlines()[5] == r"title=a\=b\; \#c \\ [CHAPTER] START\=9"
    assert chapter_list(label).count("\n[CHAPTER]\n") == 2


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("x" * 127, "x" * 127),
        ("A heading of very " + "many words, " * 12, "A heading of very " + "many words, " * 8 + "many…"),
        ("Über " * 30, ("Über " * 20).strip() + "…"),
        ("A " + "长" * 60, "A " + "长" * 40 + "…"),
    ],
)
def test_a_chapter_has_as_much_of_its_heading_as_players_take(speech, heading, shown):
    chapter = Chapter(title=heading[:10], heading=heading.strip(), start=0.0)
    label = Label(script=speech.script, show=Channel(), chapters=(chapter,), duration=3.0, cover=b"")
    assert chapter_list(label).splitlines()[-1] == f"title={shown}"
    assert len(shown.encode()) <= LONGEST_TITLE
    assert label.stops == ((0.0, chapter.whole, ""),)


def test_all_files_agree_on_the_number_of_chapters(speech):
    chapters = tuple(Chapter(title=f"Chapter {number}", start=float(number)) for number in range(300))
    label = Label(script=speech.script, show=Channel(), chapters=chapters, duration=300.0, cover=b"")
    assert len(label.stops) == 255
    assert chapter_list(label).count("[CHAPTER]") == 255


@pytest.mark.parametrize("text", ["ä" * 64, "x" * 128, "🚲" * 40, "a" + "🚲" * 40])
def test_a_title_is_cut_between_characters(text):
    assert len(within_bytes(text, LONGEST_TITLE).encode()) <= LONGEST_TITLE
    assert within_bytes(text, LONGEST_TITLE).endswith("…")
    assert text.startswith(within_bytes(text, LONGEST_TITLE)[:-1])


def test_a_file_that_misses_its_target_is_encoded_again(speech, silent, monkeypatch):
    wrong = replace(FORMATS["opus"], gain=4.0, headroom=-3.0)
    monkeypatch.setitem(FORMATS, "opus", wrong)
    place = offering(silent, "opus")
    episode = build.master(speech, place)
    heard = measure(place.store.episode_folder(episode.name) / episode.alternates[0].name)
    assert heard.integrated == pytest.approx(-16.0, abs=0.5)
    assert heard.true_peak <= -1.0


def test_what_stops_between_two_formats_leaves_nothing(speech, place):
    class Stopped(Listener):
        def progress(self, share, *_):
            if share > 0.9:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build.master(speech, place, Stopped())
    assert list(place.store.episode_folder("three").iterdir()) == []


def test_the_share_that_is_done_is_that_of_all_files(speech, place):
    shares = []

    class Heard(Listener):
        def progress(self, share, *_):
            shares.append(share)

    build.master(speech, place, Heard())
    assert max(shares) == pytest.approx(1.0)
    assert shares[-1] > 0.7
    assert shares[0] < 0.25


def test_sweeping_keeps_every_format_and_removes_earlier_ones(speech, place, silent):
    episode = build.master(speech, place)
    folder = place.store.episode_folder(episode.name)
    old = folder / f"{episode.name}-0123456789.opus"
    old.write_bytes(b"old")
    place.store.sweep(episode.name)
    assert not old.exists()
    assert all(file.is_file() for file in files(episode, place).values())
    silent.store.forget(build.master(speech, silent).name)  # the show offers no other format any more
    assert [path.name for path in folder.glob("three-*")] == [episode.enclosure.name]


def test_the_same_file_twice_is_refused_before_any_work():
    settings = Mastering(bitrate=64, formats=("mp3-small",))
    with pytest.raises(MasteringError, match="take one of the two out"):
        mastering.validate(settings)
    mastering.validate(replace(settings, bitrate=96))


@pytest.mark.parametrize("name", ["m4a", "opus"])
def test_a_file_that_is_none_of_its_kind_is_explained(speech, tmp_path, name):
    path = tmp_path / "episode"
    path.write_bytes(b"nonsense" * 100)
    label = Label(script=speech.script, show=Channel(), chapters=(), duration=1.0, cover=b"")
    with pytest.raises(MasteringError, match="could not be tagged"):
        tag(FORMATS[name], path, label)


ADDED = {
    "flac": Format(
        called="FLAC",
        suffix=".flac",
        media_type="audio/flac",
        container="xiph",
        encoder=("-c:a", "flac", "-f", "flac"),
        headroom=1.0,
    ),
    "vorbis": Format(
        called="Vorbis",
        suffix=".ogg",
        media_type="audio/ogg",
        codecs="vorbis",
        container="xiph",
        kilobits=64,
        encoder=("-map_metadata", "-1", "-c:a", "libvorbis", "-f", "ogg"),
        headroom=3.0,
    ),
    "m4b": replace(FORMATS["m4a"], suffix=".m4b", headroom=3.0),
    "mp3-large": replace(FORMATS["mp3-small"], kilobits=128),
}


def test_a_format_that_is_added_is_a_row_and_is_tagged_proven_and_announced(article, silent, monkeypatch):
    for name, kind in ADDED.items():
        monkeypatch.setitem(FORMATS, name, kind)
    monkeypatch.setattr(seeking, "PLACES", 1)  # of ten, each of which takes an ffmpeg
    place = offering(silent, *ADDED)
    patient = replace(place.config.mastering, tolerance=3.0)  # no file is encoded twice
    place = replace(place, config=replace(place.config, mastering=patient))
    episode = producing.produce([article], build.Wish(today=date(2026, 3, 14)), place)
    folder = place.store.episode_folder(episode.name)
    found = proving.verify(episode, place.store.load(Script, folder / "script.json"), folder, place)
    assert found.findings == ()
    (agree,) = (rule for rule in found.rules if rule.name == "chapters agree")
    feed = (folder.parent / "public" / "feed.xml").read_text("utf-8")
    for kind in ADDED.values():
        proven = {rule.name.partition(": ")[2] for rule in found.rules if rule.name.startswith(f"{kind.suffix[1:]}: ")}
        assert proven >= {"size", "hash", "tags", "decodes", "duration", "jumps", "loudness", "true peak"}
        assert (kind.suffix[1:].upper() if kind.encoder else "small ID3") in agree.told
        assert f'type="{kind.media_type}"' in feed
        assert f'title="{kind.called}, ' in feed
        assert not kind.codecs or f'codecs="{kind.codecs}"' in feed

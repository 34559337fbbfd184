import io
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import pytest
from mutagen.id3 import ID3, CTOCFlags
from mutagen.mp3 import MP3
from PIL import Image

from audioed.errors import MasteringError
from audioed.mastering.cover import cover, embedded
from audioed.mastering.label import LARGEST_TRANSCRIPT, Label, language_code
from audioed.mastering.tag import LARGEST_PICTURES, tag
from audioed.model import Channel, Chapter, Edition, Script, Segment, Source, Utterance

SHOW = Channel(title="Der Morgen – gelesen", author="Ada Reader")
SCRIPT = Script(
    edition=Edition(show=SHOW.title, day=date(2026, 11, 5), title="Flüsse & 🚲", name="2026-11-05-fluesse", number=7),
    language="de-AT",
    sources=(
        Source(title="A local note", name="note.md"),
        Source(title="Why rivers bend", url="https://example.org/rivers?a=1&b=2", byline="Bo Writer"),
    ),
)
CHAPTERS = (
    Chapter(title="Opening", start=0.0),
    Chapter(title="Why rivers bend", start=1.0, url="https://example.org/rivers?a=1&b=2"),
    Chapter(title="Die Straße 🚲", start=2.25, url="https://example.org/straße"),
)


@pytest.fixture(scope="session")
def sine(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Four seconds of a real MP3 without any tag."""
    path = tmp_path_factory.mktemp("sine") / "sine.mp3"
    command = "-v error -f lavfi -i sine=440:duration=4 -ac 1 -b:a 64k -write_id3v2 0 -id3v2_version 0 -map_metadata -1"
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), *command.split(), str(path)], check=True)
    return path.read_bytes()


@pytest.fixture
def recording(sine: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "episode.mp3"
    path.write_bytes(sine)
    return path


@pytest.fixture(scope="session")
def picture() -> bytes:
    return embedded(cover(SHOW))


def saying(script: Script, said: str) -> Script:
    utterances = [Utterance(written=each, spoken=each) for each in said.split("\n\n") if each]
    segments = tuple(Segment(kind="body", title="", utterances=(each,)) for each in utterances)
    return replace(script, segments=segments)


@pytest.fixture
def tagged(recording: Path, picture: bytes) -> Callable[..., ID3]:
    def tagged(said: str = "Flüsse sind „krumm“.\n\nUnd Straßen auch.", **changes: Any) -> ID3:
        label = Label(script=SCRIPT, show=SHOW, chapters=CHAPTERS, duration=4.0, cover=picture)
        label = replace(label, **changes)
        tag(recording, replace(label, script=saying(label.script, said)))
        return ID3(recording, translate=False)

    return tagged


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ("TIT2", "Flüsse & 🚲"),
        ("TALB", "Der Morgen – gelesen"),
        ("TPE1", "Ada Reader"),
        ("TPE2", "Ada Reader"),
        ("TYER", "2026"),
        ("TDAT", "0511"),
        ("TRCK", "7"),
        ("TCON", "Podcast"),
        ("TLAN", "deu"),
        ("TCAT", "News"),
        ("WOAS", "https://example.org/rivers?a=1&b=2"),
        ("COMM::deu", "A local note\nWhy rivers bend, von Bo Writer: https://example.org/rivers?a=1&b=2"),
        ("TDES", "A local note\nWhy rivers bend, von Bo Writer: https://example.org/rivers?a=1&b=2"),
        ("USLT::deu", "Flüsse sind „krumm“.\n\nUnd Straßen auch."),
    ],
)
def test_a_player_reads_what_was_written(tagged, frame, expected):
    assert str(tagged()[frame]) == expected


def test_the_tags_are_version_2_3_and_the_sound_is_untouched(tagged, recording, sine):
    assert tagged().version == (2, 3, 0)
    assert recording.read_bytes().endswith(sine)
    assert MP3(recording).info.length == pytest.approx(4.0, abs=0.1)


def test_every_chapter_has_a_frame_with_its_times_title_and_address(tagged):
    tags = tagged()
    frames = [tags[f"CHAP:chp{number}"] for number in range(3)]
    assert [(each.start_time, each.end_time) for each in frames] == [(0, 1000), (1000, 2250), (2250, 4000)]
    assert {each.start_offset for each in frames} | {each.end_offset for each in frames} == {0xFFFFFFFF}
    assert [str(each.sub_frames["TIT2"]) for each in frames] == ["Opening", "Why rivers bend", "Die Straße 🚲"]
    assert [[str(link) for link in each.sub_frames.getall("WXXX")] for each in frames] == [
        [],
        ["https://example.org/rivers?a=1&b=2"],
        [],
    ]


def test_one_table_of_contents_lists_every_chapter_in_order(tagged):
    [contents] = tagged().getall("CTOC")
    assert contents.flags == CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    assert contents.child_element_ids == ["chp0", "chp1", "chp2"]


def test_chapters_stand_in_the_file_in_order_of_time(tagged, recording):
    chapters = tuple(Chapter(title="x" * (20 - number), start=float(number)) for number in range(20))
    tagged(chapters=chapters)
    data = recording.read_bytes()
    places = [data.index(b"chp%d\0" % number + (number * 1000).to_bytes(4)) for number in range(20)]
    assert places == sorted(places)


def test_a_chapter_has_its_whole_heading(tagged):
    whole = "Headlines: two pilot boats in the northern district switch to batteries"
    frames = tagged(chapters=(Chapter(title="Headlines", heading=whole, start=0.0),)).getall("CHAP")
    assert [str(frame.sub_frames.getall("TIT2")[0]) for frame in frames] == [whole]


def test_the_cover_is_a_small_front_cover(tagged, picture):
    [front] = tagged().getall("APIC")
    assert (front.type, front.mime, front.data) == (3, "image/jpeg", picture)
    assert max(Image.open(io.BytesIO(front.data)).size) <= 1400


def test_a_cover_too_large_for_a_tag_is_made_smaller(tagged):
    [front] = tagged(cover=cover(SHOW)).getall("APIC")
    assert len(front.data) <= 100_000


def test_the_same_words_give_the_same_bytes(tagged, recording, sine):
    tagged()
    first = recording.read_bytes()
    recording.write_bytes(sine)
    tagged()
    assert recording.read_bytes() == first


def test_earlier_tags_are_replaced_and_nothing_of_them_stays(tagged, recording):
    tagged()
    first = recording.read_bytes()
    tagged(
        script=replace(SCRIPT, edition=replace(SCRIPT.edition, title="Another title " * 400)),
        chapters=CHAPTERS * 9,
        said="Other words",
    )
    tagged()
    assert recording.read_bytes() == first


def test_what_an_edition_does_not_have_gets_no_frame(tagged):
    tags = tagged(script=replace(SCRIPT, sources=()), chapters=(), cover=b"", said="")
    assert {"COMM", "TDES", "WOAS", "USLT", "APIC", "CHAP", "CTOC"}.isdisjoint(key[:4] for key in tags)


def test_a_transcript_that_would_delay_the_sound_is_left_out(tagged):
    assert not tagged(said="x" * LARGEST_TRANSCRIPT).getall("USLT")


def test_control_characters_do_not_reach_the_tags(tagged):
    edition = replace(SCRIPT.edition, title="One\x00Two\ud800\x1b")
    tags = tagged(script=replace(SCRIPT, edition=edition), said="a\x00b\ud83d")
    assert (str(tags["TIT2"]), str(tags["USLT::deu"])) == ("OneTwo", "ab")


def test_more_chapters_than_a_table_of_contents_can_count_do_not_break_it(tagged):
    chapters = tuple(Chapter(title=f"Chapter {number}", start=number / 100) for number in range(300))
    assert len(tagged(chapters=chapters).getall("CTOC")[0].child_element_ids) == 255


def test_a_file_that_cannot_be_written_is_explained(tmp_path):
    label = Label(script=SCRIPT, show=SHOW, chapters=(), duration=1.0, cover=b"")
    with pytest.raises(MasteringError, match="could not be tagged"):
        tag(tmp_path / "missing" / "a.mp3", label)


@pytest.mark.parametrize(("tongue", "code"), [("en", "eng"), ("de-AT", "deu"), ("pt_BR", "por"), ("xx", "und")])
def test_languages_have_three_letters(tongue, code):
    assert language_code(tongue) == code


def test_ffprobe_sees_the_same_chapters(tagged, recording):
    if not (ffprobe := shutil.which("ffprobe")):
        pytest.skip("ffprobe is not installed; it comes with ffmpeg.")
    tagged()
    command = [ffprobe, "-v", "error", "-show_chapters", "-show_format", "-of", "json", str(recording)]
    run = subprocess.run(command, capture_output=True, check=True)
    assert run.stderr == b""
    seen = json.loads(run.stdout)
    assert [(each["start_time"], each["tags"]["title"]) for each in seen["chapters"]] == [
        ("0.000000", "Opening"),
        ("1.000000", "Why rivers bend"),
        ("2.250000", "Die Straße 🚲"),
    ]
    assert seen["chapters"][-1]["end_time"] == "4.000000"
    assert seen["format"]["tags"]["title"] == "Flüsse & 🚲"


def test_mp3val_finds_nothing_to_complain_about(tagged, recording):
    if not (mp3val := shutil.which("mp3val")):
        pytest.skip("mp3val is not installed.")
    tagged()
    said = subprocess.run([mp3val, str(recording)], capture_output=True, text=True, check=True).stdout
    assert "WARNING" not in said
    assert "ERROR" not in said


def test_each_chapter_has_its_picture_unless_all_are_too_large(tagged, picture):
    pictures = (picture, b"", picture)
    frames = [tagged(pictures=pictures)[f"CHAP:chp{number}"] for number in range(3)]
    assert [[each.data for each in frame.sub_frames.getall("APIC")] for frame in frames] == [[picture], [], [picture]]
    assert tagged(pictures=(bytes(LARGEST_PICTURES), b"x"))["CHAP:chp0"].sub_frames.getall("APIC") == []

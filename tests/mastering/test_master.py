"""A finished recording, opened by others."""

import io
import json
import shutil
import subprocess
from dataclasses import replace

import pytest

from audioed import build, mastering, producing
from audioed.errors import FfmpegError, LoudnessError, MasteringError, SynthesisError
from audioed.mastering import finish
from audioed.mastering.encode import measure
from audioed.model import Loudness
from tests.mp3 import encode


def test_the_encoded_file_meets_its_target(speech, silent):
    episode = build.master(speech, silent)
    file = silent.store.episode_folder("three") / episode.enclosure.name
    assert file.stat().st_size == episode.enclosure.length
    read = measure(file)
    assert read.integrated == pytest.approx(episode.loudness.integrated, abs=0.1)
    assert read.true_peak == pytest.approx(episode.loudness.true_peak, abs=0.06)
    assert read.range == pytest.approx(episode.loudness.range, abs=1.0)
    assert episode.loudness.integrated == pytest.approx(-16.0, abs=0.3)
    assert episode.loudness.true_peak <= -1.0


def test_the_episode_has_a_cover_of_its_own_and_carries_it(speech, silent):
    from mutagen.id3 import ID3
    from PIL import Image, ImageChops

    episode = build.master(speech, silent)
    folder = silent.store.episode_folder("three")
    own = Image.open(folder / episode.cover)
    [carried] = ID3(folder / episode.enclosure.name).getall("APIC")
    carried = Image.open(io.BytesIO(carried.data))
    apart = ImageChops.difference(carried, own.resize(carried.size))
    assert sum(apart.convert("L").histogram()[60:]) < 0.01 * 600 * 600
    assert (silent.store.show_folder / "cover.jpg").is_file()


def picture(pixels: int) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.effect_noise((pixels, pixels), 50).save(file, "JPEG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("image", "told"),
    [(None, "does not exist"), (b"no image", "cannot be read"), (picture(64)[:900], "cannot be read")],
)
def test_a_cover_of_the_shows_own_that_is_none_is_told_before_anything_is_spoken(script, silent, tmp_path, image, told):
    if image is not None:
        (tmp_path / "mine.png").write_bytes(image)
    settings = replace(silent.config, show=replace(silent.config.show, cover="mine.png"))
    with pytest.raises(MasteringError, match=told):
        producing.rebuild(script, replace(silent, config=settings))
    assert not list(silent.store.cache.folder.rglob("*.wav"))


def test_an_edition_that_cannot_be_spoken_leaves_the_cover_as_it_is(script, silent, monkeypatch):
    producing.rebuild(script, silent)
    cover = silent.store.show_folder / "cover.jpg"
    before = cover.read_bytes()
    (silent.store.home / "other.jpg").write_bytes(picture(1400))
    place = replace(silent, config=replace(silent.config, show=replace(silent.config.show, cover="other.jpg")))

    def refused(*_: object) -> None:
        raise SynthesisError("no voice")

    monkeypatch.setattr(build, "speak", refused)
    with pytest.raises(SynthesisError):
        producing.rebuild(script, place)
    assert cover.read_bytes() == before
    monkeypatch.undo()
    producing.rebuild(script, place)
    assert cover.read_bytes() != before


def test_the_same_speech_gives_the_same_bytes(speech, silent):
    assert build.master(speech, silent) == build.master(speech, silent)


@pytest.mark.skipif(not shutil.which("ffprobe"), reason="ffprobe is not installed")
def test_ffprobe_sees_a_mono_cbr_mp3_with_its_chapters(speech, silent):
    episode = build.master(speech, silent)
    file = silent.store.episode_folder("three") / episode.enclosure.name
    command = [
        shutil.which("ffprobe"),
        "-v",
        "error",
        "-show_format",
        "-show_streams",
        "-show_chapters",
        "-of",
        "json",
        str(file),
    ]
    seen = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    audio = seen["streams"][0]
    assert (audio["codec_name"], audio["sample_rate"], audio["channels"]) == ("mp3", "44100", 1)
    assert audio["bit_rate"] == "96000"
    assert [float(c["start_time"]) for c in seen["chapters"]] == [c.start for c in episode.chapters]
    assert float(seen["format"]["duration"]) == pytest.approx(episode.duration, abs=0.1)


@pytest.mark.skipif(not shutil.which("mp3val"), reason="mp3val is not installed")
def test_mp3val_has_nothing_to_warn_of(speech, silent):
    episode = build.master(speech, silent)
    file = silent.store.episode_folder("three") / episode.enclosure.name
    told = subprocess.run([shutil.which("mp3val"), str(file)], capture_output=True, check=True, text=True).stdout
    assert "WARNING" not in told
    assert "CBR" in told


def test_a_target_that_cannot_be_met_is_told_and_leaves_nothing(speech, silent):
    settings = replace(silent.config, mastering=replace(silent.config.mastering, loudness=-2.0, true_peak=-9.0))
    with pytest.raises(LoudnessError, match="choose a lower loudness"):
        build.master(speech, replace(silent, config=settings))
    assert list(silent.store.episode_folder("three").iterdir()) == []


def test_a_clip_that_is_gone_is_told(speech, silent):
    for clip in silent.store.cache.folder.rglob("*.wav"):
        clip.unlink()
    with pytest.raises(MasteringError, match="speak the script again"):
        build.master(speech, silent)


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(FfmpegError, match=r"one\.mp3"):
        encode([bytes(2000)], tmp_path / "no" / "one.mp3", rate=44_100, bitrate=96)


def test_what_the_show_tolerates_is_kept_when_no_better_encoding_succeeds(speech, silent, monkeypatch):
    tries = []
    whole = finish.all_made

    def once(*each):
        tries.append(each)
        if len(tries) > 1:
            raise LoudnessError("a part of the recording peaks.")
        yield from whole(*each)

    monkeypatch.setattr(finish, "all_made", once)
    read = Loudness(integrated=-16.2, true_peak=-1.5, range=3.0)
    monkeypatch.setattr(finish, "metered", lambda *_: read)
    assert mastering.master(speech, build.prepare(speech.script, silent), silent.store).loudness == read
    assert len(tries) == 2

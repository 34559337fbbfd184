"""Where there is no ffmpeg, libsndfile reads what it can; the rest is refused with the command that mends it."""

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from audioed.errors import FfmpegError
from audioed.formats import FORMATS
from audioed.machine import program
from audioed.mastering import encode, reader
from audioed.mastering.lame import frames_of
from audioed.sound import pcm
from audioed.verifying.frames import frames

RATE = 44_100
SPEECHLIKE = np.random.default_rng(7).normal(0, 0.05, 6 * RATE).astype(np.float32)
KINDS = {
    "mp3": ("-c:a", "libmp3lame"),
    "opus": ("-c:a", "libopus"),
    "ogg": ("-c:a", "libvorbis"),
    "flac": ("-c:a", "flac"),
    "wav": ("-ac", "2"),
    "aiff": (),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A tone that comes and goes, in each kind of file."""
    folder = tmp_path_factory.mktemp("kinds")
    time = np.arange(6 * RATE) / RATE
    tone = (0.3 * np.sin(2 * np.pi * (300 + 60 * time) * time) * (0.5 + 0.5 * np.sin(time * 5))).astype(np.float32)
    for kind in [*KINDS, "m4a"]:
        command = [
            encode.ffmpeg(),
            *encode.QUIET,
            "-v",
            "error",
            "-f",
            "s16le",
            "-ar",
            f"{RATE}",
            "-ac",
            "1",
            "-i",
            "-",
        ]
        subprocess.run([*command, *KINDS.get(kind, ()), str(folder / f"tone.{kind}")], input=pcm(tone), check=True)
    return folder


@pytest.fixture
def without_ffmpeg(monkeypatch):
    def missing() -> str:
        raise FfmpegError("ffmpeg is not installed.")

    monkeypatch.setattr(encode, "ffmpeg", missing)


def heard(data: bytes):
    return np.frombuffer(data, "<i2").astype(np.float32) / 32_768


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_sounds_alike_whoever_reads_it(files, kind, tmp_path, monkeypatch):
    file = files / f"tone.{kind}"
    told = []
    for reads in (encode.ffmpeg, lambda: (_ for _ in ()).throw(FfmpegError("none"))):
        monkeypatch.setattr(encode, "ffmpeg", reads)
        assert reader.decode(file, tmp_path / "whole.pcm", RATE) == ()
        whole = heard((tmp_path / "whole.pcm").read_bytes())
        told.append((whole, heard(reader.since(file, 2.0, 1.0, RATE)), reader.measure(file, RATE)))
    (theirs, from_theirs, meter), (ours, from_ours, our_meter) = told
    assert len(ours) == pytest.approx(len(theirs), abs=RATE / 50)
    both = slice(0, min(len(ours), len(theirs)))
    assert np.abs(ours[both] - theirs[both]).max() < 0.01
    settled = slice(RATE // 5, min(len(from_ours), len(from_theirs)))
    assert np.abs(from_ours[settled] - from_theirs[settled]).max() < 0.01
    assert our_meter.true_peak == pytest.approx(meter.true_peak, abs=0.15)
    if kind != "wav":  # which has two channels, as no recording of ours
        assert our_meter.integrated == pytest.approx(meter.integrated, abs=0.15)


@pytest.mark.usefixtures("without_ffmpeg")
def test_half_of_an_mp3_is_heard_and_half_of_nothing_is_silence(tmp_path):
    file = tmp_path / "x.mp3"
    file.write_bytes(frames_of([pcm(SPEECHLIKE)], rate=RATE, bitrate=96))
    start = int(frames(file).starts[len(frames(file).starts) // 2])
    assert len(heard(reader.excerpt(file, start, file.stat().st_size, RATE))) == pytest.approx(3 * RATE, rel=0.05)
    assert reader.excerpt(file, 0, 0, RATE) == b""


@pytest.mark.usefixtures("without_ffmpeg")
@pytest.mark.parametrize(
    "reads",
    [
        lambda file: reader.sound(file, RATE, 30),
        lambda file: reader.decode(file, file.with_suffix(".pcm"), RATE),
        lambda file: reader.measure(file, RATE),
        lambda file: reader.since(file, 1.0, 1.0, RATE),
    ],
)
def test_what_only_ffmpeg_reads_is_refused_with_the_command(files, reads):
    with pytest.raises(FfmpegError, match=r'pip install "audioed\[formats\]"'):
        reads(files / "tone.m4a")


def test_what_only_ffmpeg_reads_is_read_with_it(files):
    assert len(reader.sound(files / "tone.m4a", RATE, 30).samples) == pytest.approx(6 * RATE, rel=0.02)
    assert len(reader.sound(files / "tone.m4a", RATE, 2).samples) == 2 * RATE
    assert len(reader.sound(files / "tone.mp3", RATE, 2).samples) == pytest.approx(2 * RATE, abs=RATE / 50)


def test_ffmpeg_is_the_extras_or_the_systems_or_told(monkeypatch):
    import imageio_ffmpeg

    encode._found.cache_clear()
    assert encode.ffmpeg() == imageio_ffmpeg.get_ffmpeg_exe()
    monkeypatch.setitem(__import__("sys").modules, "imageio_ffmpeg", None)
    asked = []
    for found in ("/usr/bin/ffmpeg", None):
        encode._found.cache_clear()
        monkeypatch.setattr(encode, "program", lambda _, found=found: asked.append(found) or found)
        if found:
            assert encode.ffmpeg() == found
        else:
            assert not encode.is_there()
            with pytest.raises(FfmpegError, match=r'install it with `pip install "audioed\[formats\]"`'):
                encode.ffmpeg()
    assert asked == ["/usr/bin/ffmpeg", None], "each is looked for once"
    encode._found.cache_clear()


def test_a_program_is_never_taken_from_the_working_folder(monkeypatch, tmp_path):
    ours, theirs = tmp_path / "bin" / "tool", tmp_path / "tool"
    ours.parent.mkdir()
    for file in (ours, theirs):
        file.touch(0o755)
    monkeypatch.setenv("PATHEXT", os.pathsep)
    monkeypatch.chdir(tmp_path)
    for path, found in (("", None), (".", None), (f".{os.pathsep}{ours.parent}", str(ours)), (os.devnull, None)):
        monkeypatch.setenv("PATH", path)
        assert program("tool") == found


@pytest.mark.parametrize("name", ["m4a", "opus"])
def test_the_ffmpeg_of_the_system_makes_the_formats_too(monkeypatch, tmp_path, name):
    own = shutil.which("ffmpeg")
    if own is None:
        pytest.skip("no ffmpeg is installed on this system")
    kind = FORMATS[name]
    codec = (*kind.encoder, "-b:a", f"{kind.kilobits}k")
    chapters = ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=3000\ntitle=One\n" if name == "m4a" else ""
    told = []
    for path in (encode.ffmpeg(), own):
        monkeypatch.setattr(encode, "ffmpeg", lambda path=path: path)
        encode._hears_itself.cache_clear()
        file = tmp_path / f"{len(told)}{kind.suffix}"
        told.append(encode.encode_as(codec, [pcm(SPEECHLIKE)], file, rate=RATE, beside=chapters))
    encode._hears_itself.cache_clear()
    assert told[0].integrated == pytest.approx(told[1].integrated, abs=0.5)
    assert told[0].true_peak == pytest.approx(told[1].true_peak, abs=1.5)


def test_an_ffmpeg_before_7_measures_afterwards(monkeypatch, tmp_path):
    chunks = [pcm(SPEECHLIKE)]
    codec = ("-c:a", "aac", "-b:a", "80k", "-f", "ipod")
    told = [encode.encode_as(codec, chunks, tmp_path / "new.m4a", rate=RATE)]
    monkeypatch.setattr(encode, "_hears_itself", lambda: False)
    told.append(encode.encode_as(codec, chunks, tmp_path / "old.m4a", rate=RATE))
    assert told[0].integrated == pytest.approx(told[1].integrated, abs=0.1)
    assert Path(tmp_path, "new.m4a").read_bytes() == Path(tmp_path, "old.m4a").read_bytes()

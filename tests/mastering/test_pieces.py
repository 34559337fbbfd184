"""A recording made of pieces is the recording that one encoding makes."""

import shutil
import subprocess
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
import pytest
from mutagen.mp3 import MP3

from audioed import build
from audioed.mastering import pieces
from audioed.mastering.encode import decode
from audioed.mastering.finish import clips_of
from audioed.mastering.lame import frames_of
from audioed.mastering.mp3 import FLUSH, SAMPLES, frames, info
from audioed.mastering.pieces import Heard, Recipe, all_made, joined, made
from audioed.mastering.render import stitched
from audioed.mastering.stitch import RATE, plan
from audioed.model import Segment, Utterance

RECIPE = Recipe(target=-15.55, ceiling=-1.35, limit=-1.0, bitrate=96)


@pytest.fixture
def timeline(script, silent):
    """Half a minute in pieces of two sentences at the most."""
    said = tuple(
        Utterance(written=f"This is sentence number {n}.", spoken=f"This is sentence number {n}.", pause=0.4)
        for n in range(12)
    )
    segments = tuple(
        Segment(kind="body", title=f"{n}", chapter=True, utterances=said[n : n + 2]) for n in range(0, len(said), 2)
    )
    speech = build.speak(replace(script, segments=segments), silent)
    return plan(speech)


def heard(path: Path) -> np.ndarray:
    raw = path.with_suffix(".pcm")
    decode(path, raw, RATE)
    return np.fromfile(raw, "<i2").astype(np.float64)


def whole(timeline, silent, tmp_path) -> Path:
    path = tmp_path / "joined.mp3"
    parts = list(all_made(timeline.pieces, RECIPE, clips_of(silent.store), silent.store, 2))
    path.write_bytes(b"".join(joined(parts, timeline.length, 96, silent.store)))
    return path


def test_pieces_join_without_a_trace(timeline, silent, tmp_path):
    assert len(timeline.pieces) == 6
    once = tmp_path / "once.mp3"
    sound = chain(stitched(timeline, clips_of(silent.store), RECIPE.target, RECIPE.ceiling, 2), [bytes(4 * SAMPLES)])
    encoded = list(frames(frames_of(sound, rate=RATE, bitrate=96)))[: timeline.length // SAMPLES + FLUSH]
    once.write_bytes(info(encoded[0], len(encoded), sum(map(len, encoded))) + b"".join(encoded))
    alone, together = heard(once), heard(whole(timeline, silent, tmp_path))
    assert len(together) == len(alone) == timeline.length
    assert np.sqrt(np.mean((together - alone) ** 2)) < 0.01 * np.sqrt(np.mean(alone**2))
    for piece, after in pairwise(timeline.pieces):
        border = together[piece.start + piece.length - 300 : after.start + 300]
        assert np.abs(border).max() <= 2, "digital silence where two pieces meet"


@pytest.mark.parametrize("bitrate", [64, 96, 128])
def test_players_find_the_length_of_the_sound_in_the_first_frame(timeline, silent, tmp_path, bitrate):
    path = tmp_path / "joined.mp3"
    recipe = replace(RECIPE, bitrate=bitrate)
    parts = list(all_made(timeline.pieces, recipe, clips_of(silent.store), silent.store, 2))
    path.write_bytes(b"".join(joined(parts, timeline.length, bitrate, silent.store)))
    assert len(heard(path)) == timeline.length
    read = MP3(path).info
    assert read.bitrate == pytest.approx(1000 * bitrate, rel=0.001)
    assert read.length == pytest.approx(timeline.duration, abs=0.06)
    if mp3val := shutil.which("mp3val"):
        told = subprocess.run([mp3val, str(path)], capture_output=True, check=True, text=True).stdout
        assert "CBR" in told
        assert [line for line in told.splitlines() if "WARNING" in line and "tags" not in line] == []


def test_a_piece_is_made_once(timeline, silent, monkeypatch):
    first = made(timeline.pieces[1], RECIPE, clips_of(silent.store), silent.store)
    monkeypatch.setattr(pieces, "encode_piece", lambda *_, **__: pytest.fail("made again"))
    again = made(replace(timeline.pieces[1]), RECIPE, clips_of(silent.store), silent.store)
    assert again == first
    with pytest.raises(pytest.fail.Exception):
        made(timeline.pieces[1], replace(RECIPE, target=-14.0), clips_of(silent.store), silent.store)


def test_the_levels_that_are_noted_are_those_of_the_joined_file(timeline, silent, tmp_path):
    noted = Heard(timeline.length)
    for part in all_made(timeline.pieces, RECIPE, clips_of(silent.store), silent.store, 2):
        noted.add(part)
    sound = heard(whole(timeline, silent, tmp_path)).reshape(-1, SAMPLES) / 32768
    assert np.allclose(noted.levels.astype(np.float32), np.sqrt(np.mean(sound**2, axis=1)), atol=1e-3)


def test_the_same_piece_elsewhere_in_a_recording_is_the_same(timeline, silent, monkeypatch):
    piece = timeline.pieces[1]
    first = made(piece, RECIPE, clips_of(silent.store), silent.store)
    later = replace(
        piece,
        start=piece.start + 100 * SAMPLES,
        placements=tuple(replace(each, start=each.start + 100 * SAMPLES) for each in piece.placements),
    )
    monkeypatch.setattr(pieces, "encode_piece", lambda *_, **__: pytest.fail("made again"))
    assert made(later, RECIPE, clips_of(silent.store), silent.store).key == first.key


def test_frames_are_told_apart_and_anything_else_is_refused():
    data = frames_of([bytes(2 * RATE)], rate=RATE, bitrate=96)
    found = list(frames(data))
    assert b"".join(found) == data
    assert {len(frame) for frame in found} == {313, 314}
    with pytest.raises(ValueError, match="cut off"):
        list(frames(data[:-1]))
    with pytest.raises(ValueError, match="no MPEG-1 layer III frame"):
        list(frames(b"ID3 and more"))


def test_the_header_holds_what_follows():
    data = frames_of([bytes(2 * RATE)], rate=RATE, bitrate=96)
    header = info(next(frames(data)), 39, len(data))
    assert list(frames(header)) == [header]
    assert header[21:25] == b"Info"
    assert int.from_bytes(header[29:33]) == 39
    assert int.from_bytes(header[33:37]) == len(data) + len(header)


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-100], lambda _: b"", lambda data: b"x" + data, lambda _: b"{}\n"]
)
def test_a_damaged_piece_is_made_anew(timeline, silent, damage):
    piece, clips = timeline.pieces[1], clips_of(silent.store)
    first = made(piece, RECIPE, clips, silent.store)
    (path,) = silent.store.cache.folder.rglob(f"{first.key}.mp3")
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert made(piece, RECIPE, clips, silent.store) == first
    assert path.read_bytes() == whole

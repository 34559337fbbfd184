"""A public folder with which nothing is wrong, and what an example changes in it."""

import base64
import hashlib
import io
import os
import shutil
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from mutagen.id3 import CHAP, CTOC, ID3, TIT2, CTOCFlags
from PIL import Image

from audioed.mastering import lame
from audioed.store import FEED

DATA = Path(__file__).parent.parent / "data" / "linting"
NOW = datetime(2025, 3, 12, tzinfo=UTC)
CHAPTERS = (("Opening", 0), ("The battery", 31_000), ("The wind", 62_000))
RATE, SECONDS = 16_000, 93
EXAMPLES: dict[str, dict[str, Any]] = tomllib.loads((DATA / "rules.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def whole(tmp_path_factory) -> Path:
    """The folder of tests/data/linting/public, its recordings and pictures made."""
    folder = tmp_path_factory.mktemp("linting") / "public"
    shutil.copytree(DATA / "public", folder)
    audio = _recording(tmp_path_factory.mktemp("audio") / "audio.mp3")
    for name in ("one/one-7a8b9c0d.mp3", "two/two-0a1b2c3d.mp3", "three/three-4d5e6f7a.mp3"):
        (folder / name).write_bytes(audio)
    for name in ("cover-1a2b3c4d.jpg", "two/cover-5e6f7a8b.jpg"):
        (folder / name).write_bytes(picture(1400, 1400, "RGB", "JPEG"))
    digest = base64.b64encode(hashlib.sha384(audio).digest()).decode()
    for path in folder.glob("feed*.xml"):
        text = path.read_text("utf-8").replace("{bytes}", str(len(audio))).replace("{integrity}", f"sha384-{digest}")
        path.write_bytes(text.encode())
    return folder


@pytest.fixture(scope="session")
def feed(whole) -> str:
    """The document that apps subscribe to, with which nothing is wrong."""
    return (whole / FEED).read_text("utf-8")


@pytest.fixture
def changed(whole, tmp_path):
    """A copy of the folder with the changes of an example."""

    def changed(changes: dict[str, Any]) -> Path:
        folder, size = tmp_path / "public", str((whole / "two" / "two-0a1b2c3d.mp3").stat().st_size)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(whole, folder, copy_function=os.link)
        for name, change in changes.items():
            path = folder / name
            before = path.read_bytes() if path.is_file() else b""
            path.unlink(missing_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            match change:
                case list():
                    path.write_bytes(edited(before.decode(), change).replace("{bytes}", size).encode())
                case str():
                    path.write_bytes(change.encode())
                case {"picture": [width, height, mode, kind]}:
                    path.write_bytes(picture(width, height, mode, kind))
                case {"pad": count}:
                    path.write_bytes(before + bytes(count))
                case {"copy": other}:
                    path.write_bytes((whole / other).read_bytes())
                case {"link": target}:
                    path.symlink_to(target)
                case {"gone": True}:
                    pass
        return folder

    return changed


def edited(text: str, edits: list[list[Any]]) -> str:
    """The text with these edits: what is looked for, what is put in its place, and how often."""
    for find, put, *times in edits:
        assert find in text, find
        text = text.replace(find, put * (times or [1])[0], 1)
    return text


def picture(width: int, height: int, mode: str, kind: str) -> bytes:
    file = io.BytesIO()
    Image.new(mode, (width, height)).save(file, kind)
    return file.getvalue()


def _recording(path: Path) -> bytes:
    """An MP3 of silence, with its chapters."""
    path.write_bytes(lame.frames_of([bytes(2 * RATE * SECONDS)], rate=RATE, bitrate=16))
    tags = ID3()
    ends = [*(start for _, start in CHAPTERS[1:]), 1000 * SECONDS]
    names = [f"chp{number}" for number in range(len(CHAPTERS))]
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    tags.add(CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[]))
    for name, (title, start), end in zip(names, CHAPTERS, ends, strict=True):
        frames = [TIT2(encoding=3, text=title)]
        tags.add(
            CHAP(
                element_id=name,
                start_time=start,
                end_time=end,
                start_offset=0xFFFFFFFF,
                end_offset=0xFFFFFFFF,
                sub_frames=frames,
            )
        )
    tags.save(path)
    return path.read_bytes()

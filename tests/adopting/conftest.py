"""A host with a show on it, and recordings as real ones."""

import io

import numpy as np
import pytest

import audioed
from tests.adopting.host import Host

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:psc="http://podlove.org/simple-chapters"><channel>'
)
ABOUT = "<title>The old show</title><description>News, told twice.</description><language>en-gb</language>"


@pytest.fixture
def host():
    with Host() as host:
        yield host


def sound(seconds=4.0, pitch=220.0):
    at = np.arange(int(44_100 * seconds)) / 44_100
    return (np.sin(2 * np.pi * pitch * at) * 6_000).astype("<i2")


@pytest.fixture(scope="session")
def mp3(tmp_path_factory):
    """Four seconds of an MP3 with chapters in its tags."""
    import lameenc
    from mutagen.id3 import CHAP, CTOC, ID3, TIT2, CTOCFlags

    encoder = lameenc.Encoder()
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(44_100)
    encoder.set_channels(1)
    encoder.silence()
    data = bytes(encoder.encode(sound().tobytes()) + encoder.flush())
    path = tmp_path_factory.mktemp("mp3") / "a.mp3"
    path.write_bytes(data)
    tags = ID3()
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    tags.add(CTOC(element_id="toc", flags=flags, child_element_ids=["a", "b"]))
    for name, start in (("a", 0), ("b", 2_000)):
        title = TIT2(encoding=3, text=f"Part {name}")
        tags.add(CHAP(element_id=name, start_time=start, end_time=start + 2_000, sub_frames=[title]))
    tags.save(path)
    return path.read_bytes()


@pytest.fixture(scope="session")
def m4a(tmp_path_factory):
    from audioed.mastering.encode import encode_as

    path = tmp_path_factory.mktemp("m4a") / "a.m4a"
    encode_as(("-c:a", "aac", "-b:a", "96k", "-f", "ipod"), [sound()], path, rate=44_100)
    return path.read_bytes()


@pytest.fixture(scope="session")
def picture():
    from PIL import Image

    data = io.BytesIO()
    Image.new("RGB", (1_600, 1_400), "teal").save(data, "PNG")
    return data.getvalue()


def feed(*items, about=ABOUT):
    return f"{HEAD}{about}{''.join(items)}</channel></rss>".encode()


def item(url, guid="", title="An episode", date="Mon, 05 Jan 2026 06:30:15 -0500", **more):
    told = f"<guid>{guid}</guid>" if guid else ""
    tags = "".join(f"<{key}>{value}</{key}>" for key, value in more.items())
    enclosure = f'<enclosure url="{url}" length="32000" type="audio/mpeg"/>'
    return f"<item><title>{title}</title>{told}<pubDate>{date}</pubDate>{enclosure}{tags}</item>"


@pytest.fixture
def show(tmp_path):
    return audioed.open(tmp_path / "show", cache=tmp_path / "cache")


@pytest.fixture
def media(mp3, m4a, picture):
    return mp3, m4a, picture

"""An output folder with two published shows, and what must never be served beside them."""

import hashlib
import os

import pytest

HOME = "https://example.com/shows/ferry"
FEED = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Ferry</title><link>{HOME}/</link>
<atom:link href="{HOME}/feed.xml" rel="self" type="application/rss+xml"/>
<atom:link href="{HOME}/feed-1.xml" rel="next" type="application/rss+xml"/>
<item><title>Batteries &amp; bytes</title><guid isPermaLink="false">{HOME}/?p=1</guid>
<description>&lt;a href="{HOME}/one/"&gt;Page&lt;/a&gt; {"of a ferry " * 100}</description>
<enclosure url="{HOME}/one/one.mp3" length="300000" type="audio/mpeg"/></item></channel></rss>
"""
PAGE = f"""<!DOCTYPE html><html><head><title>One</title><link rel="canonical" href="{HOME}/one/">
<a href="pcast://example.com/shows/ferry/feed.xml">Subscribe</a>
<a href="pktc://subscribe/example.com/shows/ferry/feed.xml">Pocket Casts</a>
<a href="//example.com/shows/ferry/one/">Page</a>
<a href="https://overcast.fm/login?u=https%3A%2F%2Fexample.com%2Fshows%2Fferry%2Ffeed.xml">Overcast</a>
<a href="https://example.com/shows/ferry-two/">Another</a></head><body><p>Hello</p></body></html>
"""
SOUND = hashlib.shake_256(b"sound").digest(300_000)


@pytest.fixture
def output(tmp_path):
    """An output folder."""
    output = tmp_path / "output"
    public = output / "ferry" / "public"
    one = public / "one"
    one.mkdir(parents=True)
    (one / "one.mp3").write_bytes(SOUND)
    (public / "feed.xml").write_text(FEED, "utf-8")
    for name in ("index.html", "one/index.html"):
        (public / name).write_text(PAGE, "utf-8")
    (one / "chapters.json").write_text(f'{{"version": "1.2.0", "chapters": [{{"img": "{HOME}/one/a.jpg"}}]}}')
    for name in ("two.m4a", "two.opus", "two.jpg", "two.png", "transcript.vtt", "transcript.srt", "transcript.txt"):
        (one / name).write_bytes(b"x")
    (public / "feed.xsl").write_text("<xsl/>")
    (public / ".making-1.mp3").write_bytes(b"half")
    (output / "ferry" / "show.json").write_text("secret")
    (output / "ferry" / "one").mkdir()
    (output / "ferry" / "one" / "script.json").write_text("secret")
    if os.name == "posix":
        (public / "out.txt").symlink_to(output / "ferry" / "show.json")
        (public / "outside").symlink_to(output / "ferry")
        (public / "round").symlink_to(public / "round")
        (public / "within.txt").symlink_to(one / "transcript.txt")
        os.mkfifo(public / "pipe.txt")
    other = output / "second-show" / "public"
    other.mkdir(parents=True)
    (other / "feed.xml").write_text(FEED.replace("shows/ferry", "shows/second-show"), "utf-8")
    return output

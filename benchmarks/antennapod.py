"""
What AntennaPod sees of a show; it runs on Android alone.

Its own readers of chapters, and what merges their lists, are compiled from a checkout of
https://github.com/AntennaPod/AntennaPod and read the files of the episodes. What it does with a feed lies in a database
of Android's, and is asked of the served show instead, as its source has it.
"""

import json
import os
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from lxml import etree

from audioed.addresses import web_address
from audioed.companions import CHAPTERS
from audioed.model import Chapter, Episode

PODCAST = "{https://podcastindex.org/namespace/1.0}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
LEAST_BYTES = 16_384
"""An enclosure that says to be shorter is ignored."""
SAME_WITHIN = 600
"""Seconds: episodes of one title and one day whose lengths differ by less are taken for one."""
SOURCES = ("parser/media", "parser/feed", "ui/chapters", "model")
"""The parts of its source in which what reads chapters lies."""
JARS = ("/usr/share/java/commons-io.jar", "/usr/share/java/com.android.json.jar")
"""What it needs besides, as Debian's libcommons-io-java and libandroid-json-java have it."""
APART = 1.0
"""Seconds by which the lists of one episode may differ; it counts whole ones."""
STUBS = {
    "android/util/Log": """public class Log {
        public static int d(String tag, String text) { return 0; }
        public static int i(String tag, String text) { return 0; }
        public static int w(String tag, String text) { return 0; }
        public static int e(String tag, String text) { return 0; } }""",
    "android/text/TextUtils": """public class TextUtils {
        public static boolean isEmpty(CharSequence text) { return text == null || text.length() == 0; }
        public static boolean equals(CharSequence one, CharSequence other) { return one.equals(other); } }""",
    "androidx/annotation/NonNull": "public @interface NonNull { }",
    "androidx/annotation/Nullable": "public @interface Nullable { }",
    "de/danoeh/antennapod/model/playback/Playable": """public interface Playable {
        java.util.List<de.danoeh.antennapod.model.feed.Chapter> getChapters(); }""",
    "de/danoeh/antennapod/parser/media/BuildConfig": """public class BuildConfig {
        public static final boolean DEBUG = false; }""",
}
"""What stands for Android and for what is made when the app is built."""
READ = """
import de.danoeh.antennapod.model.feed.Chapter;
import de.danoeh.antennapod.parser.feed.PodcastIndexChapterParser;
import de.danoeh.antennapod.parser.media.id3.ChapterReader;
import de.danoeh.antennapod.parser.media.m4a.M4AChapterReader;
import de.danoeh.antennapod.parser.media.vorbis.VorbisCommentChapterReader;
import de.danoeh.antennapod.ui.chapters.ChapterMerger;
import java.io.*;
import java.nio.file.*;
import java.util.*;
import org.apache.commons.io.input.CountingInputStream;
import org.json.JSONArray;

public class Read {
    static CountingInputStream open(String path) throws IOException {
        return new CountingInputStream(new BufferedInputStream(new FileInputStream(path)));
    }

    static List<Chapter> of(String path) {  // in the order in which ChapterUtils tries them
        try (CountingInputStream in = open(path)) {
            ChapterReader reader = new ChapterReader(in);
            reader.readInputStream();
            if (!reader.getChapters().isEmpty()) return reader.getChapters();
        } catch (Exception error) { }
        try (CountingInputStream in = open(path)) {
            VorbisCommentChapterReader reader = new VorbisCommentChapterReader(new BufferedInputStream(in));
            reader.readInputStream();
            if (!reader.getChapters().isEmpty()) return reader.getChapters();
        } catch (Exception error) { }
        try (CountingInputStream in = open(path)) {
            M4AChapterReader reader = new M4AChapterReader(new BufferedInputStream(in));
            reader.readInputStream();
            if (!reader.getChapters().isEmpty()) return reader.getChapters();
        } catch (Exception error) { }
        return null;
    }

    static JSONArray told(List<Chapter> chapters) throws Exception {
        JSONArray all = new JSONArray();
        if (chapters == null) return all;
        chapters.sort(Comparator.comparingLong(Chapter::getStart));
        for (Chapter each : chapters) {
            Object[] parts = { each.getStart(), each.getTitle(), each.getLink(), each.getImageUrl() };
            all.put(new JSONArray(Arrays.asList(parts)));
        }
        return all;
    }

    public static void main(String[] paths) throws Exception {
        for (int at = 0; at < paths.length; at += 2) {
            String json = new String(Files.readAllBytes(Paths.get(paths[at + 1])), "UTF-8");
            JSONArray own = told(of(paths[at]));
            JSONArray merged = told(ChapterMerger.merge(of(paths[at]), PodcastIndexChapterParser.parse(json)));
            System.out.println(new JSONArray(Arrays.asList(new Object[] { own, merged })));
        }
    }
}
"""
"""What reads the chapters of a recording, and of it and a JSON file, by AntennaPod's own code."""
STAMP = re.compile(r"^(?:\d{2,}:)?\d\d:\d\d\.\d{3} --> (?:\d{2,}:)?\d\d:\d\d\.\d{3}", re.MULTILINE)


@dataclass(frozen=True)
class Item:
    """An episode of a feed, and all that AntennaPod loads of it."""

    title: str
    published: datetime
    seconds: int
    length: int
    transcripts: dict[str, str]


def chapters(home: Path, episodes: Sequence[tuple[Episode, Path]], checkout: Path) -> list[list[str]]:
    """
    Of each kind of recording, in how many the chapters that AntennaPod finds are those of the episode.

    Cells for its kind, for the file alone, and for the file and the JSON that the feed names. The episodes come with
    their folders, and all that is compiled lies below `home`. OSError where there is no javac.
    """
    compiled = _compiled(home, checkout)
    files = [
        (episode, folder / each.name, folder / CHAPTERS.name)
        for episode, folder in episodes
        if episode.chapters
        for each in (episode.enclosure, *episode.alternates)
    ]
    command = ["java", "-cp", os.pathsep.join((str(compiled), *JARS)), "Read"]
    run = subprocess.run(
        [*command, *(str(path) for _, *both in files for path in both)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found: dict[str, list[list[bool]]] = {}
    for (episode, path, _), line in zip(files, run.stdout.splitlines(), strict=True):
        alone, merged = json.loads(line)
        found.setdefault(path.suffix, []).append(
            [_right(alone, episode.chapters), _right(merged, episode.chapters, links=True)]
        )
    return [
        [kind.removeprefix("."), *(f"{sum(each)} of {len(each)}" for each in zip(*seen, strict=True))]
        for kind, seen in found.items()
    ]


def _compiled(home: Path, checkout: Path) -> Path:
    """The folder of classes that READ needs, and of itself."""
    home.mkdir(parents=True)
    for name, source in STUBS.items():
        path = home / f"{name}.java"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"package {name.rpartition('/')[0].replace('/', '.')};\n{source}\n", "utf-8")
    (home / "Read.java").write_text(READ, "utf-8")
    compiler = shutil.which("javac")
    if not compiler:
        raise FileNotFoundError(
            "javac is needed to compile AntennaPod's readers, such as that of openjdk-17-jdk-headless."
        )
    places = [str(home), *(str(checkout / part / "src" / "main" / "java") for part in SOURCES)]
    options = ["-nowarn", "-encoding", "UTF-8", "-sourcepath", os.pathsep.join(places), "-cp", os.pathsep.join(JARS)]
    subprocess.run([compiler, *options, "-d", str(home / "classes"), str(home / "Read.java")], check=True)
    return home / "classes"


def _right(seen: list[list[object]], chapters: Sequence[Chapter], *, links: bool = False) -> bool:
    """Whether these chapters (milliseconds, title, link, picture) are those."""
    return len(seen) == len(chapters) and all(
        abs(start / 1000 - chapter.start) <= APART
        and title in (chapter.title, chapter.whole)
        and (not links or (link or "") == web_address(chapter.url))
        for (start, title, link, _), chapter in zip(seen, chapters, strict=True)
    )


def judged(feed: str) -> list[tuple[str, str]]:
    """Each rule, and where it is broken; empty where it is kept."""
    items = list(_items(feed))
    return [(rule, "; ".join(each.title for each in items if not kept(each, items))) for rule, kept in RULES]


def _items(feed: str) -> Iterator[Item]:
    for item in etree.fromstring(_get(feed)).iter("item"):
        enclosure = item.find("enclosure")
        yield Item(
            title=item.findtext("title"),
            published=parsedate_to_datetime(item.findtext("pubDate")),
            seconds=int(item.findtext(f"{ITUNES}duration")),
            length=int(enclosure.get("length")),
            transcripts={each.get("type"): each.get("url") for each in item.iter(f"{PODCAST}transcript")},
        )


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url) as opened:  # noqa: S310 - served by us
        return opened.read()


def _differ(one: Item, items: list[Item]) -> bool:
    """Whether no other episode would be taken for this one."""
    return not any(
        (each.title, each.published.date()) == (one.title, one.published.date())
        and abs(each.seconds - one.seconds) < SAME_WITHIN
        for each in items
        if each is not one
    )


RULES = (
    (f"an enclosure says that it is longer than {LEAST_BYTES:,} bytes", lambda one, _: one.length > LEAST_BYTES),
    ("no episode is taken for another: same title and day, less than ten minutes apart", _differ),
    ("an episode's date is not in the future", lambda one, _: one.published <= datetime.now(UTC)),
    (
        "the transcript that it likes best, JSON, has segments with times and text",
        lambda one, _: all(
            {"startTime", "endTime", "body"} <= each.keys()
            for each in json.loads(_get(one.transcripts["application/json"]))["segments"]
        ),
    ),
    (
        "the times of WebVTT have milliseconds",
        lambda one, _: len(STAMP.findall(text := _get(one.transcripts["text/vtt"]).decode())) == text.count(" --> "),
    ),
)
"""What is asked of an episode, beside all."""

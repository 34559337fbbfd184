"""What nobody sees, and what turns text round, reaches no listener, whoever wrote it into a noun by hand."""

import re
from dataclasses import replace

from mutagen.id3 import ID3

from audioed import producing, proving
from audioed.mastering.label import Label
from audioed.model import Channel, Chapter, Script, Source
from audioed.verifying import carriers

UNSEEN = ("\u202e", "\x9b2J", "\x85", "\u2066", "\x1b[31m", "\ufffe", "\u2028", "\x00", "\u200b")
NASTY = "".join(f"{each} seen" for each in UNSEEN)
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe]")


def edited(script):
    """The script as a careless hand may leave it."""
    segments = tuple(
        replace(
            segment,
            title=f"{segment.title} {NASTY}",
            utterances=tuple(replace(each, written=f"{each.written} {NASTY}") for each in segment.utterances),
        )
        for segment in script.segments
    )
    sources = (Source(title=f"Three {NASTY}", byline=NASTY, url="https://example.com/three"),)
    edition = replace(script.edition, title=f"Three {NASTY} sentences")
    return replace(script, edition=edition, segments=segments, sources=sources)


def test_what_is_edited_into_a_script_by_hand_reaches_no_feed_transcript_or_tag(script, silent):
    episode = producing.rebuild(edited(script), silent)
    folder = silent.store.episode_folder(episode.name)
    shown = [silent.store.public / "feed.xml", *folder.glob("transcript.*"), folder / "chapters.json"]
    told = {path.name: path.read_text("utf-8") for path in shown}
    tags = ID3(folder / episode.enclosure.name)
    frames = [*tags.values(), *(each for mark in tags.getall("CHAP") for each in mark.sub_frames.values())]
    told |= {each.HashKey: str(each) for each in frames if each.FrameID in {"TIT2", "COMM", "USLT"}}
    assert len(told) == 7 + 3
    for name, text in told.items():
        assert "seen" in text, name
        assert not FORBIDDEN.search(text), name
    published = proving._published(episode, silent.store.load(Script, folder / "script.json"), folder, silent)
    rules = [*carriers.chapters(published), *carriers.cues(published), *carriers.shown(published)]
    assert not [rule for rule in rules if rule.wrong]


def test_no_kind_of_tag_is_told_of_it(script):
    show = Channel(title=f"Show {NASTY}", author=NASTY)
    chapters = (Chapter(title=f"One {NASTY}", start=0.0),)
    label = Label(script=edited(script), show=show, chapters=chapters, duration=9.0, cover=b"")
    for text in (label.title, label.author, label.notes, label.transcript, label.stops[0][1]):
        assert "seen" in text
        assert not FORBIDDEN.search(text)

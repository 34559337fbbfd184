"""A soundbite is the start of an article as it is heard, 15 to 120 seconds long and never ended within a sentence."""

import pytest

from audioed.model import Cue, Source, Span
from audioed.publishing.soundbite import soundbite

TOLD = [
    # seconds of each cue, its boundary and its block -> from when to when
    ([(20, "paragraph", ""), (20, "paragraph", ""), (30, "paragraph", "")], (10, 50)),
    ([(20, "sentence", ""), (30, "sentence", ""), (30, "paragraph", ""), (9, "end", "")], (10, 90)),
    ([(20, "sentence", ""), (30, "sentence", ""), (90, "paragraph", "")], (10, 60)),
    ([(70, "sentence", ""), (90, "paragraph", "")], (10, 80)),
    ([(20, "clause", ""), (20, "clause", ""), (10, "sentence", ""), (100, "paragraph", "")], (10, 60)),
    ([(3, "heading", "heading"), (20, "paragraph", "paragraph"), (120, "end", "")], (13, 33)),
    ([(10, "end", "")], None),
    ([(130, "end", "")], None),
    ([(60, "clause", ""), (70, "end", "")], None),
    ([], None),
]


@pytest.mark.parametrize(("cues", "expected"), TOLD)
def test_a_soundbite_is_whole_sentences_from_the_start_of_the_first_article(make, cues, expected):
    said, at = [Cue(start=0.0, end=9.0, speaker="Narrator", text="This is the show.", boundary="segment")], 10.0
    for number, (seconds, boundary, block) in enumerate(cues):
        said.append(
            Cue(start=at, end=at + seconds, speaker="N", text=f"Words {number}.", boundary=boundary, block=block)
        )
        at += seconds
    said.append(Cue(start=at, end=at + 30, speaker="N", text="Another story.", boundary="end"))
    spans = (
        Span(kind="opening", title="Opening", start=0.0, end=10.0),
        Span(kind="body", title="News & more", start=10.0, end=at),
        Span(kind="body", title="Other", start=at, end=at + 30),
    )
    found = [
        (float(tag.attributes["startTime"]), float(tag.attributes["startTime"]) + float(tag.attributes["duration"]))
        for tag in soundbite(make(1, cues=tuple(said), segments=spans, sources=(Source(title="News & more"),)))
    ]
    assert found == ([expected] if expected else [])


def test_an_episode_without_an_article_has_no_soundbite(make):
    assert list(soundbite(make(1, segments=(), cues=()))) == []

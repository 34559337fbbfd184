"""The timeline: every position adds up, and what is stitched has exactly the planned length."""

from dataclasses import replace
from itertools import pairwise

import pytest

from audioed.mastering.stitch import LEAD_IN, RATE, plan, stitched
from audioed.model import Word


def test_positions_are_sums_of_clips_and_pauses(speech):
    first, second, third = plan(speech).placements
    assert first.start == LEAD_IN
    assert second.start >= first.start + first.length + round(0.3 * RATE)
    assert third.start == second.start + second.length + round(0.3 * RATE)


def test_chapters_start_on_whole_seconds_and_the_first_at_zero(speech):
    first, second = plan(speech).chapters
    assert first.start == 0
    assert second.start == int(second.start)
    assert plan(speech).placements[1].start == second.start * RATE


def test_an_utterance_a_cue_a_clip(speech):
    cues = plan(speech).cues
    assert [cue.text for cue in cues] == [each.written for each in speech.script.utterances]
    assert all(cue.start < cue.end for cue in cues)
    assert all(before.end <= after.start for before, after in pairwise(cues))


def test_the_times_of_words_count_from_the_start_of_the_episode(speech):
    words = (Word(text="Sentence", start=0.1, end=0.5), Word(text="number", start=0.6, end=0.9))
    first, second, *others = speech.clips
    cue = plan(replace(speech, clips=(first, replace(second, words=words), *others))).cues[1]
    assert [word.start - cue.start for word in cue.words] == pytest.approx([0.1, 0.6])
    assert [word.end - cue.start for word in cue.words] == pytest.approx([0.5, 0.9])


def test_segments_follow_each_other(speech):
    opening, body = plan(speech).segments
    assert opening.end <= body.start
    assert body.end == pytest.approx(plan(speech).duration, abs=0.001)


def test_the_sound_is_as_long_as_the_plan_whatever_the_number_of_workers(speech, silent):
    timeline = plan(speech)
    one, four = (b"".join(stitched(timeline, silent.store.clip, -16.0, -1.5, n)) for n in (1, 4))
    assert len(one) == 2 * timeline.length
    assert one == four


def test_an_edition_without_chapters_has_none(speech):
    segments = tuple(replace(segment, chapter=False) for segment in speech.script.segments)
    assert plan(replace(speech, script=replace(speech.script, segments=segments))).chapters == ()

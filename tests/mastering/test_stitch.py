"""The timeline: every position adds up, and what is stitched has exactly the planned length."""

from dataclasses import replace
from itertools import pairwise

import pytest

from audioed.mastering.mp3 import SAMPLES as FRAME
from audioed.mastering.render import stitched
from audioed.mastering.stitch import HEAD, LEAD_IN, LONGEST, RATE, SHORTEST, TAIL, Music, Sting, plan
from audioed.model import Clip, Segment, Treatment, Utterance, Word


def test_positions_are_sums_of_clips_and_pauses(speech):
    first, second, third = plan(speech).placements
    assert first.start == LEAD_IN
    assert second.start >= first.start + first.length + round(0.3 * RATE)
    assert third.start == second.start + second.length + round(0.3 * RATE)


def test_chapters_start_on_whole_seconds_and_the_first_at_zero(speech):
    first, second = plan(speech).chapters
    assert first.start == 0
    assert second.start == int(second.start)


def after_pauses(speech, pauses, rate=1.0):
    """A speech whose every segment is a chapter; these are the pauses between them, and its clips have odd lengths."""
    said = [Utterance(written=f"{n}", spoken=f"{n}", pause=pause) for n, pause in enumerate((*pauses, 0.5))]
    clips = tuple(
        Clip(utterance=each, audio=f"{n * 2654435761 % 2**32:08x}", duration=3 + n / 7, treatment=Treatment(rate=rate))
        for n, each in enumerate(said)
    )
    segments = tuple(Segment(kind="body", title="Body", chapter=True, utterances=(each,)) for each in said)
    return replace(speech, script=replace(speech.script, segments=segments), clips=clips)


def around_marks(timeline):
    """Seconds of silence before the start of each chapter but the first, and from there to its first sound."""
    for chapter, (before, after) in zip(timeline.chapters[1:], pairwise(timeline.placements), strict=True):
        assert chapter.start == int(chapter.start)
        mark = chapter.start * RATE
        yield (mark - before.start - before.length) / RATE, (after.start - mark) / RATE


@pytest.mark.parametrize("pause", [1.15, 1.6, 1.8])
@pytest.mark.parametrize("rate", [0.9, 1.0])
def test_a_pause_that_holds_a_whole_second_is_as_long_as_it_was_decided(speech, pause, rate):
    around = list(around_marks(plan(after_pauses(speech, [pause] * 40, rate))))
    assert all(before >= TAIL / RATE and after >= HEAD / RATE for before, after in around)
    assert all(0 <= sum(each) - pause / rate <= FRAME / RATE for each in around)


@pytest.mark.parametrize("pause", [0.0, 0.3, 0.65, 1.1])
def test_a_pause_before_a_chapter_that_holds_none_grows_as_little_as_it_can(speech, pause):
    around = list(around_marks(plan(after_pauses(speech, [pause] * 40))))
    assert all(before >= TAIL / RATE and after >= HEAD / RATE for before, after in around)
    assert all(pause <= sum(each) <= 1 + (TAIL + HEAD + FRAME) / RATE for each in around)


def test_an_utterance_a_cue_a_clip(speech):
    cues = plan(speech).cues
    assert [cue.text for cue in cues] == [each.written for each in speech.script.utterances]
    assert all(cue.start < cue.end for cue in cues)
    assert all(before.end <= after.start for before, after in pairwise(cues))


def test_a_cue_carries_what_its_utterance_does_and_a_chapter_its_heading(speech):
    opening, body = speech.script.segments
    said = replace(body.utterances[0], boundary="item", block="item", id="1f", pause=3.0)
    segments = (opening, replace(body, heading="Body and all", utterances=(said, *body.utterances[1:])))
    first, second, third = speech.clips
    clips = (first, replace(second, utterance=said), third)
    timeline = plan(replace(speech, script=replace(speech.script, segments=segments), clips=clips))
    assert [(each.boundary, each.block, each.id) for each in timeline.cues[1:]] == [
        ("item", "item", "1f"),
        ("sentence", "", third.utterance.id),
    ], "the second carries nothing, and its pause is a sentence's"
    assert [chapter.whole for chapter in timeline.chapters] == ["Opening", "Body and all"]


def test_the_times_of_words_count_from_the_start_of_the_episode(speech):
    words = (Word(text="Sentence", start=0.1, end=0.5), Word(text="number", start=0.6, end=0.9))
    first, second, *others = speech.clips
    cue = plan(replace(speech, clips=(first, replace(second, words=words), *others))).cues[1]
    assert [word.start - cue.start for word in cue.words] == pytest.approx([0.1, 0.6])
    assert [word.end - cue.start for word in cue.words] == pytest.approx([0.5, 0.9])


def test_segments_follow_each_other(speech):
    opening, body = plan(speech).segments
    assert opening.end <= body.start
    assert body.end == pytest.approx(plan(speech).duration, abs=0.03)


def test_the_sound_is_as_long_as_the_plan_whatever_the_number_of_workers(speech, silent):
    timeline = plan(speech)
    one, four = (b"".join(stitched(timeline, silent.store.cache.clip, -16.0, -1.5, n)) for n in (1, 4))
    assert len(one) == 2 * timeline.length
    assert one == four


def test_an_edition_without_chapters_has_none(speech):
    segments = tuple(replace(segment, chapter=False) for segment in speech.script.segments)
    assert plan(replace(speech, script=replace(speech.script, segments=segments))).chapters == ()


def long_speech(speech, seconds):
    """A speech of a clip for each of these durations, in one segment without chapters."""
    clips = tuple(
        Clip(
            utterance=Utterance(written=f"{n}", spoken=f"{n}", pause=0.4),
            audio=f"{n * 2654435761 % 2**32:08x}",
            duration=each,
        )
        for n, each in enumerate(seconds)
    )
    segment = Segment(kind="body", title="Body", utterances=tuple(clip.utterance for clip in clips))
    return replace(speech, script=replace(speech.script, segments=(segment,)), clips=clips)


def content(piece):
    """What the sound of a piece follows from."""
    return piece.length, [(each.audio, each.start - piece.start, each.length) for each in piece.placements]


def test_pieces_stand_on_frames_and_begin_and_end_in_silence(speech):
    pieces = plan(long_speech(speech, [5.0 + n % 3 / 7 for n in range(400)])).pieces
    assert len(pieces) > 10
    for piece, after in pairwise(pieces):
        assert piece.start % FRAME == piece.length % FRAME == 0
        assert piece.start + piece.length <= after.start
        assert SHORTEST <= piece.length <= LONGEST + 10 * RATE
    for piece in pieces[1:]:
        last = piece.placements[-1]
        assert piece.placements[0].start == piece.start + HEAD
        assert piece.start + piece.length - last.start - last.length >= TAIL


def test_a_changed_sentence_changes_one_piece(speech):
    seconds = [5.0 + n % 3 / 7 for n in range(400)]
    before = plan(long_speech(speech, seconds))
    after = plan(long_speech(speech, [*seconds[:200], 5.5, *seconds[201:]]))
    old, new = ([content(piece) for piece in timeline.pieces] for timeline in (before, after))
    assert len(old) == len(new)
    assert sum(one != other for one, other in zip(old, new, strict=True)) == 1


def test_pauses_follow_the_tempo_of_their_voice(speech):
    brisk = replace(speech, clips=tuple(replace(clip, treatment=Treatment(rate=2.0)) for clip in speech.clips))
    for timeline, pause in ((plan(speech), 0.3), (plan(brisk), 0.15)):
        _, second, third = timeline.placements
        assert third.start - second.start - second.length == pytest.approx(pause * RATE, abs=1)


MUSIC = Music({place: Sting(place, 2.0) for place in ("opening", "between", "promo", "closing")}, bed="bed")


def test_stings_stand_where_something_begins_or_ends(speech):
    kinds = ("opening", "title", "body", "promo", "title", "body", "closing")
    said = [Utterance(written=kind, spoken=kind, pause=0.5) for kind in kinds]
    segments = [
        Segment(kind=kind, title=kind, chapter=kind == "title", utterances=(each,))
        for kind, each in zip(kinds, said, strict=True)
    ]
    clips = tuple(Clip(utterance=each, audio=f"{n:08x}", duration=3.0) for n, each in enumerate(said))
    whole = replace(speech, script=replace(speech.script, segments=tuple(segments)), clips=clips)
    timeline = plan(whole, MUSIC)
    row = [each.audio if each.treatment is None else said[int(each.audio, 16)].written for each in timeline.placements]
    assert row == [
        "opening",
        "opening",
        "title",
        "body",
        "promo",
        "promo",
        "between",
        "title",
        "body",
        "closing",
        "closing",
    ]
    assert [piece.bed for piece in timeline.pieces] == ["bed", "", "", "bed"]
    assert [chapter.title for chapter in timeline.chapters] == ["opening", "title", "title"], "nothing is in none"
    assert [chapter.start for chapter in timeline.chapters] == [0, 7, 19]
    between = next(n for n, each in enumerate(timeline.placements) if each.audio == "between")
    promo, sting = timeline.placements[between - 1 : between + 1]
    mark = timeline.chapters[2].start * RATE
    assert promo.start + promo.length + TAIL <= mark <= sting.start - HEAD, "the chapter begins with its sting"
    opening = timeline.pieces[0]
    assert opening.start + opening.length <= timeline.chapters[1].start * RATE, "the bed has faded"


@pytest.mark.parametrize(("first", "bed"), [("opening", "bed"), ("title", "bed"), ("body", "")])
def test_a_bed_plays_under_the_first_words_whether_they_greet_or_are_a_title(speech, first, bed):
    opening, body = speech.script.segments
    segments = (replace(opening, kind=first), replace(body, kind="body"))
    timeline = plan(replace(speech, script=replace(speech.script, segments=segments)), MUSIC)
    assert timeline.pieces[0].bed == bed
    assert timeline.placements[0].audio == "opening", "the show's mark is played"
    assert timeline.pieces[-1].bed == ""


def test_a_voice_begins_while_a_sting_fades(speech):
    sting, first, *_ = plan(speech, MUSIC).placements
    assert sting.start == LEAD_IN
    assert 0 < sting.start + sting.length - first.start < RATE / 2

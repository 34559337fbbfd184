"""What a person changed in a script stays with its sentence when the article is rendered again."""

from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioed import build, catalogue
from audioed.model import Block, Edition, Reading, Script, Segment, Utterance
from audioed.scripting.chapters import titled_by_hand
from audioed.scripting.edits import merged
from tests.conftest import DAY

TEXT = {"Opening": ["Good morning."], "Bridge": ["It opened.", "It rained.", "Nobody fell in."], "End": ["Goodbye."]}


def script(text=None, **edition):
    """A script of these segments, a segment's sentences said as they are written."""
    segments = tuple(
        Segment(
            kind="body",
            title=title,
            chapter=True,
            utterances=tuple(Utterance(written=each, spoken=each, pause=0.3) for each in said),
        )
        for title, said in (text or TEXT).items()
    )
    return Script(edition=Edition(show="S", day=DAY, title="T", name="n", **edition), segments=segments)


def changed(told, written, **changes):
    """The script with these changes to the sentence, or to the segment of that title."""

    def segment(each):
        if each.title == written:
            return replace(each, **changes)
        said = (replace(u, **changes) if u.written == written else u for u in each.utterances)
        return replace(each, utterances=tuple(said))

    return replace(told, segments=tuple(map(segment, told.segments)))


def shape(told):
    return {segment.title: [each.written for each in segment.utterances] for segment in told.segments}


WROTE = script()
REVISED = {
    "a sentence is new": script({**TEXT, "Bridge": ["First of all.", *TEXT["Bridge"], "The end."]}),
    "another sentence is mended": script({**TEXT, "Bridge": ["It opened at last.", *TEXT["Bridge"][1:]]}),
    "an article is new ahead": script({"Opening": TEXT["Opening"], "Ferry": ["It left."], **TEXT}),
    "a sentence has moved": script({**TEXT, "Bridge": ["It rained.", "Nobody fell in.", "It opened."]}),
    "a segment is called otherwise": changed(WROTE, "Bridge", title="The bridge"),
    "nothing": WROTE,
}
EDITS = {
    "spoken": {"spoken": "It poured."},
    "a sound": {"spoken": "It [rained](/ɹeɪnd/).", "readings": (Reading(at=3, written="rained", spoken="x"),)},
    "pause": {"pause": 3.0},
    "role": {"role": "quote"},
    "voice": {"voice": "kathleen"},
    "language": {"language": "de"},
    "everything": {"spoken": "Es goss.", "pause": 0.0, "role": "promo", "voice": "thorsten", "language": "de"},
}


@pytest.mark.parametrize("fresh", REVISED.values(), ids=REVISED)
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_stays_with_its_sentence(edit, fresh):
    found = merged(WROTE, changed(WROTE, "It rained.", **edit), fresh)
    assert found.script == changed(fresh, "It rained.", **edit)
    assert {told.partition(": ")[0] for told in found.kept} == {"“It rained.”"}
    assert len(found.kept) == len(set(edit) - {"readings"})
    assert found.lost == ()


@pytest.mark.parametrize("fresh", REVISED.values(), ids=REVISED)
def test_what_nobody_edited_is_fresh(fresh):
    assert merged(WROTE, WROTE, fresh) == merged(WROTE, WROTE, fresh).__class__(fresh)
    better = changed(changed(fresh, "It rained.", spoken="It raaained."), "Nobody fell in.", voice="kathleen")
    assert merged(WROTE, WROTE, better).script == better


def test_an_edit_of_one_field_leaves_the_others_fresh():
    better = changed(WROTE, "It rained.", spoken="It raaained.", voice="kathleen")
    found = merged(WROTE, changed(WROTE, "It rained.", pause=3.0), better)
    assert found.script == changed(better, "It rained.", pause=3.0)
    assert found.kept == ("“It rained.”: pause",)
    same = changed(WROTE, "It rained.", spoken="It raaained.")
    assert merged(WROTE, same, same).kept == (), "the text has it by now"


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("now", [["It opened.", "It poured.", "Nobody fell in."], ["It opened.", "Nobody fell in."]])
def test_an_edit_of_a_sentence_that_is_gone_is_told(edit, now):
    fresh = script({**TEXT, "Bridge": now})
    found = merged(WROTE, changed(WROTE, "It rained.", **edit), fresh)
    assert found.script == fresh
    assert found.kept == ()
    assert len(found.lost) == len(set(edit) - {"readings"})


OTHER_WORDS = {
    "in other words": ["It opened.", "It poured.", "Nobody fell in."],
    "two in other words": ["It opened.", "It poured.", "Not one fell in."],
    "one of two": ["It opened.", "It poured, and nobody fell in."],
    "two of one": ["It opened.", "It rained all day.", "And all night.", "Nobody fell in."],
    "left out": ["It opened.", "Nobody fell in."],
    "the first left out": ["It rained.", "Nobody fell in."],
    "the last left out": ["It opened.", "It rained."],
    "added": ["It opened.", "It rained.", "It poured.", "Nobody fell in."],
    "added at the beginning": ["Hear.", "It opened.", "It rained.", "Nobody fell in."],
    "added at the end": ["It opened.", "It rained.", "Nobody fell in.", "There."],
    "in another order": ["It rained.", "It opened.", "Nobody fell in."],
}


@pytest.mark.parametrize("said", OTHER_WORDS.values(), ids=OTHER_WORDS)
def test_sentences_that_were_added_changed_or_left_out_by_hand_stay_so(said):
    edited = script({**TEXT, "Bridge": said})
    ahead = script({"Opening": TEXT["Opening"], "Ferry": ["It left."], "Bridge": TEXT["Bridge"], "End": ["Goodbye."]})
    for fresh, expected in (
        (WROTE, {**TEXT, "Bridge": said}),
        (ahead, {"Opening": TEXT["Opening"], "Ferry": ["It left."], "Bridge": said, "End": ["Goodbye."]}),
        (changed(WROTE, "Bridge", title="New"), {"Opening": ["Good morning."], "New": said, "End": ["Goodbye."]}),
        (script({**TEXT, "End": ["Good night."]}), {**TEXT, "Bridge": said, "End": ["Good night."]}),
    ):
        found = merged(WROTE, edited, fresh)
        assert shape(found.script) == expected
        assert found.lost == ()
        assert found.kept


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["It opened.", "It poured.", "Nobody fell in."], ("“It rained.”: written",)),
        (["It opened.", "Nobody fell in."], ("“It rained.”: left out",)),
        (["It opened.", "It rained.", "Nobody fell in.", "There."], ("“There.”: added",)),
        (["It rained.", "It opened.", "Nobody fell in."], ("“It rained.”: moved",)),
    ],
)
def test_what_has_no_place_in_the_new_text_is_told(said, told):
    fresh = script(
        {"Opening": ["Good morning."], "Bridge": ["It has opened.", "It hailed.", "Some fell."], "End": ["Bye."]}
    )
    found = merged(WROTE, script({**TEXT, "Bridge": said}), fresh)
    assert found.script == fresh
    assert set(told) <= set(found.lost)


@pytest.mark.parametrize(
    "edit", [{"kind": "promo"}, {"title": "The day"}, {"url": "https://x.org"}, {"chapter": False}]
)
def test_what_a_segment_was_made_stays(edit):
    edited = changed(WROTE, "Bridge", **edit)
    for fresh in (WROTE, REVISED["an article is new ahead"], REVISED["another sentence is mended"]):
        found = merged(WROTE, edited, fresh)
        assert found.script == changed(fresh, "Bridge", **edit)
        assert found.kept == (f"the segment “Bridge”: {next(iter(edit))}",)
    gone = script({"Opening": ["Good morning."], "Ferry": ["It left."], "End": ["Goodbye."]})
    found = merged(WROTE, edited, gone)
    assert (found.script, found.kept) == (gone, ())
    assert found.lost == (f"the segment “Bridge”: {next(iter(edit))}",)


SEGMENTS = {
    "one is new": {
        "Opening": ["Good morning."],
        "News": ["Hear.", "Hear!"],
        "Bridge": TEXT["Bridge"],
        "End": ["Goodbye."],
    },
    "one is new at the end": {**TEXT, "News": ["Hear."]},
    "one is new at the beginning": {"News": ["Hear."], **TEXT},
    "one is left out": {"Opening": ["Good morning."], "End": ["Goodbye."]},
    "one is two": {
        "Opening": ["Good morning."],
        "Bridge": ["It opened."],
        "Rain": ["It rained.", "Nobody fell in."],
        "End": ["Goodbye."],
    },
    "two are one": {"Opening": ["Good morning."], "Bridge": [*TEXT["Bridge"], "Goodbye."]},
    "two have changed places": {"Bridge": TEXT["Bridge"], "Opening": ["Good morning."], "End": ["Goodbye."]},
}


@pytest.mark.parametrize("text", SEGMENTS.values(), ids=SEGMENTS)
def test_segments_that_were_added_parted_or_joined_stay_so(text):
    found = merged(WROTE, script(text), WROTE)
    assert shape(found.script) == text
    assert found.lost == ()
    better = changed(WROTE, "It opened.", spoken="It oh-pened.")
    assert shape(merged(WROTE, script(text), better).script) == text


def test_a_segment_does_not_fall_apart_where_its_first_sentence_was_left_out_and_is_another_now():
    edited = script({**TEXT, "Bridge": ["It rained.", "Nobody fell in."]})
    fresh = REVISED["another sentence is mended"]
    found = merged(WROTE, edited, fresh)
    assert found.script == fresh
    assert found.lost == ("“It opened.”: left out",)


def test_the_title_the_day_and_the_language_are_kept_until_they_change_by_themselves():
    edited = replace(WROTE, language="en-GB", edition=replace(WROTE.edition, title="Mine", day=DAY.replace(year=2025)))
    found = merged(WROTE, edited, WROTE)
    assert found.script == edited
    assert set(found.kept) == {"the script: language", "the edition: title", "the edition: day"}
    fresh = replace(WROTE, edition=replace(WROTE.edition, title="Theirs", number=7, name="other"))
    found = merged(WROTE, edited, fresh)
    assert found.script.edition == replace(fresh.edition, day=edited.edition.day)
    assert found.lost == ("the edition: title",)


def test_without_a_pristine_script_only_what_is_surely_an_edit_is_carried_over():
    edited = changed(changed(WROTE, "It rained.", pause=3.0, spoken="It poured."), "Bridge", title="Mine")
    found = merged(None, edited, WROTE)
    assert found.script == changed(WROTE, "It rained.", pause=3.0)
    assert found.kept == ("“It rained.”: pause",)
    assert set(found.doubted) == {"“It rained.”: spoken", "the segment “Bridge”: title"}
    assert merged(None, changed(WROTE, "It rained.", pause=0.65), WROTE).kept == (), "a pause of ours"
    left = merged(None, script({**TEXT, "Bridge": ["It opened.", "Nobody fell in.", "There."]}), WROTE)
    assert (left.script, left.doubted) == (WROTE, ("“It rained.”: added", "“There.”: left out"))
    assert merged(None, WROTE, WROTE) == merged(WROTE, WROTE, WROTE)


def test_without_a_pristine_script_what_older_versions_did_not_carry_is_no_edit():
    fresh = changed(WROTE, "It rained.", boundary="paragraph", block="paragraph", id="1f")
    assert merged(None, WROTE, fresh) == merged(WROTE, WROTE, fresh)
    assert merged(WROTE, WROTE, fresh).script == fresh


def test_a_pause_that_is_set_by_hand_leaves_the_boundary_and_a_boundary_the_pause():
    fresh = changed(WROTE, "It rained.", boundary="paragraph", pause=0.65)
    found = merged(fresh, changed(fresh, "It rained.", pause=3.0), changed(fresh, "It rained.", boundary="segment"))
    assert found.script == changed(fresh, "It rained.", boundary="segment", pause=3.0)
    assert found.kept == ("“It rained.”: pause",)


def test_a_title_that_is_written_by_hand_goes_with_its_heading():
    long = changed(WROTE, "Bridge", heading="Bridge over a river")
    mine = changed(long, "Bridge", title="Mine")
    found = merged(long, mine, changed(WROTE, "Bridge", heading="Bridge over two rivers"))
    assert next(each.whole for each in found.script.segments if each.title == "Mine") == "Mine"
    assert found.kept == ("the segment “Bridge”: title",)


@pytest.mark.parametrize(
    ("edit", "whole"),
    [
        ({"title": "Zelensky"}, "Zelensky"),
        ({"title": "Zelensky: Russia"}, "Zelensky: Russia"),
        ({"title": "Zelensky", "heading": "Zelensky speaks"}, "Zelensky speaks"),
        ({"heading": "Zelensky: Russia and the rest"}, "Zelensky: Russia and the rest"),
    ],
)
def test_a_title_that_is_shortened_by_hand_is_the_whole_name(edit, whole):
    heading = "Zelensky: Russia and the United States are unwilling to talk"
    wrote = changed(WROTE, "Bridge", title="Zelensky: Russia and", heading=heading)
    edited = changed(wrote, "Zelensky: Russia and", **edit)
    found = merged(wrote, edited, wrote).script
    assert found.segments[1].whole == whole
    assert merged(wrote, found, wrote).script == found, "and stays so"


REST = " years, and what the divers found behind it when it opened"


@pytest.mark.parametrize(
    ("kind", "title", "heading", "whole"),
    [
        ("body", "Zelensky", "Zelensky: Russia and the United States are unwilling", "Zelensky"),
        ("title", "The gate", "The gate that was shut for a hundred years and more", "The gate"),
        ("body", "The gate that was shut for a hundred", f"The gate that was shut for a hundred{REST}", ""),
        ("headlines", "Headlines", "Headlines: Two pilot boats in the northern district", ""),
        ("headlines", "Headlines", "", "Headlines"),
        ("body", "The gate", "The gate, at last", ""),
    ],
)
def test_a_title_is_the_whole_name_unless_it_is_what_is_made_of_the_heading(kind, title, heading, whole):
    segment = replace(WROTE.segments[0], kind=kind, title=title, heading=heading)
    assert titled_by_hand(replace(WROTE, segments=(segment,))).segments[0].whole == (whole or heading)


def test_a_long_sentence_is_told_by_its_beginning():
    long = "A sentence of so many words that no line of a terminal has room for all of it."
    told = script({"A": [long]})
    assert merged(told, changed(told, long, pause=9.0), told).kept == (
        "“A sentence of so many words that no line of a t…”: pause",
    )


sentences = st.lists(st.sampled_from([f"{letter}." for letter in "abcdefgh"]), min_size=1, max_size=4)
scripts = st.lists(sentences, min_size=1, max_size=4).map(
    lambda parts: script({f"S{number}": said for number, said in enumerate(parts)})
)


@given(scripts, scripts, scripts)
def test_every_merge_keeps_what_is_not_in_question(pristine, edited, fresh):
    assert merged(pristine, pristine, fresh).script == fresh
    assert merged(pristine, edited, pristine).script == edited
    assert merged(pristine, edited, pristine).lost == ()
    found = merged(pristine, edited, fresh)
    known = set(chain.from_iterable(each.utterances for each in (edited, fresh)))
    assert set(found.script.utterances) <= known
    assert all(segment.utterances for segment in found.script.segments)


@pytest.mark.parametrize("said", OTHER_WORDS.values(), ids=OTHER_WORDS)
def test_an_edit_that_was_made_in_the_article_too_is_made_once(said):
    both = script({**TEXT, "Bridge": said})
    found = merged(WROTE, both, both)
    assert (found.script, found.lost) == (both, ())


def test_a_real_script_that_was_edited_on_disk_survives_a_mended_article(article, silent, tmp_path):
    wish = catalogue.Wish(today=DAY)
    wrote = build.write([article], build.edition([article], wish, silent), silent)
    path = silent.store.save(wrote, tmp_path / "script.json")
    text = path.read_text("utf-8")
    path.write_text(text.replace("ninety metres", "[ninety](/ˈnaɪndi/) metres"), "utf-8")
    mended = replace(
        article, title="The bridge is open", blocks=(*article.blocks, Block(kind="quote", text="It sings."))
    )
    fresh = build.write([mended], build.edition([mended], wish, silent), silent)
    found = merged(wrote, silent.store.load(Script, path), fresh)
    assert found.kept == ("“It cost $4.5 million, and it is 90 metres long.”: spoken",)
    assert found.lost == ()
    differing = [
        (was.spoken, now.spoken)
        for was, now in zip(fresh.utterances, found.script.utterances, strict=True)
        if was != now
    ]
    assert [now for _, now in differing] == [
        "It cost four point five million dollars, and it is [ninety](/ˈnaɪndi/) metres long."
    ]


def test_without_a_pristine_script_a_pause_that_the_table_never_had_was_set_by_hand():
    edited = changed(WROTE, "It rained.", pause=0.5)
    found = merged(None, edited, changed(WROTE, "It rained.", pause=0.31))
    assert found.kept == ("“It rained.”: pause",)
    assert found.script == edited

import json
import re
from dataclasses import replace
from itertools import cycle, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audioed import scripting
from audioed.characters import line
from audioed.companions import CHAPTERS, JSON, LEAD, SRT, TRANSCRIPTS, VTT
from audioed.config import Scripting
from audioed.mastering.stitch import plan
from audioed.model import Block, Chapter, Clip, Cue, Edition, Source, Span, Speech, Treatment, Word
from audioed.publishing import chapters, transcript
from audioed.publishing.transcript.passage import ahead
from audioed.scripting.lexicon import Lexicon
from tests.conftest import DAY

STAMP = r"(\d\d):(\d\d):(\d\d)[.,](\d\d\d)"


def milliseconds(stamp):
    hours, minutes, seconds, rest = map(int, re.fullmatch(STAMP, stamp).groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def cards(document):
    found = re.findall(rf"^({STAMP}) --> ({STAMP})\n((?:.+\n?)+)", document, re.MULTILINE)
    return [(milliseconds(card[0]), milliseconds(card[5]), card[-1].rstrip("\n").split("\n")) for card in found]


def as_vtt(cues):
    return transcript.captions(cues)[VTT.name]


def as_srt(cues):
    return transcript.captions(cues)[SRT.name]


def as_json(cues):
    return transcript.captions(cues)[JSON.name]


words = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="-"), min_size=1, max_size=90), min_size=1)
cue_texts = words.map(" ".join).filter(line)


@pytest.mark.parametrize("companion", TRANSCRIPTS, ids=lambda each: each.name)
def test_each_form_of_the_transcript_is_as_expected(data, golden, companion):
    assert transcript.transcripts(golden)[companion.name].encode() == (data / companion.name).read_bytes()


def test_the_chapters_are_as_expected(data, golden):
    folder = "https://example.com/show/episode"
    assert chapters.as_json(golden, folder).encode() == (data / CHAPTERS.name).read_bytes()


def test_the_chapters_file_has_whole_headings(make):
    whole = "Headlines: two pilot boats in the northern district switch to batteries"
    made = make(1, chapters=(Chapter(title="Headlines", heading=whole, start=0.0),))
    assert json.loads(chapters.as_json(made, ""))["chapters"] == [{"startTime": 0, "title": whole}]


@given(cue_texts, st.sampled_from(["", "Narrator", "A very long name of a narrator"]))
def test_subrip_keeps_to_two_lines_of_32_characters(text, speaker):
    for _, _, lines in cards(as_srt((Cue(start=1.0, end=9.0, speaker=speaker, text=text),))):
        assert len(lines) <= 2
        assert max(map(len, lines)) <= 32


@given(cue_texts)
def test_no_word_is_lost_between_two_cards(text):
    found = cards(as_srt((Cue(start=1.0, end=9.0, speaker="", text=text),)))
    said = "".join(each for _, _, lines in found for each in lines)
    assert said.replace(" ", "") == line(text).replace(" ", "")


@given(cue_texts)
def test_webvtt_keeps_to_65_characters_and_its_markup_to_itself(text):
    document = as_vtt((Cue(start=1.0, end=9.0, speaker="Narrator", text=text),))
    for _, _, lines in cards(document):
        payload = "\n".join(lines)
        assert payload.startswith("<v Narrator>")
        plain = payload.removeprefix("<v Narrator>")
        assert "<" not in plain
        assert ">" not in plain
        for each in plain.split("\n"):
            assert len(each.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")) <= 65


@given(cue_texts, st.floats(0, 10_000), st.floats(0, 100))
def test_the_cards_of_a_cue_follow_one_another_and_fill_it(text, start, length):
    found = cards(as_srt((Cue(start=start, end=start + length, speaker="", text=text),)))
    assert found[0][0] == round(start * 1000)
    assert found[-1][1] >= round((start + length) * 1000)
    assert all(begin < end for begin, end, _ in found)
    assert all(before[1] == after[0] for before, after in pairwise(found))


def test_a_long_cue_is_timed_by_its_characters():
    text = "ten chars " * 20
    found = cards(as_srt((Cue(start=0.0, end=20.0, speaker="", text=text),)))
    for begin, end, lines in found:
        assert (end - begin) / 1000 == pytest.approx(len(" ".join(lines)) / 10, rel=0.1)


def test_a_speaker_is_named_in_subrip_only_where_another_one_begins():
    cues = tuple(
        Cue(start=float(n), end=n + 1.0, speaker=speaker, text="Hello there.") for n, speaker in enumerate("AABA")
    )
    said = [lines[0] for _, _, lines in cards(as_srt(cues))]
    assert said == ["A: Hello there.", "Hello there.", "B: Hello there.", "A: Hello there."]


def test_json_segments_carry_times_speaker_and_body(golden):
    document = json.loads(as_json(golden.cues))
    assert document["version"] == "1.0.0"
    assert document["segments"][0] == {
        "speaker": "Narrator",
        "startTime": 0,
        "endTime": 2.5,
        "body": "This is The Morning Read.",
    }


def test_plain_text_has_every_cue_once_even_outside_of_segments(make):
    cues = tuple(Cue(start=float(n), end=n + 0.5, speaker="", text=f"Cue{n}.") for n in range(10))
    spans = (
        Span(kind="body", title="First", start=2.0, end=4.0),
        Span(kind="body", title="First", start=4.0, end=6.0),
        Span(kind="promo", title="", start=6.0, end=8.0),
    )
    text = transcript.as_text(make(1, cues=cues, segments=spans))
    assert re.findall(r"Cue\d", text) == [f"Cue{n}" for n in range(10)]
    assert text.count("First") == 1


def test_a_cue_without_words_is_not_shown():
    cues = (Cue(start=0.0, end=1.0, speaker="N", text=" \x01"), Cue(start=1.0, end=1.0, speaker="N", text="Hm."))
    assert cards(as_vtt(cues)) == [(1000, 1001, ["<v N>Hm."])]


SHORT = ("Yes.", "No, it is not.", "The night ferry leaves at ten past four in the morning, and nobody waves.")
PACE = 15
"""Characters a second: how fast the default voice reads."""


def read(texts, pauses, speakers="N", begins=1.0):
    """Cues of these texts at a reader's pace, a pause after each."""
    found = []
    for text, pause, speaker in zip(texts, cycle(pauses), cycle(speakers), strict=False):
        found.append(Cue(start=begins, end=begins + len(text) / PACE, speaker=speaker, text=text))
        begins = found[-1].end + pause
    return tuple(found)


def shown(cues):
    """The cards of every form of the transcript: begin, end, text."""
    for name, form in (("vtt", as_vtt), ("srt", as_srt)):
        document = form(cues)
        yield (
            name,
            [(begin, end, re.sub("<.*?>|^. *: ?", "", " ".join(lines))) for begin, end, lines in cards(document)],
        )
    segments = json.loads(as_json(cues))["segments"]
    yield "json", [(round(s["startTime"] * 1000), round(s["endTime"] * 1000), s["body"]) for s in segments]


@given(st.lists(st.sampled_from([*SHORT, "Aye.", "A longer word: internationalization."]), min_size=2, max_size=9))
def test_no_card_is_gone_before_it_can_be_read_where_more_is_said_around_it(texts):
    for _, found in shown(read(texts, [0.3, 0.08, 0.0])):
        assert all(end - begin >= 800 for begin, end, _ in found) or sum(map(len, texts)) < 16
        assert all(before[1] <= after[0] for before, after in pairwise(found))
        assert " ".join(text for *_, text in found) == " ".join(texts)


@given(st.lists(st.sampled_from([*SHORT, "And " * 60 + "so on."]), min_size=1, max_size=5))
def test_no_card_stays_for_more_than_seven_seconds(texts):
    for name, found in shown(read(texts, [0.3])):
        assert name == "json" or all(end - begin <= 7_000 for begin, end, _ in found)


@pytest.mark.parametrize(
    ("texts", "pauses", "speakers", "told"),
    [
        (["Yes.", SHORT[1]], [0.3], "N", ["Yes. No, it is not."]),  # in one paragraph
        ([SHORT[1], "Yes."], [0.3], "N", ["No, it is not. Yes."]),
        (["Yes.", "Yes.", "Yes."], [0.2], "N", ["Yes. Yes. Yes."]),
        (["Yes.", SHORT[1]], [0.65], "N", ["Yes.", "No, it is not."]),  # a paragraph each
        (["Yes.", SHORT[1]], [0.3], "AB", ["Yes.", "No, it is not."]),  # a speaker each
        ([SHORT[1], SHORT[1]], [0.3], "N", [SHORT[1]] * 2),  # long enough
    ],
)
def test_short_sentences_share_a_card_with_their_own_paragraph_alone(texts, pauses, speakers, told):
    for _, found in shown(read(texts, pauses, speakers)):
        assert [text for *_, text in found] == told


@pytest.mark.parametrize(("pause", "lasts"), [(0.65, 801), (0.5, 767), (3.0, 801)])
def test_a_card_that_would_flash_stays_into_the_silence_behind_it(pause, lasts):
    for _, found in shown(read(["Yes.", SHORT[1]], [pause])):
        assert found[0][1] - found[0][0] == lasts
        assert found[0][1] <= found[1][0]


def test_a_sentence_of_two_cards_is_parted_behind_a_clause_and_evenly():
    [document] = [as_srt(read([SHORT[2]], [0]))]
    assert [" ".join(lines) for *_, lines in cards(document)] == [
        "N: The night ferry leaves at ten past four in the morning,",
        "and nobody waves.",
    ]
    even = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    first, second = cards(as_vtt(read([even], [0])))[0], cards(as_srt(read([even], [0])))[1]
    assert first[1] - first[0] > 5_000, "all of it on one card"
    assert second[1] - second[0] > 2_000


def test_webvtt_shows_lines_that_are_taken_in_at_a_glance():
    for _, _, lines in cards(as_vtt(read([SHORT[2]] * 3, [0.3], ["A very long name of a narrator"]))):
        assert len(lines) <= 2
        assert max(len(re.sub("<.*?>", "", line)) for line in lines) <= 42
        assert max(map(len, lines)) <= 65


def timed(text, start=0.0, pace=1.0):
    """The words of this text, one every so many seconds, each half as long."""
    return tuple(
        Word(text=word, start=start + at * pace, end=start + (at + 0.5) * pace) for at, word in enumerate(text.split())
    )


def test_a_card_begins_with_its_first_word_where_the_times_of_words_are_known():
    slow, quick = "one two three four five six seven eight nine ten", "alpha beta gamma delta epsilon zeta eta theta"
    words = (*timed(slow), *timed(quick, 10.0, 0.1))
    cue = Cue(start=0.0, end=10.8, speaker="", text=f"{slow} {quick}", words=words)
    starts = {word.text: max(0, round((word.start - LEAD) * 1000)) for word in words}
    for begin, _, lines in cards(as_srt((cue,))):
        assert begin == starts[lines[0].split()[0]]


def test_words_that_are_not_the_texts_do_not_move_a_card():
    text = "ten chars " * 20
    plain = Cue(start=0.0, end=20.0, speaker="", text=text)
    told = Cue(start=0.0, end=20.0, speaker="", text=text, words=timed("4.5 million"))
    assert as_vtt((told,)) == as_vtt((plain,))


def test_words_in_marks_and_numbers_are_found_in_what_is_written():
    text = "It cost “$4.5 million”, said Bo; and then nobody spoke another word about it until the spring came back."
    words = tuple(Word(text=word.strip("“”;,."), start=float(at), end=at + 1.0) for at, word in enumerate(text.split()))
    found = cards(as_srt((Cue(start=0.0, end=30.0, speaker="", text=text, words=words),)))
    for begin, _, lines in found[1:]:
        assert begin == 1000 * (text.split().index(lines[0].split()[0]) - LEAD)


@given(cue_texts, st.lists(st.floats(0, 50), min_size=2), st.floats(0, 20))
def test_no_times_of_words_make_cards_overlap_or_end_late(text, moments, length):
    words = tuple(Word(text=word, start=at, end=at + 1) for word, at in zip(text.split(), moments, strict=False))
    cue = Cue(start=10.0, end=10.0 + length, speaker="", text=text, words=words)
    found = cards(as_srt((cue,)))
    assert found[0][0] == 10_000
    assert all(begin < end for begin, end, _ in found)
    assert all(before[1] == after[0] for before, after in pairwise(found))
    assert found[-1][1] == max(round((10 + length) * 1000), 10_000 + len(found))


def test_the_json_has_a_segment_a_sentence_and_in_it_the_words_whose_times_are_known():
    cues = (
        Cue(start=0.0, end=4.0, speaker="N", text="One – two.", words=timed("One two.")),
        Cue(start=5.0, end=5.5, speaker="N", text="Yes.", words=timed("Yes.", 5.0), boundary="sentence"),
        Cue(start=5.8, end=7.0, speaker="N", text="No, it is not."),
    )
    one, other = json.loads(as_json(cues))["segments"]
    assert (one["body"], one["endTime"]) == ("One – two.", 4)
    assert one["words"] == [
        {"startTime": 0, "endTime": 0.5, "body": "One"},
        {"startTime": 1 - LEAD, "endTime": 1.5, "body": "two."},
    ]
    assert (other["body"], other["words"]) == (
        "Yes. No, it is not.",
        [{"startTime": 5, "endTime": 5.5, "body": "Yes."}],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A ferry is a bridge that leaves without you.", "A ferry is a bridge|that leaves without you."),
        ("She lowers an arm the size of a bus.", "She lowers an arm|the size of a bus."),
        ("Since January she has burned none.", "Since January|she has burned none."),
        ("That was it, and nobody minded at all then.", "That was it,|and nobody minded at all then."),
        ("It is in the harbour now.", "It is in the harbour now."),
        ("Internationalization internationalizes.", "Internationalization|internationalizes."),
    ],
)
def test_lines_are_as_long_as_each_other_and_none_is_a_word_alone(text, expected):
    [(_, _, lines)] = cards(as_srt((Cue(start=0.0, end=4.0, speaker="", text=text),)))
    assert "|".join(lines) == expected


def test_no_card_is_a_word_alone_where_others_could_be_with_it():
    text = "The mayor, who had been there since before the first boat came in, said that she would certainly wait, yes."
    for pace in (0.2, 0.4, 1.0):
        words = timed(text, pace=pace)
        for form in (as_vtt, as_srt):
            found = cards(form((Cue(start=0.0, end=words[-1].end, speaker="", text=text, words=words),)))
            assert all(len(" ".join(lines).split()) > 1 for *_, lines in found)
            assert all(len(each.split()) > 1 for *_, lines in found for each in lines if len(lines) > 1)


def test_a_card_stays_into_the_silence_behind_it_until_it_is_read_at_17_characters_a_second():
    quick = Cue(start=0.0, end=2.0, speaker="", text="The ferry left at ten past four, as ever.")
    for silence, lasts in ((1.0, 2412), (0.2, 2200)):
        after = Cue(start=2.0 + silence, end=9.0, speaker="", text="Nobody waved at it.")
        for form in (as_vtt, as_srt):
            assert cards(form((quick, after)))[0][1] == lasts
        assert json.loads(as_json((quick, after)))["segments"][0]["endTime"] == 2


SPEAKERS = st.sampled_from(["", "Narrator", "Tom & <Jerry>", "A very long name of a narrator"])
CUES = st.lists(st.tuples(cue_texts, SPEAKERS), min_size=1, max_size=5).map(
    lambda said: tuple(
        Cue(start=9.0 * n, end=9.0 * n + 8, speaker=who, text=text) for n, (text, who) in enumerate(said)
    )
)


@given(CUES)
def test_other_peoples_readers_of_captions_find_every_card(cues):
    srt, webvtt = pytest.importorskip("srt"), pytest.importorskip("webvtt")
    document = as_srt(cues)
    read = list(srt.parse(document))
    assert [round(each.start.total_seconds() * 1000) for each in read] == [begin for begin, _, _ in cards(document)]
    document = as_vtt(cues)
    seen = list(webvtt.from_string(document))
    assert [milliseconds(each.start) for each in seen] == [begin for begin, _, _ in cards(document)]


@given(cue_texts, st.sampled_from(["", "Narrator", "</p><script>alert(1)</script>"]), st.text(min_size=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_page_is_valid_html_and_says_all_that_is_said(make, text, speaker, title):
    html5lib = pytest.importorskip("html5lib")
    cues = (Cue(start=1.0, end=9.0, speaker=speaker, text=text), Cue(start=9.1, end=9.5, speaker="B", text="Hm."))
    spans = (Span(kind="body", title=title, start=0.0, end=10.0),)
    page = transcript.as_html(make(1, cues=cues, segments=spans, title=title))
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    document = parser.parse(page)
    assert not list(document.iter("script"))
    said = ["".join(each.itertext()) for each in document.iter("p") if each.get("id")]
    assert "Hm." in said
    kept = line(text)
    assert kept in said or line(text).rstrip(".") == line(title).rstrip(".")


def test_the_page_names_its_language_direction_headings_and_moments(make):
    cues = tuple(
        Cue(start=start, end=start + 1, speaker=speaker, text=text)
        for start, speaker, text in (
            (0.0, "Narrator", "First."),
            (1.3, "Narrator", "Same paragraph."),
            (3.1, "Narrator", "Another one."),
            (4.2, "Quote", "Somebody else."),
            (3_661.5, "Narrator", "Much later."),
        )
    )
    spans = (
        Span(kind="opening", title="Opening", start=0.0, end=3.0),
        Span(kind="body", title="Later", start=4.1, end=9_999.0),
    )
    page = transcript.as_html(make(1, cues=cues, segments=spans, language="ar-EG"))
    assert '<html lang="ar-EG" dir="rtl">' in page
    assert re.findall(r"<h2>(.*?)</h2>|<cite>(.*?)</cite>|<p id=\S+>(.*?)</p>", page) == [
        ("Opening", "", ""),
        ("", "Narrator:", ""),
        ("", "", "First. Same paragraph."),
        ("", "", "Another one."),
        ("Later", "", ""),
        ("", "Quote:", ""),
        ("", "", "Somebody else."),
        ("", "Narrator:", ""),
        ("", "", "Much later."),
    ]
    assert '#t=3661.5">1:01:01</a></time>\n<p id="t=3661.5">' in page


def test_a_title_that_was_cut_for_the_chapters_is_whole_on_the_page(make):
    whole = "A title that is longer than what a list of chapters shows"
    spans = (
        Span(kind="title", title="A title that is longer than what…", start=0.0, end=2.0),
        Span(kind="body", title="Words that begin a paragraph…", start=2.0, end=4.0),
    )
    cues = (Cue(start=0.0, end=1.0, speaker="", text=whole), Cue(start=2.0, end=3.0, speaker="", text="Hm."))
    sources = (Source(title="Another"), Source(title=whole))
    text = transcript.as_text(make(1, cues=cues, segments=spans, sources=sources))
    assert text.count(whole) == 1
    assert "Words that begin a paragraph…\n---" in text


def test_a_page_has_the_headings_that_are_said_and_names_lists_and_promos(make):
    rows = (
        ("title", "The harbour", "heading", "The harbour and what became of it when nobody looked"),
        ("body", "It rained", "paragraph", "It rained."),
        ("body", "A heading", "heading", "A heading that is far too long for a list?"),
        ("headlines", "Headlines", "item", "Two boats in the harbour"),
        ("body", "Continued: A heading", "paragraph", "Dry."),
    )
    spans = tuple(
        Span(kind=kind, title=title, start=float(at), end=at + 1.0) for at, (kind, title, *_) in enumerate(rows)
    )
    cues = tuple(
        Cue(start=float(at), end=at + 0.99, speaker="", text=text, block=block, boundary="segment")
        for at, (*_, block, text) in enumerate(rows)
    )
    made = make(1, cues=cues, segments=spans)
    text, page = transcript.as_text(made), transcript.as_html(made)
    headings = [rows[0][3], rows[2][3], "Headlines"]
    assert re.findall(r"(.+)\n--+\n", text) == headings
    assert re.findall(r"<h2>(.*)</h2>", page) == headings
    for *_, each in rows:
        assert text.count(each) == page.count(each) == 1
    assert "Two boats in the harbour\n\n* * *\n\nDry." in text
    assert page.count("<hr>") == 1


ASIDE = ("promo", "paragraph", "Buy my book.")
TEXT = ("body", "paragraph", "It rained.")


@pytest.mark.parametrize(
    ("rows", "headings"),
    [
        ([TEXT, ASIDE, TEXT, ASIDE, TEXT], ["A word", "A word"]),
        ([("body", "heading", "Day"), TEXT, ("body", "heading", "Day"), TEXT], ["Day", "Day"]),
        ([("title", "heading", "News"), TEXT, ("title", "heading", "News"), TEXT], ["News", "News"]),
        ([("opening", "paragraph", "Hello."), ("title", "heading", "Edition 1"), TEXT], []),
        ([("title", "heading", "Edition 1"), TEXT, ("body", "heading", "Edition 1"), TEXT], ["Edition 1"]),
    ],
)
def test_what_is_called_like_the_one_before_it_has_its_own_heading(make, rows, headings):
    titles = {"promo": "A word", "opening": "Edition 1"}
    spans = tuple(
        Span(kind=kind, title=titles.get(kind, text), start=float(at), end=at + 1.0)
        for at, (kind, _, text) in enumerate(rows)
    )
    cues = tuple(
        Cue(start=float(at), end=at + 0.9, speaker="", text=text, block=block, boundary="segment")
        for at, (_, block, text) in enumerate(rows)
    )
    made = make(1, cues=cues, segments=spans)
    assert re.findall(r"(.+)\n--+\n", transcript.as_text(made)) == headings
    assert re.findall(r"<h2>(.*)</h2>", transcript.as_html(made)) == headings


def test_a_transition_stands_apart_from_the_article_before_it(make):
    rows = (("body", "paragraph", "It rained."), ("title", "paragraph", "And now:"), ("title", "heading", "The sun"))
    cues = tuple(
        Cue(start=float(at), end=at + 0.9, speaker="", text=text, block=block, boundary="paragraph")
        for at, (_, block, text) in enumerate(rows)
    )
    spans = (
        Span(kind="body", title="It rained", start=0.0, end=1.0),
        Span(kind="title", title="x", start=1.0, end=3.0),
    )
    text = transcript.as_text(make(1, cues=cues, segments=spans))
    assert text.endswith("It rained.\n\n* * *\n\nAnd now:\n\nThe sun\n-------\n")


def test_an_episode_that_carries_nothing_has_headings_where_a_segment_is_called_as_it_begins(make):
    said = ["Two boats", "It rained all day.", "It rained all night."]
    titles = ["Two boats", "It rained all…", "Nights"]
    spans = tuple(Span(kind="body", title=title, start=float(at), end=at + 1.0) for at, title in enumerate(titles))
    cues = tuple(Cue(start=float(at), end=at + 1.0, speaker="", text=text) for at, text in enumerate(said))
    page = transcript.as_html(make(1, cues=cues, segments=spans))
    assert re.findall(r"<h2>(.*)</h2>", page) == ["Two boats", "Nights"]


@pytest.mark.parametrize("rate", [0.5, 1.0, 1.45, 2.0])
def test_paragraphs_and_headings_are_the_articles_own_whatever_the_tempo_of_the_voice(make, article, rate):
    blocks = (
        Block(kind="paragraph", text="The gate is shut. Nobody has the key, or so they say."),
        Block(kind="heading", text="What the divers found. And lost"),
        Block(kind="item", text="A boot."),
        Block(kind="item", text="A lamp that still burned after all these years. It was warm to the touch."),
        Block(kind="quote", text="I saw it myself. It was dark."),
        Block(kind="paragraph", text="They left."),
    )
    title = "The gate that was shut for a hundred years, and what the divers found behind it"
    edition = Edition(show="S", day=DAY, title=title, name="n")
    script = scripting.write(
        [replace(article, title=title, blocks=blocks)],
        edition,
        Scripting(farewell="Good night."),
        lambda _: Lexicon(()),
    )
    clips = [
        Clip(utterance=each, audio=f"{at:08x}", duration=2.0, treatment=Treatment(rate=rate))
        for at, each in enumerate(script.utterances)
    ]
    timeline = plan(Speech(script=script, clips=tuple(clips)))
    made = make(1, cues=timeline.cues, segments=timeline.segments, title=title)
    text = transcript.as_text(made)
    heading = blocks[1].text
    assert re.findall(r"(.+)\n--+\n", text) == [heading, "Closing"]
    for block in (blocks[0], *blocks[2:]):
        assert f"\n\n{block.text}\n\n" in text
    for name, found in shown(timeline.cues):
        for block in blocks if name != "srt" else ():  # there a name stands on the card
            assert not any(block.text in each and each != block.text for *_, each in found), "a card of two blocks"


@pytest.mark.parametrize(("kind", "title"), [("title", "It was a good year."), ("body", "Stop!"), ("body", "Why?")])
def test_a_title_or_a_heading_that_calls_out_stays_a_heading(make, kind, title):
    cues = (Cue(start=0.0, end=1.0, speaker="", text=title), Cue(start=2.0, end=3.0, speaker="", text="It was."))
    made = make(1, cues=cues, segments=(Span(kind=kind, title=title, start=0.0, end=4.0),))
    assert re.findall(r"<h2>(.*)</h2>", transcript.as_html(made)) == [title]


def test_words_are_shown_a_moment_before_they_are_heard_and_follow_one_another():
    heard = (Word("One,", 0.01, 0.4), Word("two", 0.5, 0.7), Word("three", 0.7, 0.72), Word("four.", 0.73, 1.0))
    said = Cue(start=0.0, end=1.0, speaker="", text="One, two three four.", words=heard)
    shown = ahead(said).words
    assert [word.start for word in shown] == pytest.approx([0, 0.5 - LEAD, 0.7 - LEAD, 0.73 - LEAD])
    assert [word.end for word in shown] == pytest.approx([0.4, 0.7 - LEAD, 0.73 - LEAD, 1.0])
    assert ahead(replace(said, start=0.7, words=heard[2:])).words[0].start == 0.7
    assert not ahead(replace(said, words=())).words
    assert [each["startTime"] for each in json.loads(as_json((said,)))["segments"][0]["words"]] == [0, 0.44, 0.64, 0.67]


def test_a_headline_leads_to_its_story_from_the_page(make):
    cues = tuple(
        Cue(start=float(at), end=at + 0.9, speaker="", text=text, boundary="item", url=url)
        for at, (text, url) in enumerate([("Two boats & a <bell>", "https://h.example/?a=1&b=2"), ("Odd", "ftp:x")])
    )
    page = transcript.as_html(make(1, cues=cues))
    assert '<a href="https://h.example/?a=1&amp;b=2">Two boats &amp; a &lt;bell&gt;</a></p>' in page
    assert ">Odd</p>" in page
    assert "ftp" not in page

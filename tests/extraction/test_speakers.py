"""Who says what: the name below a quote, the questions of an interview and who answers them."""

import pytest

from audioed.config import Extraction
from audioed.extraction import extract
from audioed.model import Page

TEXT = "The wind on the mole was as strong as it has been since the year of the flood, said the harbour master."
QUOTE = "We never saw it coming, and nobody has ever seen it coming since, on any of the boats."
TWO_LINES = "<p>Jane Doe</p><p>harbour master</p>"
SENTENCE = "— a dash begins a sentence that goes on and on, as it will when nobody stops it."
MASTER = "Jane Doe, harbour master"


def blocks(text, media_type="text/html"):
    if media_type == "text/html":
        text = f"<article><h1>The wind</h1><p>{TEXT}</p>{text}<p>{TEXT[:-1]} again.</p></article>"
    return extract(Page(url="wind", media_type=media_type, text=text), Extraction()).blocks[1:]


@pytest.mark.parametrize(
    ("below", "name", "said"),
    [
        (f"<blockquote><p>{QUOTE}</p><footer>— {MASTER}</footer></blockquote>", MASTER, [f"— {MASTER}"]),
        (f"<blockquote><p>{QUOTE}</p><cite>{MASTER}</cite></blockquote>", MASTER, [MASTER]),
        (f"<blockquote><p>{QUOTE}</p><p>— Jane Doe</p></blockquote>", "Jane Doe", ["— Jane Doe"]),
        (f"<blockquote><p>{QUOTE}</p><div class='caption'>Jane Doe</div></blockquote>", "Jane Doe", ["Jane Doe"]),
        (f"<blockquote><p>{QUOTE}</p><p class='quote-author'>Jane Doe</p></blockquote>", "Jane Doe", ["Jane Doe"]),
        (f"<blockquote><p>{QUOTE}</p></blockquote><p>– Jane Doe</p>", "Jane Doe", ["– Jane Doe"]),
        (
            f"<figure><blockquote><p>{QUOTE}</p></blockquote><figcaption>{MASTER}</figcaption></figure>",
            MASTER,
            [MASTER],
        ),
        (
            f"<figure><blockquote><p>{QUOTE}</p></blockquote><figcaption>{TWO_LINES}</figcaption></figure>",
            MASTER,
            ["Jane Doe", "harbour master"],
        ),
        (f"<blockquote><p>{QUOTE}<br>— Jane Doe-Hill</p></blockquote>", "Jane Doe-Hill", []),
        (f"<blockquote>“{QUOTE}” <cite>Jane Doe</cite></blockquote>", "Jane Doe", []),
        (
            f"<blockquote><p>{QUOTE}</p>— Jane (@jane) <a href='/t'>May 5</a></blockquote>",
            "Jane",
            ["— Jane (@jane) May 5"],
        ),
        (f"<blockquote><p>{QUOTE}</p></blockquote>", "", []),
        (f"<blockquote><p>{QUOTE[:-1]}, as in <cite>Moby Dick</cite>.</p></blockquote>", "", []),
        (
            f"<blockquote><p>{QUOTE}</p></blockquote><p>{SENTENCE}</p>",
            "",
            None,
        ),
    ],
)
def test_a_quote_comes_with_who_says_it_and_the_name_is_heard_once(below, name, said):
    first, *others = blocks(below)
    assert (first.kind, first.speaker) == ("quote", name)
    if said is not None:
        assert [block.text for block in others[:-1]] == said
        assert all((block.kind, block.speaker) == ("quote", name) for block in others[:-1])
    assert not others[-1].speaker


def test_a_quote_of_several_paragraphs_is_one_persons_and_the_next_quote_anothers():
    found = blocks(
        f"<blockquote><p>{QUOTE}</p><p>Not on the ferry.</p><footer>Jane Doe</footer></blockquote>"
        "<blockquote><p>I saw it, and so did my wife.</p><footer>Ben Weir</footer></blockquote>"
    )
    assert [block.speaker for block in found] == ["Jane Doe"] * 3 + ["Ben Weir"] * 2 + [""]


def test_a_quote_that_is_told_twice_is_left_out_with_its_name():
    quote = f"<blockquote><p>{QUOTE}</p><footer>Jane Doe</footer></blockquote>"
    assert [block.text for block in blocks(quote + quote) if block.kind == "quote"] == [QUOTE, "Jane Doe"]


def test_a_quote_of_markdown_is_its_persons():
    found = blocks(
        f"# Wind\n\n{TEXT}\n\n> {QUOTE}\n>\n> Not on the ferry.\n\n— Jane Doe\n\nAfter that.", "text/markdown"
    )
    assert [block.speaker for block in found] == ["Jane Doe", "Jane Doe", "Jane Doe", ""]


ASKED = ("Why did you come here, of all places", "How long will you stay on the island", "What comes after the lamp")
SAID = "We came for the light and stayed for the fog, which is the better story, and there are {} of them."


def turns(asked, answered):
    pairs = zip(ASKED, ("ten", "eleven", "twelve"), strict=True)
    return "".join(asked.format(f"{question}?") + answered.format(SAID.format(count)) for question, count in pairs)


BOTH = [("question", "Ada Brook"), ("paragraph", "Jane Doe")] * 3
NOBODY = [("question", ""), ("paragraph", "")] * 3


@pytest.mark.parametrize(
    ("interview", "found"),
    [
        (turns("<p><strong>Ada Brook:</strong> {}</p>", "<p><strong>Jane Doe:</strong> {}</p>"), BOTH),
        (turns("<p><strong>Ada Brook: {}</strong></p>", "<p><strong>Jane Doe</strong>: {}</p>"), BOTH),
        (turns("<p><span style='font-weight:700'>Ada Brook:</span> {}</p>", "<p>Jane Doe: {}</p>"), BOTH),
        (turns("<p>ADA BROOK: {}</p>", "<p>JANE DOE: {}</p>"), [(kind, name.upper()) for kind, name in BOTH]),
        (turns("<div><b>Ada Brook:</b> {}</div>", "<div><b>Jane Doe:</b> {}</div>"), BOTH),
        (turns("<p><strong>{}</strong></p>", "<p>{}</p>"), NOBODY),
        (turns("<h3>In the fog</h3><p>Q: {}</p>", "<p>A: {}</p>"), [("heading", ""), *NOBODY[:2]] * 3),
        (turns("<p><em>{}</em></p>", "<p>{}</p>"), NOBODY),
        (turns("<p><strong>{}</strong><br>", "{}</p>"), NOBODY),
        (turns("<p><strong>{}</strong> ", "{}</p>"), NOBODY),
        (turns("<b>{}</b><br>", "{}<br><br>"), NOBODY),
        (turns("<p>Q. {}</p>", "<p>A. {}</p>"), NOBODY),
        (turns("<p><b>Q:</b> {}<br>", "<b>A:</b> {}</p>"), NOBODY),
        (f"<dl>{turns('<dt>{}</dt>', '<dd><p>{}</p></dd>')}</dl>", NOBODY),
        (
            turns("<p><b>Frage:</b> {}</p>", "<p><b>Antwort:</b> {}</p>"),
            [("question", "Frage"), ("paragraph", "Antwort")] * 3,
        ),
    ],
)
def test_an_interview_tells_who_asks_and_who_answers_however_the_page_shows_it(interview, found):
    told = blocks(interview)[:-1]
    assert [(block.kind, block.speaker) for block in told] == found
    words = " ".join(block.text for block in told)
    assert all(words.count(f"{question}?") == 1 for question in ASKED)


def test_a_name_that_is_shortened_is_the_same_persons():
    interview = turns("<p><b>AB:</b> {}</p>", "<p><b>Jane:</b> {}</p>")
    interview = interview.replace("AB:", "Ada Brook:", 1).replace("Jane:", "Jane Doe:", 1)
    told = blocks(interview)[:-1]
    assert [(block.kind, block.speaker) for block in told] == BOTH
    assert told[2].text.startswith("AB: How")


def test_an_answer_goes_on_to_the_next_question_and_a_heading_is_nobodys():
    interview = turns("<p><b>Ada Brook:</b> {}</p>", "<p><b>Jane Doe:</b> {}</p><p>It has its days.</p><h2>Later</h2>")
    told = [(block.kind, block.speaker) for block in blocks(interview)[:-1]]
    assert told[:4] == [*BOTH[:2], ("paragraph", "Jane Doe"), ("heading", "")]
    assert told[-2:] == [("paragraph", ""), ("heading", "")]  # whose the last words are, nobody knows


def test_the_first_answer_of_bold_questions_says_whose_they_are():
    interview = (
        turns("<p><b>{}</b></p>", "<p>{}</p>").replace("<b>Why", "<b>The Letter: Why").replace("We", "Jane Doe: We", 1)
    )
    assert [each.speaker for each in blocks(interview)[:-1]] == ["The Letter", "Jane Doe"] * 3


def test_a_name_of_one_word_that_comes_again_is_who_answers():
    interview = turns("<p><b>{}</b></p>", "<p><b>Jane:</b> {}</p>")
    assert [each.speaker for each in blocks(interview)[:-1]] == ["", "Jane"] * 3


def test_a_paragraph_in_quotation_marks_above_a_name_is_a_quote_that_stays_the_narrators():
    first, second, last = blocks(f"<p>“{QUOTE}”</p><p>— Jane Doe</p>")
    assert [each.kind for each in (first, second)] == ["paragraph", "paragraph"]
    assert (first.speaker, second.speaker, last.speaker) == ("Jane Doe", "Jane Doe", "")


def test_a_dialogue_in_a_list_of_terms_is_told_by_its_terms():
    interview = f"<dl>{turns('<dt>Ada Brook</dt><dd>{}</dd>', '<dt>Jane Doe</dt><dd>{}</dd>')}</dl>"
    told = [(block.kind, block.speaker) for block in blocks(interview)[:-1]]
    assert told == [("item", "Ada Brook"), BOTH[0], ("item", "Jane Doe"), BOTH[1]] * 3


@pytest.mark.parametrize(
    "text",
    [
        turns("<p><b>Pros:</b> It is quick.</p>", "<p><b>Cons:</b> {}</p>"),
        turns("<h2>A shop</h2><p>{}</p>", "<p><b>Ready to book?</b></p>"),
        turns("<p><b>Note:</b> {}</p>", "<p>{}</p>"),
        f"<p><b>{ASKED[0]}?</b></p><p>{SAID}</p><p><b>{ASKED[1]}?</b></p><p>{SAID} Or not.</p>",
        turns("<p>{}</p>", "<p>{}</p>"),
        "<dl>" + turns("<dt>Wind</dt>", "<dd>{}</dd>") + "</dl>",
    ],
)
def test_what_only_looks_like_an_interview_is_none(text):
    assert not {block.speaker for block in blocks(text)} - {""}
    assert "question" not in {block.kind for block in blocks(text)}


@pytest.mark.parametrize(
    ("asked", "answered", "media_type"),
    [
        ("**{}**\n\n", "{}\n\n", "text/markdown"),
        ("**Q: {}**\n\n", "A: {}\n\n", "text/markdown"),
        ("*{}*\n", "{}\n\n", "text/markdown"),
        ("Q: {}\n\n", "A: {}\n\n", "text/plain"),
    ],
)
def test_an_interview_without_a_page_is_one_too(asked, answered, media_type):
    told = blocks(f"# Wind\n\n{TEXT}\n\n{turns(asked, answered)}", media_type)
    assert [(block.kind, block.speaker) for block in told] == NOBODY

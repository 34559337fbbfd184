import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioed.addresses import web_address
from audioed.characters import within_bytes
from audioed.model import Chapter, Correction, Cue, Source, Span
from audioed.publishing.notes import chapter_lines, notes
from audioed.publishing.text import cleaned
from audioed.wording import wording

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0 section 2.2: one of these anywhere makes the whole feed unreadable."""


class Balance(HTMLParser):
    """Collects the tags and complains about one that is closed out of turn."""

    def __init__(self):
        super().__init__()
        self.open, self.seen = [], set()

    def handle_starttag(self, tag, _attrs):
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def balanced(html):
    parser = Balance()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser.seen


def test_the_notes_name_every_article_with_its_author_and_the_synthetic_voice(golden):
    html = notes(golden)
    assert '<a href="https://example.org/rivers?a=1&amp;b=2">Why rivers &lt;bend&gt; &amp; wander</a>, by Bo' in html
    assert wording("en").note in html
    assert "<p>(00:40) Die Straße</p>" in html
    assert balanced(html) == {"p", "ul", "li", "a"}


def test_an_address_that_is_not_on_the_web_is_no_link(golden):
    assert "javascript" not in notes(golden)


def headlines(count):
    """A list of headlines as it is heard, the first in two breaths and one that leads nowhere on the web."""
    told = [("A second cable?", "sentence", 0), ("A second cable, for all the ships.", "item", 0)]
    told += [(f"Pilot boat {number} & its <battery>", "item", number) for number in range(1, count)]
    cues = [
        Cue(
            start=2.0 * at,
            end=2.0 * at + 1,
            speaker="Headlines",
            text=text,
            boundary=boundary,
            url=f"https://h.example/{n}",
        )
        for at, (text, boundary, n) in enumerate(told)
    ]
    odd = replace(cues[-1], start=2.0 * len(told), end=2.0 * len(told) + 1, url="javascript:alert(1)")
    return (*cues, odd)


def test_every_headline_that_is_heard_leads_to_its_story(make):
    html = notes(make(1, cues=headlines(3)))
    assert '<li><a href="https://h.example/0">A second cable? A second cable, for all the ships.</a></li>' in html
    assert '<li><a href="https://h.example/2">Pilot boat 2 &amp; its &lt;battery&gt;</a></li></ul>' in html
    assert "javascript" not in html
    assert balanced(html) == {"p", "ul", "li", "a"}


def test_where_headlines_are_too_many_the_first_ones_and_all_articles_stay(make):
    sources = tuple(Source(title=f"Article {number}", url="https://example.org/") for number in range(9))
    html = notes(make(1, sources=sources, cues=headlines(99)))
    assert html.count("<a ") > 9 + 30
    assert ">Article 8<" in html
    assert "more</li>" not in html
    assert len(html.encode()) <= 4000


def test_from_an_hour_on_every_chapter_line_has_hours():
    chapters = (Chapter(title="One", start=0.0), Chapter(title="Two", start=3661.9))
    assert chapter_lines(chapters) == ("(00:00:00) One", "(01:01:01) Two")


def test_a_chapter_line_is_as_long_as_spotify_shows():
    chapters = (Chapter(title="Headlines", heading="Headlines: two pilot boats switch to batteries", start=0.0),)
    assert chapter_lines(chapters) == ("(00:00) Headlines",)


def test_what_does_not_fit_goes_chapters_first_then_the_last_articles(make):
    sources = tuple(
        Source(title=f"Article {number} " + "long " * 20, url="https://example.org/") for number in range(25)
    )
    chapters = tuple(Chapter(title=source.title, start=60.0 * n) for n, source in enumerate(sources))
    html = notes(make(1, sources=sources, chapters=chapters))
    assert "(00:00)" not in html
    assert "Article 24" in html
    html = notes(make(1, sources=sources * 2, chapters=chapters))
    assert re.search(r"<li>… and \d+ more</li></ul>", html)
    assert wording("en").note in html


@given(st.lists(st.text(max_size=500), max_size=40), st.integers(200, 4000))
def test_notes_never_exceed_their_limit_nor_break_their_html(titles, limit):
    from datetime import date

    from audioed.model import Enclosure, Episode, Loudness

    episode = Episode(
        guid="g", name="n", show="s", title="t", day=date(2026, 1, 1), number=1, language="en",
        enclosure=Enclosure(name="a.mp3", media_type="audio/mpeg", length=1), duration=1.0, segments=(), cues=(),
        chapters=tuple(Chapter(title=title, start=float(n)) for n, title in enumerate(titles)),
        loudness=Loudness(integrated=-16.0, true_peak=-1.0, range=1.0),
        sources=tuple(Source(title=title, byline=title, url=f"https://a/{title}") for title in titles),
    )  # fmt: skip
    html = notes(episode, limit)
    assert len(html.encode()) <= limit
    assert balanced(html) <= {"p", "ul", "li", "a"}


@given(st.text(), st.integers(3, 50))
def test_text_is_cut_between_characters(text, limit):
    short = within_bytes(text, limit)
    assert len(short.encode()) <= limit
    assert short == text or short.endswith("…")


@given(st.text(alphabet=st.characters(codec=None)))
def test_what_is_cleaned_holds_nothing_that_xml_forbids(text):
    from lxml import etree

    assert not FORBIDDEN.search(cleaned(text))
    etree.Element("a").text = cleaned(text)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a b?c=ä&d=%20", "https://example.org/a%20b?c=%C3%A4&d=%20"),
        ("HTTP://example.org/\x00a", "HTTP://example.org/a"),
        ("https://fähre.example:8080/ä?b=[2]", "https://xn--fhre-loa.example:8080/%C3%A4?b=%5B2%5D"),
        ("https://例え.jp#[1]", "https://xn--r8jz45g.jp#%5B1%5D"),
        ("https://[2001:db8::1]:8080/[a]", "https://[2001:db8::1]:8080/%5Ba%5D"),
        ("https://[a/b", "https://[a/b"),
        ("ftp://example.org", ""),
        ("notes.md", ""),
        ("", ""),
    ],
)
def test_an_address_is_ascii_or_nothing(url, expected):
    assert web_address(url) == expected


def test_authors_are_credited_in_the_language_of_the_episode(make):
    assert "News</a>, di Bo Writer</p>" in notes(make(language="it"))
    assert "News</a>, von Bo Writer</p>" in notes(make(language="de-AT"))


def heard(*said, at=10.0):
    """A body of these cues: what is said, and where it ends."""
    return tuple(
        Cue(start=at + n, end=at + n + 0.9, speaker="Narrator", text=text, boundary=boundary, block=block)
        for n, (text, boundary, block) in enumerate(said)
    )


RIVER = "A river that was straightened in 1968 has put every one of its bends back."
ABOUT = [
    ("What its page says of it.", ((RIVER, "paragraph", ""),), "What its page says of it."),
    ("", ((RIVER, "sentence", ""), ("And more.", "paragraph", "")), RIVER),
    ("", (("It bends.", "sentence", ""), (RIVER, "sentence", ""), ("More.", "end", "")), f"It bends. {RIVER}"),
    ("", (("Part one", "heading", "heading"), (RIVER, "paragraph", "")), RIVER),
    ("", (("A river that was straightened,", "clause", ""), ("as it was,", "clause", ""), ("bends.", "end", "")),
     "A river that was straightened, as it was, bends."),
    ("Why rivers bend", ((RIVER, "paragraph", ""),), RIVER),  # the title again is no description
    ("", (("Very long " * 80 + "words.", "end", ""),), ""),  # a sentence is never cut to pieces
    ("<script>alert(1)</script>", (), "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("Dr. Ada found it. " + "It goes on. " * 60, (), "Dr. Ada found it. " + ("It goes on. " * 48).strip()),
    ("", (), ""),
]  # fmt: skip


@pytest.mark.parametrize(("summary", "said", "expected"), ABOUT)
def test_the_notes_begin_with_what_the_article_is_about_in_its_own_words(make, summary, said, expected):
    source = Source(title="Why rivers bend", url="https://example.org/rivers", summary=summary)
    spans = (Span(kind="title", title="T", start=0, end=10), Span(kind="body", title="T", start=10, end=90))
    html = notes(make(1, sources=(source,), segments=spans, cues=heard(*said)))
    assert html.startswith(f"<p>{expected}</p>\n<p><a " if expected else "<p><a ")


def test_each_of_many_articles_is_told_with_what_it_is_about(make):
    sources = (Source(title="Rivers", summary="They bend & wander."), Source(title="Roads"), Source(title="Rails"))
    spans = [
        Span(kind=kind, title="T", start=10.0 * n, end=10.0 * n + 10)
        for n, kind in enumerate(["opening", "title", "body", "title", "body", "headlines", "body", "title", "body"])
    ]
    cues = (
        *heard(("Not of the first one.", "end", "")),
        *heard((f"{RIVER[:-1]}, and roads do not.", "end", ""), at=40.0),
        *heard(("The second goes on here, and is no third.", "end", ""), at=60.0),
        *heard(("Rails are straight wherever anybody has laid them.", "end", ""), at=80.0),
    )
    assert notes(make(1, sources=sources, segments=tuple(spans), cues=cues)).startswith(
        "<ul><li>Rivers – They bend &amp; wander.</li>"
        f"<li>Roads – {RIVER[:-1]}, and roads do not.</li>"
        "<li>Rails – Rails are straight wherever anybody has laid them.</li></ul>"
    )


def test_whose_words_are_whose_is_never_guessed(make):
    sources = (Source(title="Rivers"), Source(title="Roads"))
    spans = (Span(kind="body", title="T", start=10, end=90),)
    html = notes(make(1, sources=sources, segments=spans, cues=heard((RIVER, "end", ""))))
    assert html.startswith("<ul><li>Rivers</li><li>Roads</li></ul>")


def test_corrections_stand_at_the_top_the_latest_first_and_leave_room_for_the_rest(golden):
    texts = ["It cost <4> million.", "x" * 5_000, "The bridge is 90 metres long."]
    corrections = tuple(Correction(day=date(2026, 3, day), text=text) for day, text in enumerate(texts, start=20))
    told = notes(replace(golden, corrections=corrections))
    assert told.startswith("<p>Correction: The bridge is 90 metres long. (March 22, 2026)</p>\n<p>Correction: xxx")
    assert len(told.encode()) <= 4_000
    assert "Die Straße" in told
    short = notes(replace(golden, corrections=corrections[:1]))
    assert short.startswith("<p>Correction: It cost &lt;4&gt; million. (March 20, 2026)</p>\n")

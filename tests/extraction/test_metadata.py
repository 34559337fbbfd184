"""Which address is a page's own, and which it only calls the original's."""

import pytest

from audioed.config import Extraction
from audioed.extraction import extract
from audioed.model import Page

BODY = "<article><h1>The boat</h1>" + "<p>The boat sank off the mole, and the bell was heard for an hour.</p>" * 3
CANONICAL = '<link rel="canonical" href="{}">'
SHARED = '<meta property="og:url" content="{}">'


def read(url, *head):
    text = f"<html lang='en'><head><title>The boat</title>{''.join(head)}</head><body>{BODY}</article></body></html>"
    article = extract(Page(url=url, media_type="text/html", text=text), Extraction())
    return article.url, article.alias


NAMED = '<meta property="og:site_name" content="{}">'
PUBLISHED = """<script type="application/ld+json">
{"@type": "NewsArticle", "headline": "The boat", "publisher": {"@type": "Organization", "name": "The Mole"}}</script>"""


@pytest.mark.parametrize(
    ("head", "site"),
    [
        ([NAMED.format("The Harbour Letter")], "The Harbour Letter"),
        ([NAMED.format("The Harbour Letter"), PUBLISHED], "The Harbour Letter"),
        ([PUBLISHED], "The Mole"),
        ([NAMED.format("Mole &amp; Quay | All that floats, since 1901")], "Mole & Quay"),
        ([NAMED.format("LSC - Letters from the Sea")], "LSC"),
        ([NAMED.format("Mole: letters for those who wait")], "Mole"),
        ([NAMED.format("All that floats and all that has ever floated between this mole and the next")], ""),
        ([NAMED.format("***"), PUBLISHED], "The Mole"),
        ([], ""),
    ],
)
def test_a_site_is_called_what_its_pages_say_without_a_motto(head, site):
    text = f"<html lang='en'><head><title>The boat</title>{''.join(head)}</head><body>{BODY}</article></body></html>"
    page = Page(url="https://sea.example/boat", media_type="text/html", text=text)
    assert extract(page, Extraction()).site == site


@pytest.mark.parametrize(
    ("own", "canonical"),
    [
        ("https://sea.example/boat?utm_source=x", "https://sea.example/boat"),
        ("https://sea.example/boat", "https://www.sea.example/boat"),
        ("https://m.sea.example/boat", "https://www.sea.example/boat"),
        ("http://sea.example/boat", "https://sea.example:443/boat"),
        ("https://news.sea.co.uk/boat", "https://sea.co.uk/boat"),
        ("https://sea.example/boat", "https://SEA.example./boat"),
        ("http://127.0.0.1:8000/boat?a", "http://127.0.0.1:8000/boat"),
    ],
)
def test_a_pages_own_address_is_what_it_says_of_its_own_site(own, canonical):
    assert read(own, CANONICAL.format(canonical)) == (canonical, "")
    assert read(own, SHARED.format(canonical)) == (canonical, "")


@pytest.mark.parametrize(
    ("own", "canonical"),
    [
        ("https://sea.example/boat", "https://land.example/boat"),
        ("https://sea.co.uk/boat", "https://land.co.uk/boat"),
        ("https://ida.github.io/boat", "https://ole.github.io/boat"),
        ("https://sea.example/boat", "https://sea.example.org/boat"),
        ("http://127.0.0.1:8000/boat", "https://sea.example/boat"),
        ("https://sea.example/boat", "http://127.0.0.1/boat"),
    ],
)
def test_an_address_on_another_site_is_only_an_alias(own, canonical):
    assert read(own, CANONICAL.format(canonical)) == (own, canonical)
    assert read(own, SHARED.format(canonical)) == (own, canonical)


def test_a_pages_own_address_counts_wherever_it_stands_beside_a_foreign_one():
    own, foreign = "https://sea.example/boat", "https://land.example/boat"
    assert read(f"{own}?a", CANONICAL.format(foreign), SHARED.format(own)) == (own, foreign)
    assert read(f"{own}?a", SHARED.format(foreign), CANONICAL.format("/boat")) == (own, foreign)


def test_a_file_is_known_by_the_address_that_it_names():
    assert read("boat.html", CANONICAL.format("https://sea.example/boat")) == ("https://sea.example/boat", "")
    assert read("boat.html") == ("", "")


def test_no_address_keeps_its_password():
    secret = CANONICAL.format("https://ida:secret@sea.example/boat")
    assert read("https://sea.example/a", secret) == ("https://sea.example/boat", "")
    page = Page(
        url="a.md",
        media_type="text/markdown",
        text=f"---\nurl: https://ida:secret@sea.example/b\n---\n# B\n\n{'A boat sank. ' * 9}",
    )
    assert extract(page, Extraction()).url == "https://sea.example/b"


SAID = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The boat",
"datePublished": "2026-02-03T07:00:00Z", "dateModified": "2026-02-05T23:30:00-04:00",
"articleSection": ["Harbour", "News"], "keywords": "boats, The mole , boats, contentId: 15cd", "description":
"<p>A boat sank &amp; nobody&#39;s hurt.</p>"}</script>"""
META = (
    '<meta property="article:published_time" content="2026-02-03">'
    '<meta property="article:modified_time" content="2026-02-05">'
    '<meta property="article:section" content="Harbour"><meta name="keywords" content="seo, cheap boats">'
    '<meta property="article:tag" content="boats"><meta property="article:tag" content="The mole">'
    '<meta property="og:description" content="A boat sank &amp;amp; nobody&amp;#39;s hurt.">'
)
MARKED = (
    '<meta itemprop="datePublished" content="2026-02-03"><meta itemprop="articleSection" content="Harbour">'
    '<meta name="description" content="A boat sank &amp; nobody\'s hurt.">'
    '<time class="entry-date updated" datetime="2026-02-05">Friday</time>'
    '<p><a rel="category tag" href="/boats">boats</a>, <a rel="tag" href="/mole">The mole</a></p>'
)


@pytest.mark.parametrize("head", [SAID, META, MARKED])
def test_what_a_page_says_of_its_article_is_kept_for_later(head):
    text = f"<html lang='en'><head><title>The boat</title>{head}</head><body>{BODY}</article></body></html>"
    found = extract(Page(url="https://sea.example/boat", media_type="text/html", text=text), Extraction())
    assert (str(found.published), str(found.updated)) == ("2026-02-03", "2026-02-05")
    assert (found.section, found.tags) == ("Harbour", ("boats", "The mole"))
    assert found.summary == "A boat sank & nobody's hurt."


@pytest.mark.parametrize(
    ("head", "missing"),
    [
        ('<meta property="article:modified_time" content="2025-01-01">', "updated"),
        ('<meta name="description" content="The Boat!">', "summary"),
        ('<meta name="keywords" content="8f507083-bac4-423a-9015-2eb31e1bce50">', "tags"),
        (f'<meta property="article:section" content="{"All that is known of the boat " * 5}">', "section"),
    ],
)
def test_what_says_nothing_of_an_article_is_left_out(head, missing):
    day = '<meta property="article:published_time" content="2026-02-03">'
    text = f"<html lang='en'><head><title>The boat</title>{day}{head}</head><body>{BODY}</article></body></html>"
    found = extract(Page(url="https://sea.example/boat", media_type="text/html", text=text), Extraction())
    assert not getattr(found, missing)


FRONT = """---
title: The boat
date: 2026-02-03
lastmod: 2026-02-05
categories: [Harbour, News]
tags: [boats, "The mole"]
description: A boat sank & nobody's hurt.
---

"""


def test_front_matter_says_the_same():
    text = FRONT + "The boat sank off the mole, and the bell was heard for an hour.\n"
    found = extract(Page(url="boat.md", media_type="text/markdown", text=text), Extraction())
    assert (str(found.updated), found.section, found.tags) == ("2026-02-05", "Harbour", ("boats", "The mole"))
    assert found.summary == "A boat sank & nobody's hurt."


SHOWN = '<img src="/face.jpg" class="avatar"><img src="data:x" data-src="/lamp.jpg?w=800" alt="A lamp, lit">'


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        (
            f"<html><body><aside><img src='/ad.png'></aside>{BODY.replace('</h1>', f'</h1>{SHOWN}')}</article>",
            "text/html",
        ),
        (
            "---\nurl: https://sea.example/boat\n---\n# Boat\n\n![A lamp, lit](/lamp.jpg?w=800)\n\nIt sank, all of it.",
            "text/markdown",
        ),
    ],
)
def test_the_first_picture_of_an_article_is_its_lead_where_nothing_names_one(text, media_type):
    found = extract(Page(url="https://sea.example/boat", media_type=media_type, text=text), Extraction())
    assert (found.image, found.image_alt) == ("https://sea.example/lamp.jpg?w=800", "A lamp, lit")


def test_an_icon_is_no_lead_image():
    icons = '<img src="/logo.png"><img src="/a.svg"><img src="/dot.png" width="1"><img>'
    text = f"<html><body>{BODY.replace('</h1>', f'</h1>{icons}')}</article></body></html>"
    assert extract(Page(url="https://sea.example/boat", media_type="text/html", text=text), Extraction()).image is None


def called(title, body, head=""):
    text = f"<html lang='en'><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return extract(Page(url="https://sea.example/x", media_type="text/html", text=text), Extraction()).title


PROSE = "<p>The boat sank off the mole, and the bell was heard for an hour.</p>" * 4


def test_first_headings_of_sections_are_not_the_title():
    body = "".join(f"<h1>{head}</h1>{PROSE}" for head in ("The mole", "The bell", "What the keeper saw from there"))
    assert called("How one boat was lost to a night without any wind", body).startswith("How one boat")


def test_a_title_that_stands_on_the_page_alone_goes_without_its_section():
    body = f"<p>The boat that came back alone</p>{PROSE}"
    assert called("The boat that came back alone | Harbours", body) == "The boat that came back alone"
    assert called("The boat that came back alone | Harbours", PROSE) == "The boat that came back alone | Harbours"

"""A feed that is opened in a browser says what it is."""

from dataclasses import replace

import pytest

from audioed import wording
from audioed.publishing import stylesheet
from audioed.publishing.paging import FeedPage
from audioed.publishing.rss import Home, rss
from audioed.publishing.stylesheet import instruction


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", '"This is the feed of a podcast." "\\a" "To subscribe,'),
        ("de-AT", '"Das ist der Feed eines Podcasts."'),
        ("fr", "copiez l’adresse"),
        ("ja", "To subscribe,"),
    ],
)
def test_a_feed_says_in_the_language_of_its_show_how_to_subscribe(language, told):
    assert told in stylesheet.css(language).decode()


@pytest.mark.parametrize(("language", "expected"), [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl")])
def test_it_is_read_from_the_side_that_its_language_is(language, expected):
    assert f"direction: {expected};" in stylesheet.css(language).decode()


@pytest.mark.parametrize("nasty", ['"; } rss { display: none', "\\", "a\nb", '\\"'])
def test_no_words_end_their_string(monkeypatch, nasty):
    words = replace(wording.wording("en"), feed=nasty)
    monkeypatch.setattr(stylesheet, "wording", lambda _language: words)
    [line] = [each for each in stylesheet.css("en").decode().splitlines() if "content: " in each and "\\a" in each]
    told = line.partition("content: ")[2]
    inside = escaped = False
    for sign in told.removesuffix(";"):
        inside, escaped = inside ^ (sign == '"' and not escaped), sign == "\\" and not escaped
        assert inside or sign in '" '
    assert not inside


@pytest.mark.parametrize(("file", "expected"), [("feed.xml", "feed.css"), ("sections/a/feed-1.xml", "../../feed.css")])
def test_a_feed_names_its_stylesheet_wherever_it_lies(make, show, file, expected):
    document = rss((make(1),), show, Home("https://podcasts.example.org/show"), FeedPage(file, ()))
    assert document.splitlines()[1] == f'<?xml-stylesheet type="text/css" href="{expected}"?>'.encode()
    assert instruction(file) in document

"""Two spellings of one address are one article, two articles stay two, and nobody sees a password."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audioed.addresses import canonical, credentials, host_of, in_letters, without_user, without_users

ARTICLE = "https://example.com/news/ferry"

SAME = [
    # the scheme, the host and its port
    ("http://example.com/a", "https://example.com/a"),
    ("HTTP://Example.COM/a", "https://example.com/a"),
    ("http://example.com:80/a", "https://example.com:443/a"),
    ("https://example.com./a", "https://example.com/a"),
    ("https://example.com:/a", "https://example.com/a"),
    ("https://[2001:DB8:0::1]/a", "https://[2001:db8::1]/a"),
    ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
    ("https://BÜCHER.example/a", "https://bu\u0308cher.example/a"),
    ("https://straße.example/a", "https://xn--strae-oqa.example/a"),
    ("https://b%C3%BCcher.example/a", "https://bücher。example/a"),
    # who asks
    ("https://ida:secret@example.com/a", "https://example.com/a"),
    ("https://ida@example.com/a", "https://example.com/a"),
    ("https://ida:p%40ss@example.com:8443/a", "https://example.com:8443/a"),
    # parameters that tell where a reader came from
    (f"{ARTICLE}?utm_source=rss&utm_term=111", f"{ARTICLE}?utm_source=rss&utm_term=222"),
    (f"{ARTICLE}?UTM_Source=rss", ARTICLE),
    (f"{ARTICLE}?fbclid=IwAR0", ARTICLE),
    (f"{ARTICLE}?gclid=1&gbraid=2&wbraid=3&dclid=4&gclsrc=aw.ds", ARTICLE),
    (f"{ARTICLE}?mc_cid=1&mc_eid=2", ARTICLE),
    (f"{ARTICLE}?msclkid=1&igshid=2&yclid=3&ysclid=4&twclid=5&ttclid=6", ARTICLE),
    (f"{ARTICLE}?_hsenc=1&_hsmi=2&__hstc=3&__hssc=4&__hsfp=5&hsCtaTracking=6", ARTICLE),
    (f"{ARTICLE}?mkt_tok=1&srsltid=2&s_cid=3&_ga=4&_gl=5", ARTICLE),
    (f"{ARTICLE}?at_medium=RSS&at_campaign=rss", ARTICLE),
    (f"{ARTICLE}?CMP=rss&xtor=RSS-32&wt_mc=rss.red&feedType=RSS&feedName=top", ARTICLE),
    (f"{ARTICLE}?source=rss----d0b105d10f0a---4", ARTICLE),
    (f"{ARTICLE}?ref=newsletter", ARTICLE),
    (f"{ARTICLE}?mod=rss_markets_main&partner=rss", ARTICLE),
    (f"{ARTICLE}?p=7&amp;utm_source=rss", f"{ARTICLE}?p=7"),
    (f"{ARTICLE}?utm%5Fsource=rss", ARTICLE),
    (f"{ARTICLE};jsessionid=0A1B2C?PHPSESSID=9", ARTICLE),
    # what is left of a query
    (f"{ARTICLE}?", ARTICLE),
    (f"{ARTICLE}?&&", ARTICLE),
    (f"{ARTICLE}?b=2&a=1", f"{ARTICLE}?a=1&b=2"),
    (f"{ARTICLE}?q=two+words", f"{ARTICLE}?q=two%20words"),
    (f"{ARTICLE}?print=", f"{ARTICLE}?print"),
    # fragments and slashes at the end
    (f"{ARTICLE}#comments", ARTICLE),
    (f"{ARTICLE}/?utm_source=x#respond", ARTICLE),
    (f"{ARTICLE}/", ARTICLE),
    (f"{ARTICLE}//", ARTICLE),
    ("https://example.com", "https://example.com/"),
    ("https://example.com/?p=7", "https://example.com?p=7"),
    # ways to write a character
    ("https://example.com/%7Eida/%61", "https://example.com/~ida/a"),
    ("https://example.com/caf%c3%a9", "https://example.com/café"),
    ("https://example.com/caf%C3%A9", "https://example.com/caf%c3%a9"),
    ("https://example.com/Boat_%28bridge%29", "https://example.com/Boat_(bridge)"),
    ("https://example.com/a b", "https://example.com/a%20b"),
    ("https://example.com/100%", "https://example.com/100%25"),
    ("https://example.com/x/../a/./b", "https://example.com/a/b"),
    ("https://example.com/x/%2E%2e/a", "https://example.com/a"),
    ("  https://example.com/a\n", "https://exam\tple.com/a"),
]

DIFFERENT = [
    ("https://example.com/a", "https://www.example.com/a"),
    ("https://example.com/a", "https://blog.example.com/a"),
    ("https://example.com/a", "https://example.com:8443/a"),
    ("https://example.com/a", "https://example.com/A"),
    ("https://example.com/a/b", "https://example.com/a%2Fb"),
    ("https://example.com/a?b", "https://example.com/a%3Fb"),
    ("https://example.com/?p=7", "https://example.com/?p=8"),
    ("https://example.com/?id=7", "https://example.com/?ID=7"),
    ("https://example.com/?gid=7", "https://example.com/?gid=8"),
    ("https://example.com/?did=7", "https://example.com/?did=8"),
    ("https://example.com/?ref=1875", "https://example.com/?ref=1876"),
    ("https://example.com/?source=ida", "https://example.com/?source=ole"),
    ("https://example.com/?t=1&t=2", "https://example.com/?t=2&t=1"),
    ("https://example.com/?q=a%26b", "https://example.com/?q=a&b"),
    ("https://example.com/?q=a%2Bb", "https://example.com/?q=a+b"),
    ("https://example.com/%E9", "https://example.com/%C3%A9"),
    ("https://faß.example/", "https://fass.example/"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_article_has_one_address_however_it_is_written(one, other):
    assert canonical(one) == canonical(other) != ""


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_articles_keep_two_addresses(one, other):
    assert canonical(one) != canonical(other)


def test_the_canonical_address_reads_as_an_address():
    assert canonical("http://ida:secret@Example.com:80/News/?b=2&utm_source=x&a=1#top") == (
        "https://example.com/News?a=1&b=2"
    )
    assert canonical("http://127.0.0.1:8765/") == "https://127.0.0.1:8765"


@pytest.mark.parametrize(
    "url", ["", "notes.md", "mailto:ida@example.com", "urn:uuid:1", "ftp://example.com/a", "//example.com/a", "http://"]
)
def test_what_is_no_web_address_has_no_canonical_form(url):
    assert canonical(url) == ""


@pytest.mark.parametrize(
    "url", ["http://[", "http://example.com:port/a", "http://[::zz]/a", "https://exa mple.com/", f"http://{'a' * 9999}"]
)
def test_an_odd_address_stays_as_it_is(url):
    assert canonical(url) == url
    assert canonical(url.replace("://", "://ida:secret@")) == url


@given(st.text() | st.from_regex(r"https?://[^\s]{0,30}", fullmatch=True))
@settings(max_examples=100)
@example("http://\u2100/")
@example("http://a/\ud800?\udfff")
@example("https://xn--\ufffd.example/%zz?%=%&=")
def test_any_text_has_a_canonical_form_that_is_its_own(text):
    once = canonical(text)
    assert canonical(once) == once


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://ida:secret@example.com/a?b#c", "https://example.com/a?b#c"),
        ("http://ida@example.com:8080", "http://example.com:8080"),
        ("HTTPS://ida:p@ss@Example.com/", "HTTPS://Example.com/"),
        ("https://ida:se/cret@example.com/a", "https://example.com/a"),
        ("https://ida:se#c?ret@example.com/a", "https://example.com/a"),
        (f"http://{'a:b/@' * 9999}example.com/a", "http://example.com/a"),
        ("//ida:secret@example.com/a", "//example.com/a"),
        ("ftp://ida:secret@example.com/a", "ftp://example.com/a"),
        ("http:\\\\ida:secret@example.com\\a", "http:\\\\example.com\\a"),
        ("http://ida:secret@[::1]:80/a", "http://[::1]:80/a"),
        # nothing to take away
        ("https://example.com/@ida/a", "https://example.com/@ida/a"),
        ("https://example.com:8080/@ida/a", "https://example.com:8080/@ida/a"),
        ("https://[::1]/@ida", "https://[::1]/@ida"),
        ("https://example.com/?to=ida@example.org", "https://example.com/?to=ida@example.org"),
        ("mailto:ida@example.com", "mailto:ida@example.com"),
        ("notes@home.md", "notes@home.md"),
        ("", ""),
    ],
)
def test_user_information_is_taken_off_and_nothing_else(url, bare):
    assert without_user(url) == bare


@pytest.mark.parametrize(
    ("url", "pair"),
    [
        ("https://ida:secret@example.com/a", ("ida", "secret")),
        ("https://ida@example.com/a", ("ida", "")),
        ("https://ida%40work:p%3Ass%20word@example.com/a", ("ida@work", "p:ss word")),
        ("https://ida:a:b@example.com", ("ida", "a:b")),
        ("https://:token@example.com", ("", "token")),
        ("https://caf%C3%A9:%C3%A9t%C3%A9@example.com", ("café", "été")),
        ("https://ida:se/cr?et#1@example.com/a", ("ida", "se/cr?et#1")),
        ("https://:@example.com", None),
        ("https://example.com:8080/@ida", None),
        ("https://example.com/@ida", None),
        ("ftp://ida:secret@example.com", None),
        ("notes.md", None),
    ],
)
def test_user_information_is_read_decoded(url, pair):
    assert credentials(url) == pair


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Example.COM/a", "example.com"),
        ("http://example.com:80/", "example.com"),
        ("https://example.com:80/", "example.com:80"),
        ("https://ida:secret@example.com:8443/a", "example.com:8443"),
        ("https://ida:se/cret@example.com/a", "example.com"),
        ("http://example.com.:8080/", "example.com:8080"),
        ("https://Bücher.example/", "xn--bcher-kva.example"),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example"),
        ("http://[::0001]:8080/", "[::1]:8080"),
        ("http://my_site.example/", "my_site.example"),
        ("articles/a.md", ""),
        ("", ""),
    ],
)
def test_a_host_is_told_in_one_way(url, host):
    assert host_of(url) == host


@pytest.mark.parametrize(
    "url", ["http://[x/", "http://a:port/", "http://a:99999/", "http://a b/", f"http://{'a' * 300}/"]
)
def test_what_can_be_no_host_is_refused(url):
    with pytest.raises(ValueError):  # noqa: PT011 - the library's own, in other words each
        host_of(url)


@pytest.mark.parametrize(
    ("host", "read"),
    [
        ("xn--bcher-kva.example:8080", "bücher.example:8080"),
        ("xn--d1acpjx3f.xn--p1ai:8080", "яндекс.рф:8080"),
        ("example.com", "example.com"),
        ("xn--.example", "xn--.example"),
        ("xn--99999999.example", "xn--99999999.example"),
        ("[::1]:8080", "[::1]:8080"),
    ],
)
def test_a_host_is_read_in_its_letters(host, read):
    assert in_letters(host) == read


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("https://ida:secret@example.com/a: no.", "https://example.com/a: no."),
        ("see (https://ida:se/cret@example.com), twice.", "see (https://example.com), twice."),
        ("HTTP://ida:p@ss@a.example and feed://b:secret@b.example", "HTTP://a.example and feed://b.example"),
        ("https://a.example/https://ida:secret@b.example/", "https://a.example/https://b.example/"),
        ("https://ida:sec#ret@example.com", "https://example.com"),
        ("mail ida@example.com or https://example.com/@ida", "mail ida@example.com or https://example.com/@ida"),
        ("a" * 100_000 + "://", "a" * 100_000 + "://"),
        ("", ""),
    ],
)
def test_no_address_in_a_sentence_has_user_information(text, bare):
    assert without_users(text) == bare

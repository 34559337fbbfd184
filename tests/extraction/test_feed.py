"""What feeds say of their articles: where they are, what they are called and known by, and how much they carry."""

import pytest

from audioed.config import Extraction
from audioed.extraction import extract
from audioed.extraction.feed import FULL_TEXT, entries
from audioed.extraction.feed_texts import is_cut
from audioed.model import Page

FEED = "https://harbour.example/feeds/all.xml"
LONG = "<p>" + "</p><p>".join(
    f"The keeper wrote line {number} of the log before the lamp was lit." for number in range(30)
)


def of(text):
    return entries(Page(url=FEED, media_type="application/xml", text=text))


def atom(*inner, attributes=""):
    items = "".join(f"<entry>{each}</entry>" if not each.startswith("<entry") else each for each in inner)
    return of(
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Harbour</title>'
        f"<id>h</id><updated>2026-05-02T10:00:00Z</updated>{items}</feed>"
    )


def rss(*items):
    return of(
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<title>Harbour</title><link>https://harbour.example/</link><description>d</description>"
        f"{''.join(f'<item>{each}</item>' for each in items)}</channel></rss>"
    )


@pytest.mark.parametrize(
    ("base", "entry", "url"),
    [
        ("", '<link href="boat"/>', "https://harbour.example/feeds/boat"),
        ('xml:base="/blog/"', '<link href="boat/"/>', "https://harbour.example/blog/boat/"),
        ('xml:base="/blog/"', '<link href="/boat/"/>', "https://harbour.example/boat/"),
        ('xml:base="https://sea.example/a/"', '<link href="../boat"/>', "https://sea.example/boat"),
        ('xml:base="/blog/"', '<link xml:base="boat/" href=""/>', "https://harbour.example/blog/boat/"),
        ("", '<link href="?p=7"/>', "https://harbour.example/feeds/all.xml?p=7"),
        ("", '<link rel="alternate" type="text/plain" href="boat.txt"/>', "https://harbour.example/feeds/boat.txt"),
        ("", '<link rel="enclosure" href="boat.mp3"/><link href="boat"/>', "https://harbour.example/feeds/boat"),
        ("", '<link href=" a boat.html "/>', "https://harbour.example/feeds/a%20boat.html"),
        ("", '<link href="https://häfen.example/boot"/>', "https://häfen.example/boot"),
        ("", '<link href="https://ida:secret@harbour.example/boat"/>', "https://harbour.example/boat"),
    ],
)
def test_a_link_leads_where_its_base_says(base, entry, url):
    (found,) = atom(f"<title>Boat</title><id>tag:x,1</id>{entry}", attributes=base)
    assert found.url == url


def test_an_empty_link_under_its_own_base_is_the_entrys_page_and_one_under_the_feeds_is_none():
    own, feeds = '<entry xml:base="boat/">{}</entry>', "<entry>{}</entry>"
    inner = '<title>Boat</title><id>1</id><link href=""/><summary>A boat sank.</summary>'
    assert [each.url for each in atom(own.format(inner))] == ["https://harbour.example/feeds/boat/"]
    assert [each.url for each in atom(feeds.format(inner))] == [""]


@pytest.mark.parametrize(
    ("item", "url", "known"),
    [
        ("<guid>https://harbour.example/1</guid>", "https://harbour.example/1", "https://harbour.example/1"),
        ('<guid isPermaLink="true">http://harbour.example/1</guid>', "http://harbour.example/1", "http://harbour.example/1"),
        ('<guid isPermaLink="false">https://harbour.example/1</guid>', "", "https://harbour.example/1"),
        ("<guid>4711</guid>", "", "4711"),
        ("<guid> /posts/1 </guid>", "", "/posts/1"),
        ("<guid><![CDATA[tag:harbour,1]]></guid>", "", "tag:harbour,1"),
        ("<guid/>", "", ""),
        ("", "", ""),
        ("<guid>1</guid><link>https://harbour.example/2</link>", "https://harbour.example/2", "1"),
        ("<link>https://harbour.example/2</link><guid>https://harbour.example/?p=2</guid>", "https://harbour.example/2",
         "https://harbour.example/?p=2"),
    ],
)  # fmt: skip
def test_a_guid_is_kept_as_it_stands_and_is_the_link_where_there_is_none(item, url, known):
    (found,) = rss(f"<title>Boat</title><description>A boat sank.</description>{item}")
    assert (found.url, found.id) == (url, known)


def test_an_id_does_not_move_with_its_feed():
    inner = '<title>Boat</title><id>boat-1</id><link href="boat"/>'
    assert [each.id for each in atom(inner, attributes='xml:base="/a/"')] == ["boat-1"]
    assert [each.id for each in atom(inner, attributes='xml:base="/b/"')] == ["boat-1"]


@pytest.mark.parametrize(
    "content",
    [
        f'<content type="CDATA"><![CDATA[{LONG}]]></content>',
        f'<content type="xml"><![CDATA[{LONG}]]></content>',
        f'<content type="escaped">{LONG.replace("<", "&lt;")}</content>',
        f'<content type="HTML">{LONG.replace("<", "&lt;")}</content>',
        f'<content type="text/html"><![CDATA[{LONG}]]></content>',
        f'<content type="text"><![CDATA[{LONG}</p>]]></content>',
        f"<content><![CDATA[{LONG}</p>]]></content>",
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{LONG}</p></div></content>',
        f'<content type="text">{LONG.replace("<p>", "").replace("</p>", chr(10) * 2)}</content>',
        f"<summary type='CDATA'><![CDATA[{LONG}]]></summary>",
    ],
)
def test_a_text_is_read_whatever_type_it_is_given(content):
    (found,) = atom(f'<title>Boat</title><id>1</id><link href="boat"/>{content}')
    assert found.whole
    article = extract(found.page, Extraction())
    assert (article.title, article.url) == ("Boat", "https://harbour.example/feeds/boat")
    assert len(article.blocks) == 30
    assert "<" not in article.blocks[0].text


def test_a_text_that_speaks_of_tags_keeps_them():
    (found,) = atom(
        '<title>A &lt;table&gt; of &lt;p&gt;</title><id>1</id><content type="text">Use 1 &lt; 2 &amp;&amp; 3</content>'
    )
    assert found.title == "A <table> of <p>"
    assert extract(found.page, Extraction()).blocks[0].text == "Use 1 < 2 && 3"


@pytest.mark.parametrize(
    "title",
    [
        '<title type="html">The &lt;b&gt;first&lt;/b&gt; boat &amp;amp; bell</title>',
        '<title type="html">The &amp;lt;b&amp;gt;first&amp;lt;/b&amp;gt; boat &amp;amp;amp; bell</title>',
        '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">The <b>first</b> boat &amp; bell</div></title>',
        "<title>The first boat &amp;amp; bell</title>",
        "<title>The &lt;em&gt;first&lt;/em&gt; boat &amp;#38; bell</title>",
        "<title><![CDATA[The <i>first</i>\n boat &amp; bell]]></title>",
    ],
)
def test_a_title_is_read_without_its_markup_however_often_it_was_escaped(title):
    (found,) = atom(f'{title}<id>1</id><link href="boat"/>')
    assert found.title == "The first boat & bell"


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("<pubDate>Wed, 06 May 2026 23:00:00 -0500</pubDate>", "2026-05-06"),
        ("<pubDate>some day</pubDate>", "None"),
        ("<pubDate/>", "None"),
        ("<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>2026-05-06</dc:date>", "2026-05-06"),
        ("", "None"),
    ],
)
def test_an_entry_has_the_day_that_it_states(stated, day):
    (found,) = rss(f"<title>Boat</title><link>https://harbour.example/1</link>{stated}")
    assert str(found.published) == day


def test_the_longest_text_is_the_entrys():
    short, middle = "<description>A boat sank.</description>", f"<description>{LONG.replace('<', '&lt;')}</description>"
    full = f"<content:encoded><![CDATA[{LONG}{LONG}]]></content:encoded>"
    teaser = "<content:encoded><![CDATA[<p>A boat</p>]]></content:encoded>"
    texts = [rss(f"<title>Boat</title><link>https://harbour.example/1</link>{inner}")[0] for inner in (
        short, middle, short + full, middle + teaser, "")]  # fmt: skip
    lengths = [len(each.page.text) if each.page else 0 for each in texts]
    assert lengths[4] == 0 < lengths[0] < lengths[1] == lengths[3] < lengths[2]
    assert [each.whole for each in texts] == [False, True, True, True, False]
    assert len(LONG) > FULL_TEXT


def test_an_entry_without_a_page_is_its_text_and_one_with_neither_is_nothing():
    found = rss(
        "<title>Note</title><description>A boat sank off the mole.</description>",
        "<description>A bell was found below the pier this morning, and nobody knows which ship lost it.</description>",
        "<description>Fog.</description>",
        "<title>Nothing</title>",
        "<title>Sound</title><enclosure url='https://harbour.example/a.mp3' type='audio/mpeg' length='1'/>",
    )
    assert [(each.url, each.title) for each in found] == [
        ("", "Note"),
        ("", "A bell was found below the pier this morning, and nobody…"),
        ("", "Harbour"),
    ]
    articles = [extract(each.page, Extraction()) for each in found]
    assert [article.url for article in articles] == ["", "", ""]
    assert [article.blocks[0].text.split()[1] for article in articles[:2]] == ["boat", "bell"]


def test_entries_with_ids_are_told_apart_by_them_and_the_others_by_their_address():
    link = "<link>https://harbour.example/log{}</link><description>x</description>"
    found = rss(
        "<title>One</title><guid>1</guid>" + link.format(""),
        "<title>Two</title><guid>2</guid>" + link.format("#two"),
        "<title>One, corrected</title><guid>1</guid>" + link.format("?utm_source=rss"),
        "<title>Three</title>" + link.format("/3"),
        "<title>Three again</title>" + link.format("/3/#comments"),
        "<title>Four</title><description>Only a text.</description>",
        "<title>Five</title><description>Only a text.</description>",
    )
    assert [each.title for each in found] == ["One", "Two", "Three", "Four", "Five"]


def test_an_id_that_all_articles_share_is_none():
    shared = rss(*(
        f"<title>Boat {n}</title><guid>https://harbour.example/</guid><link>https://harbour.example/{n}</link>"
        for n in range(3)
    ))  # fmt: skip
    assert [(each.title, each.id) for each in shared] == [("Boat 0", ""), ("Boat 1", ""), ("Boat 2", "")]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("The boat sank, and then…", True),
        ("The boat sank, and then [...]", True),
        ("The boat sank, and then [&#8230;]".replace("&#8230;", "…"), True),
        ("The boat sank. Read more", True),
        ("The boat sank. Continue reading → The boat that sank", True),
        ("The boat sank. Read the full story »", True),
        ("The boat sank off the mole (read more)", True),
        ("The boat sank.\n\nread more »", True),
        ("Das Boot sank. Weiterlesen", True),
        ("Le bateau a coulé. Lire la suite", True),
        ("The boat […]\nThe post The boat appeared first on Harbour.", True),
        ("The boat sank off the mole.", False),
        ("Whoever wants to know should read more.", False),
        ("They told him to read on, and he did.", False),
        ("The boat sank.\nThe post The boat appeared first on Harbour.", False),
        ("", False),
    ],
)
def test_a_text_that_goes_on_elsewhere_is_told(text, cut):
    assert is_cut(text) is cut


def test_an_entry_that_is_read_as_it_stands_keeps_its_day_of_change_its_categories_and_its_summary():
    inner = (
        '<title>Boat</title><id>1</id><link href="https://sea.example/boat"/><published>2026-02-03T07:00:00Z</published>'
        '<updated>2026-02-05T07:00:00Z</updated><category term="boats"/><category term="m" label="The mole"/>'
        '<link rel="enclosure" type="audio/mpeg" href="/a.mp3"/><link rel="enclosure" type="image/png" href="/a.png"/>'
        f"<summary>A boat sank, and nobody’s hurt.</summary><content type='html'><![CDATA[{LONG}]]></content>"
    )
    (entry,) = atom(inner)
    found = extract(entry.page, Extraction())
    assert (str(found.updated), found.tags) == ("2026-02-05", ("boats", "The mole"))
    assert (found.summary, found.image) == ("A boat sank, and nobody’s hurt.", "https://harbour.example/a.png")


def test_the_beginning_of_a_text_is_no_summary():
    start = LONG.removeprefix("<p>")[:80]
    inner = (
        f"<title>Boat</title><id>1</id><summary>{start} […]</summary><content type='html'><![CDATA[{LONG}]]></content>"
    )
    (entry,) = atom(inner)
    assert not extract(entry.page, Extraction()).summary


@pytest.mark.parametrize(
    ("entry", "site"),
    [
        ("<link>https://harbour.example/boat</link>", "Harbour"),
        ("<link>https://www.harbour.example/boat</link>", "Harbour"),
        ("<description>The boat came in.</description>", "Harbour"),
        ("<link>https://island.example/boat</link>", ""),
        ('<link>https://island.example/boat</link><source url="https://island.example/f">The Island RSS Feed</source>',
         "The Island"),
        ('<link>https://harbour.example/boat</link><source url="https://island.example/f"/>', "Harbour"),
    ],
)  # fmt: skip
def test_an_entry_is_by_whom_its_feed_or_its_source_says(entry, site):
    (found,) = rss(f"<title>The boat</title>{entry}")
    assert found.site == site


@pytest.mark.parametrize(
    ("called", "site"),
    [
        ("The Lamp – Letters from the sea", "The Lamp"),
        ("The Lamp RSS", "The Lamp"),
        ("The Lamp News Feed", "The Lamp"),
        ("The Feed", "The Feed"),
        ("&lt;b&gt;The Lamp&lt;/b&gt; &amp;amp; Co", "The Lamp & Co"),
        ("", ""),
    ],
)
def test_a_feed_is_called_by_its_name_alone(called, site):
    (found,) = of(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{called}</title><link>https://lamp.example</link>'
        "<item><title>Boat</title><link>https://lamp.example/boat</link></item></channel></rss>"
    )
    assert found.site == site

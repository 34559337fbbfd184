"""Pages: what they show of an episode, to readers, search engines and other sites, whoever wrote its words."""

import json
import re
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import html5lib
import pytest
from lxml import html

from audioed.errors import ConfigError
from audioed.model import Article, Channel, Episode, Word
from audioed.nouns import parse
from audioed.publishing.corrections import Corrected
from audioed.site import dividing
from audioed.site.dividing import divided
from audioed.site.framing import Frame, Sheet
from audioed.site.pages import corrections_page, episode_pages, row, search_page, show_page
from audioed.site.reading import Spoken, said, stories
from audioed.site.theme import Theme
from audioed.site.timing import runs
from audioed.site.trial import tried

DATA = Path(__file__).parent.parent / "data" / "site"
SHOW = Channel(title="The Morning Read", description="Harbours & rivers.", author="Ada Reader", language="en-GB")
EVIL = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x=\'',
    "'><svg onload=alert(1)>",
    "javascript:alert(1)",
    "<!--<script>",
    "{{ 7 * 7 }}{% raw %}",
    "\u202egnp.exe\u2066 & \x00\x1b]0;x\x07",
    "a" * 3000,
]


def noun(kind, name):
    path = DATA / name
    return parse(kind, path.read_bytes(), path)


@pytest.fixture(scope="module")
def episode():
    """A real one: two articles with a table, a quote, lists, headlines that lead somewhere, and a promo."""
    return noun(Episode, "episode.json")


@pytest.fixture(scope="module")
def articles():
    return [noun(Article, "article-1.json"), noun(Article, "article-2.json")]


@pytest.fixture(scope="module")
def frame():
    return Frame(
        show=SHOW, url="https://podcasts.example.org/the-morning-read/", cover="cover-0123456789.jpg", theme=Theme()
    )


def all_pages(episode, frame, articles=()):
    """Every page that tells of an episode, by name."""
    rows = [row(episode, "1a", frame)]
    return {
        **episode_pages(episode, frame, articles),
        "show.html": show_page(frame, Sheet("index.html", rows, older="episodes-1.html")),
        "older.html": show_page(frame, Sheet("episodes-1.html", rows, (1, 64), newer="./")),
        "search.html": search_page(frame, [1, 2]),
        "corrections.html": corrections_page(
            frame, [Corrected(episode.name, "", episode.title, "2026-01-02", frame.show.title)]
        ),
    }


def test_the_pages_of_an_episode_are_what_they_were(episode, articles, frame):
    made = all_pages(episode, frame, articles)
    expected = {name: (DATA / name).read_text("utf-8") for name in ("index.html", "show.html", "oembed.json")}
    assert {name: made[name] for name in expected} == expected


def test_pages_are_html_that_a_strict_parser_takes(episode, articles, frame):
    for name, page in all_pages(episode, frame, articles).items():
        if name.endswith(".html"):
            html5lib.HTMLParser(strict=True).parse(page)


def test_an_article_stands_there_as_one(episode, articles, frame):
    page = html.document_fromstring(episode_pages(episode, frame, articles)["index.html"])
    heads = [each.text_content() for each in page.xpath("//*[@id='transcript']//h2")]
    assert heads == ["The harbour that runs on wind", "Monday's papers: rivers, rails & a very old tree"]
    assert [each.text_content() for each in page.xpath("//*[@id='transcript']//h3")] == [
        "What the meters say",
        "What it took",
        "What comes next",
    ]
    table = [[cell.text_content() for cell in each.xpath("th|td")] for each in page.xpath("//table//tr")]
    assert table[:2] == [["Harbour", "Turbines", "Share of wind", "Price"], ["Esbjerg", "11", "71%", "€0.06"]]
    assert page.xpath("//blockquote")[0].text_content().startswith("The sea gives you everything")
    links = page.xpath("//*[@class='headlines']//li//a/@href")
    assert links == [f"https://example.org/n/{each}" for each in ("night-trains", "loire", "yew", "lisbon")]
    assert [each.text_content().strip() for each in page.xpath("//*[@role='note']/p[not(@class)]")] == [
        "Subscribe to our newsletter for more stories like this one."
    ]
    assert page.xpath("//*[@class='source']/a/@href") == ["https://example.com/harbour", "https://example.org/papers"]
    assert [each.get("href") for each in page.xpath("//*[@id='chapters']//a")][1].endswith(".mp3#t=9")


def heard(page):
    """When the words of a page sound: for each sentence its start, the words that begin it, and its end."""
    for place in html.document_fromstring(page).xpath("//*[@id='transcript']//*[@data-words]"):
        start, letters = re.fullmatch(r"([\d.]*) ?(.+)", place.get("data-words")).groups()
        at, words = float(start or place.get("id").removeprefix("t=")), iter(place.text_content().split())
        for number, group in enumerate(letters.split()):
            steps = [len(more) * 0.63 + (ord(sign) - 63) / 100 for more, sign in re.findall(r"(~*)([?-}])", group)]
            begins = at = at + (steps.pop(0) if number else 0)
            moments = []
            for step in steps[:-1]:
                at += step
                moments.append((next(words), at))
            at += steps[-1]
            yield begins, moments, at
        assert not (moments and [*words])


def test_every_word_is_lit_when_the_voice_says_it(episode, articles, frame):
    sentences = [*heard(episode_pages(episode, frame, articles)["index.html"])]
    moments = [each for _, words, _ in sentences for each in words]
    voice = [word for cue in episode.cues for word in cue.words]
    assert [word.rstrip(",") for word, _ in moments] == [word.text.rstrip(",") for word in voice]
    assert max(abs(at - word.start) for (_, at), word in zip(moments, voice, strict=True)) < 0.03
    starts, ends = ([each[edge] for each in sentences] for edge in (0, 2))
    assert all(min(abs(cue.start - start) for start in starts) < 0.06 for cue in episode.cues)
    assert all(min(abs(cue.end - end) for end in ends) < 0.06 for cue in episode.cues)


def test_without_times_of_words_a_sentence_is_lit_as_a_whole(episode, frame):
    bare = replace(episode, cues=tuple(replace(cue, words=()) for cue in episode.cues))
    sentences = [*heard(episode_pages(bare, frame)["index.html"])]
    assert [words for _, words, _ in sentences] == [[] for _ in episode.cues]
    lasting = [end - start for start, _, end in sentences]
    assert lasting == pytest.approx([cue.end - cue.start for cue in episode.cues], abs=0.011)
    odd = replace(episode, cues=tuple(replace(cue, words=(Word("x", cue.start, cue.end),)) for cue in episode.cues))
    alone = {each.text for each in odd.cues if len(each.text.split()) == 1}
    known = [words for _, words, _ in heard(episode_pages(odd, frame)["index.html"]) if words]
    assert {word for words in known for word, _ in words} == alone


def test_times_of_words_are_letters_and_none_is_too_long():
    """A pause of music, a word that is drawn out, sentences of which one begins before the other has ended."""
    long = Spoken("So it goes.", 10.0, 83.2, (0, 63, 6999)), Spoken("Well.", 90.5, 91.0, (5,))
    early = Spoken("Quick.", 90.9, 91.4, (0,))
    assert [each.times for each in runs((*long, early))] == [f"?~?{'~' * 111}E{'~' * 4}E {'~' * 11}dDl", "?q"]
    assert [each.start for each in runs((*long, early))] == [10.0, 90.9]
    assert [each.url for each in runs((long[0], replace(long[1], url="https://example.org")))] == [
        "",
        "https://example.org",
    ]


def test_without_its_articles_a_table_is_read_line_by_line_and_nothing_is_lost(episode, articles):
    with_tables = " ".join(each.text for each in said(stories(episode, articles)))
    without = " ".join(each.text for each in said(stories(episode)))
    assert with_tables.replace(",", "") == without.replace(",", "")
    assert "Esbjerg, 11, 71%" in without


@pytest.mark.parametrize("evil", EVIL)
def test_what_a_stranger_wrote_runs_no_script(episode, articles, evil):
    cues = tuple(
        replace(cue, text=evil, url=f"{evil}" if cue.url else "", words=()) if n % 2 else cue
        for n, cue in enumerate(episode.cues)
    )
    sources = tuple(replace(each, title=evil, url=evil, byline=evil, summary=evil) for each in episode.sources)
    chapters = tuple(replace(each, title=evil, heading="", url=evil, image=evil) for each in episode.chapters)
    hostile = replace(
        episode, title=evil, guid=evil, show=evil, cues=cues, sources=sources, chapters=chapters, cover=evil[:200]
    )
    show = replace(SHOW, title=evil, description=evil, author=evil, copyright=evil)
    frame = Frame(show=show, url="https://example.org/show/", cover="cover.jpg", theme=Theme())
    for name, page in all_pages(hostile, frame, articles).items():
        if name == "oembed.json":
            continue
        tree = html.document_fromstring(page)
        scripts = tree.xpath("//script[not(@src)]")
        assert all(each.get("type") == "application/ld+json" and json.loads(each.text) for each in scripts)
        assert all(re.fullmatch(r"(\.\./)?assets/\w+\.js", each) for each in tree.xpath("//script/@src"))
        assert tree.xpath("//@*[starts-with(name(), 'on')] | //@style | //svg[not(ancestor-or-self::*[@class])]") == []
        addresses = tree.xpath("//@href | //@src | //@action")
        assert {urlsplit(each).scheme for each in addresses} <= {"", "https", *APPS}
        assert not {"\u202e", "\u2066", "\x1b", "\x00"} & {*page}


APPS = {"podcast", "overcast", "pktc", "podcastaddict", "castros", "gpodder"}


def test_a_page_asks_no_other_server_for_anything(episode, articles, frame):
    for name, page in all_pages(episode, frame, articles).items():
        if name.endswith(".html"):
            tree = html.document_fromstring(page)
            asked = tree.xpath("//@src | //link[@rel='stylesheet' or @rel='icon']/@href | //form/@action")
            assert [each for each in asked if urlsplit(each).netloc or each.startswith("//")] == []
            policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy


def test_search_engines_and_other_sites_are_told_what_it_is(episode, articles, frame):
    pages = episode_pages(episode, frame, articles)
    tree = html.document_fromstring(pages["index.html"])
    told = json.loads(tree.xpath("//script[@type='application/ld+json']")[0].text)
    address = f"{frame.url}{episode.name}/"
    assert told["@type"] == "PodcastEpisode"
    assert told["associatedMedia"]["contentUrl"] == address + episode.enclosure.name
    assert told["partOfSeries"]["webFeed"] == "https://podcasts.example.org/the-morning-read/feed.xml"
    assert tree.xpath("//link[@rel='canonical']/@href") == [address]
    assert tree.xpath("//meta[@name='twitter:player']/@content") == [f"{address}embed.html"]
    assert tree.xpath("//link[@type='application/rss+xml']/@href") == ["../feed.xml"]
    found = json.loads(pages["oembed.json"])
    frames = html.fragment_fromstring(found["html"])
    assert (found["type"], frames.tag, frames.get("src")) == ("rich", "iframe", f"{address}embed.html")
    assert found["html"] in tree.xpath("//textarea")[0].text_content()


def test_an_address_that_nobody_else_can_open_is_not_told(episode, frame):
    here = replace(frame, url="http://localhost:8000/show/")
    assert all('rel="canonical"' not in page for page in all_pages(episode, here).values())


def test_a_page_speaks_the_language_of_its_episode(episode, frame):
    german = html.document_fromstring(episode_pages(replace(episode, language="de"), frame)["index.html"])
    assert german.get("lang") == "de"
    assert german.xpath("//*[@id='chapters-title']")[0].text == "Kapitel"
    arabic = html.document_fromstring(episode_pages(replace(episode, language="ar"), frame)["index.html"])
    assert arabic.get("dir") == "rtl"


@pytest.mark.parametrize(
    ("name", "text", "line", "why"),
    [
        ("episode.html", "<p>\n{% if title %}<p>", 2, "endif"),
        ("show.html", "\n\n{{ nonsense }}", 3, "nonsense"),
        ("base.html", '{% extends "audioed/base.html" %}\n{% block foot %}{{ show.shoe }}{% endblock %}', 2, "shoe"),
        ("search.html", '{% include "missing.html" %}', 1, "missing.html"),
        ("embed.html", "{{ title | shout }}", 1, "shout"),
        ("parts.html", "{% macro spoken(tag, line, at=0, more='') %}\n{{ 1 / 0 }}{% endmacro %}", 2, "division"),
        ("player.html", "{{ title + 1 }}", 1, "str"),
    ],
)
def test_a_mistake_in_a_template_of_a_show_is_named_with_its_place(tmp_path, name, text, line, why):
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=re.escape(f"{tmp_path / name}, line {line}: ")) as caught:
        tried(Theme(tmp_path))
    assert why in str(caught.value)


def test_what_a_template_of_a_show_leaves_out_is_told(tmp_path):
    (tmp_path / "parts.html").write_text("{% macro spoken(tag, line, at=0, more='') %}{% endmacro %}", "utf-8")
    with pytest.raises(ConfigError, match=r"parts\.html: .* has no attribute 'passage'; keep what audioed's own has\."):
        tried(Theme(tmp_path))


def test_a_show_changes_a_block_and_what_is_escaped_stays_so(tmp_path, episode, frame):
    own = '{% extends "audioed/base.html" %}{% block foot %}<b>{{ show.title }}</b>{% endblock %}'
    (tmp_path / "base.html").write_text(own, "utf-8")
    (tmp_path / "site.css").write_text("body { color: red }", "utf-8")
    (tmp_path / "notes.txt").write_text("nobody's business", "utf-8")
    theme = Theme(tmp_path)
    assert theme.assets["site.css"] == b"body { color: red }"
    assert "notes.txt" not in theme.assets
    assert theme.digest != Theme().digest
    evil = replace(frame, theme=theme, show=replace(SHOW, title="<i>"))
    assert "<b>&lt;i&gt;</b>" in episode_pages(episode, evil)["index.html"]


MOST = 1500


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def parts(episode, articles, frame, monkeypatch):
    """The pages of an episode as they would be if it was long."""
    monkeypatch.setattr(dividing, "MOST", MOST)
    return episode_pages(episode, frame, articles)


@pytest.fixture
def long(parts, frame, tmp_path):
    """The address of its page."""
    for name, data in frame.theme.assets.items():
        (tmp_path / "assets").mkdir(exist_ok=True)
        (tmp_path / "assets" / name).write_bytes(data)
    (tmp_path / "one").mkdir()
    for name, text in parts.items():
        (tmp_path / "one" / name).write_text(text, "utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/one/"
        server.shutdown()


def test_a_part_ends_before_a_paragraph_and_nothing_is_lost(episode, articles):
    told = stories(episode, articles)
    for most in (1, 700, MOST, 10**6):
        found = divided(told, most)
        assert [*said(each for part in found for each in part)] == [*said(told)]
        assert (len(found) == 1) == (most == 10**6)
        assert all(part for part in found)
    assert divided(told, 10**6) == [[*told]]
    assert divided((), 1) == [[]]
    whole = [replace(each, goes_on=False) for each in divided(told, MOST)[1]]
    assert whole != [*divided(told, MOST)[1]]  # a story goes on where it was cut


def test_each_part_is_a_page_that_leads_to_the_next(parts, episode):
    texts = [name for name in parts if name.startswith("text-")]
    assert len(texts) > 2
    way, at = [], "index.html"
    while at:
        way.append(at)
        at = next(iter(html.document_fromstring(parts[at]).xpath("//*[@class='further']/a/@href")), "")
    assert way == ["index.html", *texts]
    assert all(len(parts[name]) < MOST + 6000 for name in texts)
    assert " ".join(html.document_fromstring(parts[way[-1]]).text_content().split()).count(episode.title) >= 1


def test_the_rest_is_loaded_when_it_is_read_looked_through_or_named_in_an_address(chromium, long):
    context = chromium.new_context(viewport={"width": 390, "height": 500})
    page, told = context.new_page(), []
    page.on("pageerror", lambda each: told.append(str(each)))

    def until(condition):
        page.evaluate(
            f"""() => new Promise((done, never) => {{
                const end = performance.now() + 9000;
                const sentences = () => document.querySelectorAll("#transcript [data-start]");
                const look = () => {{
                    if ({condition}) done();
                    else if (performance.now() > end) never(new Error("waited in vain"));
                    else setTimeout(look, 10);
                }};
                look();
            }})"""
        )

    page.goto(long)
    first = page.locator("#transcript [data-start]").count()
    page.evaluate("document.querySelector('#transcript .further').scrollIntoView()")  # it goes as soon as it is seen
    until(f"sentences().length > {first}")
    page.keyboard.press("Control+f")
    until("!document.querySelector('.further')")
    starts = page.locator("#transcript [data-start]").evaluate_all("found => found.map(each => +each.dataset.start)")
    assert starts == sorted(starts)
    assert len(starts) > first
    page.goto("about:blank")
    page.goto(f"{long}#t={starts[-1]},{starts[-1] + 1}")
    until("CSS.highlights.get('player-passage').size == 1")
    assert page.evaluate("[...CSS.highlights.get('player-passage')].join()") in page.inner_text("#transcript")
    assert told == []
    context.close()

"""Broken, hostile and enormous pages: each ends in an article or a refusal of one sentence (see benchmarks/fuzz.py)."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audioed.config import Extraction
from audioed.errors import AudioedError
from audioed.explain import explained
from audioed.extraction import extract, hydration, leftovers, richtext, scripts, signers
from audioed.extraction.feed import entries
from audioed.extraction.fetch import read_text
from audioed.extraction.lines import rule_of
from audioed.model import Block, Page

SENTENCE = "The ferry left at seven, and nobody on the pier could say who had cast off its lines that morning. "
PAGES = [
    path.read_bytes()
    for path in sorted((Path(__file__).parents[1] / "data" / "extraction").iterdir())
    if path.suffix != ".json"
]
SHARDS = st.sampled_from(
    [
        b"\x00",
        b"\xff",
        b"\xed\xa0\x80",
        b"<",
        b"</p>",
        b"<table><td>",
        b"<a href='http://['>",
        b"&#xD800;",
        b"---\n",
        b"[" * 99,
    ]
)


@pytest.mark.parametrize(
    ("media_type", "text", "says"),
    [
        ("text/html", "<table>" + "<tr><td>1</td><td>2</td></tr>" * 40_000 + "</table>", "as much as a book"),
        ("text/html", f"<p>{SENTENCE}</p>" * 50_000, "as much as a book"),
        ("text/plain", f"Title\n\n{SENTENCE * 10_000}", "as long as a book"),
        ("text/markdown", "*a **b _c_ " * 100_000, "as long as a book"),
    ],
    ids=["a table", "paragraphs", "plain text", "Markdown"],
)
def test_what_is_no_article_by_its_size_is_refused(media_type, text, says):
    with pytest.raises(AudioedError, match=says):
        extract(Page(url="page", media_type=media_type, text=text), Extraction())


@pytest.mark.parametrize(
    "markup",
    [
        "<p " + " ".join(f"a{n}" for n in range(200_000)) + ">",
        "<p " + "".join(f"a{n}='>'" for n in range(60_000)) + ">",
    ],
    ids=["bare", "quoted"],
)
def test_an_element_of_endless_attributes_is_read_without_them(markup):
    last = SENTENCE.replace("seven", "eight").strip()
    page = f"<article><p>{SENTENCE * 9}</p>{markup}{last}</p></article>"
    found = extract(Page(url="page", media_type="text/html", text=page), Extraction())
    assert found.blocks[-1].text == last


def test_a_page_of_endless_elements_is_refused_before_a_tree_is_made():
    with pytest.raises(AudioedError, match="as much as a book"):
        extract(Page(url="page", media_type="text/html", text="<p>" * 6_000_000), Extraction())


def test_a_feed_of_ten_thousand_entries_is_refused():
    entry = "<item><title>x</title><link>https://tide.example/1</link></item>"
    feed = f'<rss version="2.0"><channel>{entry * 10_000}</channel></rss>'
    with pytest.raises(AudioedError, match="more than 5000 entries"):
        entries(Page(url="https://tide.example/feed", media_type="application/xml", text=feed))


@pytest.mark.parametrize(
    "inside",
    ["<category>x</category>" * 150_000, "".join(f"<a{n}:b xmlns:a{n}='u{n}'/>" for n in range(1_000))],
    ids=["elements", "namespaces"],
)
def test_a_feed_of_endless_markup_is_refused(inside):
    feed = f'<rss version="2.0"><channel><item>{inside}</item></channel></rss>'
    with pytest.raises(AudioedError, match="more markup than a feed"):
        entries(Page(url="https://tide.example/feed", media_type="application/xml", text=feed))


@pytest.mark.parametrize(
    "text", ["> x\n\n" * 40_000, "![" * 40_000, "Support us\n\nx\n\n" * 20_000], ids=["quotes", "brackets", "headings"]
)
@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
def test_a_text_of_endless_pieces_is_refused(media_type, text):
    with pytest.raises(AudioedError, match="as long as a book"):
        extract(Page(url="page", media_type=media_type, text=f"A title\n\n{text}"), Extraction())


def test_a_page_that_is_too_deep_for_others_is_read_all_the_same():
    deep = '<div class="sidebar">' * 240 + f"<p>{SENTENCE}</p>" * 2_000
    assert len(extract(Page(url="page", media_type="text/html", text=deep), Extraction()).blocks) > 1_000


@pytest.mark.parametrize("title", ["1" + ":59" * 90, "007", "No", "2026-02-31", "1_000"])
def test_a_title_in_front_matter_is_what_is_written(title):
    text = f"---\ntitle: {title}\nauthor: null\ndate:\n---\n{SENTENCE * 9}"
    found = extract(Page(url="page", media_type="text/markdown", text=text), Extraction())
    assert (found.title, found.byline, found.published) == (title, None, None)


LAUGHS = "a: &a [x,x]\n" + "".join(
    f"{chr(n + 1)}: &{chr(n + 1)} [{','.join([f'*{chr(n)}'] * 6)}]\n" for n in range(97, 121)
)


@pytest.mark.parametrize(
    ("front", "says"),
    [
        (LAUGHS, "an alias is not read here, write its text again in line 3"),
        ("title: &t Ferry\nname: *t", "an alias is not read here, write its text again in line 3"),
        ("base: &b {title: x}\n<<: *b", "an alias is not read here"),
        ("title: &t [*t]", "an alias is not read here"),
        ("title: " + "[" * 5_000, "nest"),
        ("title: " + "{a: " * 100 + "x" + "}" * 100, "nested too deeply"),
        ("title: [" + "a," * 20_001 + "]", "is too long"),
        ("? [a, b]\n: c", "unhashable key"),
        ("title: *Ferry", "an alias is not read here"),
    ],
    ids=[
        "laughs",
        "an alias",
        "a merge",
        "itself",
        "brackets",
        "braces",
        "20,000 values",
        "a list as a key",
        "emphasis",
    ],
)
def test_front_matter_that_unfolds_into_more_than_it_says_is_refused(front, says):
    with pytest.raises(AudioedError, match=says):
        extract(Page(url="page", media_type="text/markdown", text=f"---\n{front}\n---\n{SENTENCE * 9}"), Extraction())


@pytest.mark.parametrize(
    "tag", ["!!int", "!!float", "!!bool", "!!timestamp", "!!binary", "!!python/name:os.system", "!x"]
)
def test_a_tag_in_front_matter_changes_nothing(tag):
    for value in ("", "x", "[x]", "{x: y}"):
        text = f"---\nauthor: {tag} {value}\ndate: {tag} {value}\ntitle: {tag} Ferry\n---\n{SENTENCE * 9}"
        assert extract(Page(url="page", media_type="text/markdown", text=text), Extraction()).title == "Ferry"


@pytest.mark.parametrize(
    "value", ["[a, b]", "{a: b}", "[[a], {b: [c]}]", "null", "~", "''", "[{name: [x]}]", "{name: {}}"]
)
def test_front_matter_of_another_shape_than_expected_is_passed_over(value):
    keys = ("title", "author", "date", "url", "image", "image_alt", "language", "voice")
    front = "\n".join(f"{key}: {value}" for key in keys)
    found = extract(
        Page(url="page", media_type="text/markdown", text=f"---\n{front}\n---\n# Ferry\n{SENTENCE * 9}"), Extraction()
    )
    assert (found.title, found.published, found.voice, found.url, found.image) == ("Ferry", None, "", "", None)


def test_a_feed_tells_nothing_from_this_machine_and_laughs_at_no_joke():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE r [<!ENTITY l0 "lol"><!ENTITY x SYSTEM "{Path(__file__).as_uri()}">{laughs}]>'
    item = "<item><title>&x;&l11;</title><link>https://tide.example/1</link></item>"
    feed = f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>t</title>{item}</channel></rss>'
    found = repr(entries(Page(url="https://tide.example/feed", media_type="application/xml", text=feed)))
    assert "hypothesis" not in found
    assert len(found) < 10_000


@pytest.mark.parametrize("title", ["&#99999999999;", "&#xD800;", "&#55296;", "<![CDATA[&#0;]]>", "&l;" * 3])
def test_a_feed_with_characters_that_are_none_is_read_or_refused(title):
    feed = f'<rss version="2.0"><channel><item><title>{title}<link>https://tide.example/1</link></item>'
    assert is_sound(outcome(feed.encode()))


def test_a_page_whose_addresses_are_none_is_read():
    links = "<link rel='canonical' href='http://['><meta property='og:url' content='http://[::1'>"
    links += "<meta property='og:image' content='http://['><meta property='og:title' content='{}'>".format(
        "a - " * 20_000
    )
    page = (
        f"<head>{links}</head><article><h1><a href='http://['>{'- x ' * 20_000}</a></h1><p>{SENTENCE * 9}</p></article>"
    )
    (*_, last) = outcome(page.encode())
    assert SENTENCE.strip() in last.text


@settings(max_examples=150, derandomize=True, suppress_health_check=list(HealthCheck))
@given(page=st.sampled_from(PAGES), wounds=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.2), SHARDS), max_size=6))
def test_a_wounded_page_is_read_or_refused(page, wounds):
    for place, length, shard in wounds:
        start = int(place * len(page))
        page = page[:start] + shard + page[start + int(length * len(page)) :]
    assert is_sound(outcome(page))


def outcome(data):
    """What is read, or the sentence that refuses it."""
    try:
        told = read_text(data, "page", Extraction())
        if told.media_type == "application/xml":
            return entries(told)
        return list(explained(extract(told, Extraction())))
    except AudioedError as error:
        return str(error)


def is_sound(told):
    if isinstance(told, str):
        return told.endswith(".") and "\n" not in told
    return all(
        each.url.startswith("http") or each.page if hasattr(each, "url") else each.kind or each.rule for each in told
    )


@pytest.mark.timeout(20)  # the square of its length would take minutes
@pytest.mark.parametrize("key", ["author", "date", "title", "language", "url", "image", "image_alt", "voice"])
@pytest.mark.parametrize("long", ["x" * 300_000, "By " * 100_000, "x, " * 100_000, "\u0301" * 300_000, "Jan " * 75_000])
def test_no_line_of_front_matter_takes_long_however_long_it_is(key, long):
    text = f"---\n{key}: {long}\n---\n{SENTENCE * 3}\n"
    found = extract(Page(url="page.md", media_type="text/markdown", text=text), Extraction())
    assert SENTENCE.strip() in found.blocks[0].text


class Counted:
    """A pattern that counts the places at which it was tried."""

    def __init__(self, pattern):
        self.pattern, self.tried = pattern, 0

    def match(self, text, at):
        self.tried += 1
        return self.pattern.match(text, at)


@pytest.mark.parametrize(
    ("script", "most"),
    [
        ("data:[" * 200 + "1," * 5_000, 12_000),
        ("x={data:[" * 100 + "1," * 5_000 + "(", 12_000),
        ("x={f:'=[1,2,3,4,5,6,7,8,9',y:[" * 100 + "1," * 5_000, 13_000),
        ("=[[[1,2,3,4,5,6,7,8,9],.." * 150 + "," * 400, 5_000),
    ],
    ids=["arrays", "objects", "beside strings", "one behind another"],
)
def test_a_script_whose_brackets_never_close_is_read_once(script, most, monkeypatch):
    tokens = Counted(scripts.TOKEN)
    monkeypatch.setattr(scripts, "TOKEN", tokens)
    assert list(scripts.payloads(tree_of(f"<p>x</p><script>{script}</script>"))) == []
    assert tokens.tried < most


def test_all_scripts_of_a_page_share_what_is_read(monkeypatch):
    tokens = Counted(scripts.TOKEN)
    monkeypatch.setattr(scripts, "TOKEN", tokens)
    monkeypatch.setattr(scripts, "MOST_TOKENS", 3_000)
    list(scripts.payloads(tree_of("<p>x</p>" + f"<script>x=[{'1,' * 1_000}</script>" * 20)))
    assert tokens.tried == 3_000


def test_what_a_script_assigns_within_what_is_no_data_is_found():
    story = f"<p>{SENTENCE}</p>" * 6
    script = f"x={{data:[{{title:'Ferry',body:'{story}'}}],load:function(){{}},more:[" + "1," * 500
    (found,) = scripts.payloads(tree_of(f"<p>x</p><script>{script}</script>"))
    assert found == [{"title": "Ferry", "body": story}]


def flight(first, second):
    """A script with two rows of what React's server sends: data, and what that names as "$1"."""
    sent = f"0:{json.dumps(first)}\n1:{second}"
    return f"<p>x</p><script>self.__next_f.push({json.dumps([1, sent])})</script>"


PIECE = "<p>hello</p>" * 8_000
LINK = "https://mole.example/" + "x" * 100_000
LINKED = ["$", "div", None, {"children": [["$", "p", None, {"children": "On."}], ["$", "a", None, {"href": LINK}]]}]


@pytest.mark.parametrize(
    "second",
    [f"T{len(PIECE):x},{PIECE}", json.dumps([{"type": "paragraph", "text": PIECE}] * 2), json.dumps(LINKED)],
    ids=["a text", "nodes", "links"],
)
def test_a_text_that_is_named_a_thousand_times_is_written_only_so_far(second):
    parts = richtext.written(["$1"] * 1_000, {"$1": next(scripts.decoded(second), PIECE)})
    assert len(parts) < 2 * richtext.LONGEST_TEXT
    found = list(hydration.texts(tree_of(flight(["$1"] * 1_000, second))))
    assert sum(len(each.markup) for each in found) <= 3 * richtext.LONGEST_TEXT


@pytest.mark.parametrize(
    "first",
    [["$1"] * 1_000, {f"k{n}": "$L1" for n in range(1_000)}, [["$1", n] for n in range(1_000)]],
    ids=["a list", "an object", "lists"],
)
def test_data_that_is_named_a_thousand_times_is_not_read_as_often(first, monkeypatch):
    data, read = "{" + '"a":1,' * 1_000 + "]", []
    monkeypatch.setattr(hydration, "decoded", lambda text: read.append(text) or scripts.decoded(text))
    assert list(hydration.texts(tree_of(flight(first, f"T{len(data):x},{data}")))) == []
    assert read in ([data], [data, data])  # where it is named, and as the row that it is


@pytest.mark.timeout(20)  # the square of its length would take minutes
@pytest.mark.parametrize("shown", ["<a href=x>", "<p>", "<p><div>", "<a href=", "<a " + "href=" * 99, "<h1></h2>"])
def test_escaped_markup_that_never_closes_is_looked_through_once(shown):
    text = shown * 30_000 + "</x"
    assert not leftovers.is_escaped(text)
    assert leftovers.is_escaped(f"{text}> <li>One</li>")


@pytest.mark.timeout(20)
def test_a_row_of_spaces_is_parted_in_one_pass():
    assert signers.PARTED.split("Jane" + " " * 100_000 + "Doe") == ["Jane" + " " * 100_000 + "Doe"]
    assert signers.PARTED.split(f"Jane Doe{' ' * 9}| | May 5{' ' * 9}-  News—Tide") == [
        "Jane Doe",
        "",
        "May 5",
        "News",
        "Tide",
    ]


def tree_of(page):
    from lxml import html

    return html.fromstring(f"<html><body>{page}</body></html>")


@pytest.mark.timeout(20)
@pytest.mark.parametrize("row", ["1," * 500 + "x", "2, " * 600, "1.2k " * 400, "3 likes " * 250 + "x"])
def test_no_row_of_numbers_keeps_the_lines_busy(row):
    rule_of(Block(kind="paragraph", text=row))

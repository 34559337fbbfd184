"""Texts that a page only tells its scripts, as each framework and editor does."""

import json
from pathlib import Path

import pytest

from audioed.extraction import dom, structured

LINES = (Path(__file__).with_name("hydration.txt")).read_text("utf8").splitlines()
TITLE = "The last ferry of the year"
HTML = "".join(f"<p>{line}</p>" for line in LINES)
OTHER = "".join(f"<p>{line[::-1]}</p>" for line in LINES)


def rows(script, body="<div id='root'></div>"):
    root = dom.parsed(f"<html><head><title>{TITLE} | Mole</title></head><body>{body}{script}</body></html>", "page")
    structured.supply(root, structured.objects(root))
    return [(row.kind, row.text) for row in dom.rows(root, "https://mole.example/ferry")]


def as_json(post):
    found = {"props": {"post": {"title": TITLE, **post}, "comments": [{"body": OTHER * 2}]}}
    return f'<script type="application/json">{json.dumps(found)}</script>'


def nodes(key, make, head, item):
    return as_json({key: [head, *map(make, LINES), item]})


def leaf(text, **more):
    return {"type": "text", "text": text, **more}


EDITORS = {
    "Contentful": as_json(
        {
            "body": {
                "nodeType": "document",
                "content": [
                    {"nodeType": "heading-2", "content": [{"nodeType": "text", "value": "At six"}]},
                    *(
                        {
                            "nodeType": "paragraph",
                            "content": [
                                {"nodeType": "text", "value": line[:20]},
                                {
                                    "nodeType": "hyperlink",
                                    "data": {"uri": "https://mole.example/x"},
                                    "content": [{"nodeType": "text", "value": line[20:]}],
                                },
                            ],
                        }
                        for line in LINES
                    ),
                    {
                        "nodeType": "unordered-list",
                        "content": [
                            {
                                "nodeType": "list-item",
                                "content": [
                                    {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": "A bell"}]}
                                ],
                            }
                        ],
                    },
                ],
            }
        }
    ),
    "Sanity": nodes(
        "body",
        lambda line: {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": line}]},
        {"_type": "block", "style": "h2", "children": [{"_type": "span", "text": "At six"}]},
        {"_type": "block", "style": "normal", "listItem": "bullet", "children": [{"_type": "span", "text": "A bell"}]},
    ),
    "ProseMirror": nodes(
        "content",
        lambda line: {"type": "paragraph", "content": [leaf(line[:9]), leaf(line[9:], marks=[{"type": "bold"}])]},
        {"type": "heading", "attrs": {"level": 2}, "content": [leaf("At six")]},
        {"type": "bulletList", "content": [{"type": "listItem", "content": [leaf("A bell")]}]},
    ),
    "Lexical": nodes(
        "children",
        lambda line: {"type": "paragraph", "children": [leaf(line)]},
        {"type": "heading", "tag": "h2", "children": [leaf("At six")]},
        {"type": "list", "children": [{"type": "listitem", "children": [leaf("A bell")]}]},
    ),
    "Slate": nodes(
        "content",
        lambda line: {"type": "paragraph", "children": [{"text": line[:5]}, {"text": line[5:], "bold": True}]},
        {"type": "heading-two", "children": [{"text": "At six"}]},
        {"type": "list-item", "children": [{"text": "A bell"}]},
    ),
    "Editor.js": nodes(
        "blocks",
        lambda line: {"id": "x", "type": "paragraph", "data": {"text": line}},
        {"type": "header", "data": {"text": "At six", "level": 2}},
        {"type": "list", "data": {"items": ["A bell"]}},
    ),
    "Draft.js": nodes(
        "blocks",
        lambda line: {"key": "b", "text": line, "type": "unstyled", "data": {}},
        {"text": "At six", "type": "header-two"},
        {"text": "A bell", "type": "unordered-list-item"},
    ),
    "Arc": nodes(
        "content_elements",
        lambda line: {"type": "text", "content": line},
        {"type": "header", "level": 2, "content": "At six"},
        {"type": "list", "items": [{"type": "text", "content": "A bell"}]},
    ),
    "WordPress": nodes(
        "blocks",
        lambda line: {"blockName": "core/paragraph", "innerHTML": f"<p>{line}</p>", "innerBlocks": []},
        {"blockName": "core/heading", "innerHTML": "<h2>At six</h2>"},
        {"blockName": "core/list", "innerHTML": "<ul><li>A bell</li></ul>"},
    ),
}
POST = {"title": TITLE, "html": HTML}
STREAM = f'2:I[1,["a"],""]\n:HL["/x.css"]\n1a:T{len(HTML.encode()):x},{HTML}0:' + json.dumps(
    ["$", "main", None, {"post": {"title": TITLE, "body": "$1a"}}]
)
FLAT = [["ShallowReactive", 1], {"data": 2}, ["Reactive", 3], {"post": 4}, {"title": 5, "body": 6}, TITLE, HTML]
FRAMEWORKS = {
    "JSON": as_json({"content": HTML}),
    "an assignment": f"<script>window.__INITIAL_STATE__ = {json.dumps(POST)};(function(){{}}())</script>",
    "JSON.parse": f"<script>var state = JSON.parse({json.dumps(json.dumps(POST))});</script>",
    "a push": f"<script>window.q.push({json.dumps({'data': POST})})</script>",
    "Nuxt 2": f'<script>window.__NUXT__=(function(a){{return {{layout:"x",data:[{{post:{{title:"{TITLE}",draft:a,'
    f"html:'{HTML}'}}}}],ok:!0}}}}(null));</script>",
    "Nuxt 3": f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(FLAT)}</script>',
    "SvelteKit": f'<script>kit.start(app, {{ids:[0,2],data:[null,{{type:"data",data:{json.dumps(POST)}}}]}})</script>',
    "Next.js": f"<script>self.__next_f.push([1,{json.dumps(STREAM[:300])}])</script>"
    f"<script>self.__next_f.push([1,{json.dumps(STREAM[300:])}])</script>",
}


@pytest.mark.parametrize("script", EDITORS.values(), ids=EDITORS)
def test_a_text_is_read_from_the_tree_of_any_editor(script):
    assert rows(script) == [("heading", "At six"), *(("paragraph", line) for line in LINES), ("item", "A bell")]


@pytest.mark.parametrize("script", FRAMEWORKS.values(), ids=FRAMEWORKS)
def test_a_text_is_read_from_the_data_of_any_framework(script):
    assert [text for _, text in rows(script)] == LINES


@pytest.mark.parametrize(
    "found",
    [
        {"comments": [{"body": HTML}]},
        {"relatedPosts": [{"title": TITLE, "html": HTML}]},
        {"messages": {"title": TITLE, "terms": HTML}},
        {"posts": [{"slug": "a", "html": HTML}, {"slug": "b", "html": OTHER}]},
    ],
)
def test_comments_teasers_and_words_of_buttons_are_no_article(found):
    assert rows(f'<script type="application/json">{json.dumps(found)}</script>') == []


def test_a_page_that_has_its_text_gets_no_second_one():
    assert [text for _, text in rows(as_json({"content": HTML}), HTML)] == LINES
    assert [text for _, text in rows(as_json({"title": "Another", "content": OTHER}), HTML)] == LINES


def test_a_page_that_is_closed_stays_closed():
    closed = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    assert rows(closed + as_json({"content": HTML})) == []


def test_a_page_with_other_text_gets_the_body_that_is_called_like_it():
    body = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(LINES)}
    found = rows(f'<script type="application/ld+json">{json.dumps(body)}</script>', OTHER)
    assert [text for _, text in found][-len(LINES) :] == LINES


@pytest.mark.parametrize(
    "data",
    ["[" * 5000 + "]" * 5000, '{"a":' * 900 + "1" + "}" * 900, "{" * 5000, "=[" * 5000, '="' * 5000, "9" * 5000],
)
def test_data_that_is_meant_to_harm_is_passed_over(data):
    script = f'<script type="application/json">{data}</script><script>var a = {data}</script>'
    assert rows(f"{script}<script>self.__next_f.push([1,{json.dumps('0:' + data)}])</script>") == []


def test_parts_that_arrive_late_stand_in_their_place():
    page = (
        '<h1>The boat</h1><!--$?--><template id="B:0"></template><p>Loading</p><!--/$--><p>After it</p>'
        '<div hidden id="S:0"><p>The boat sank off the mole.</p><template id="P:1"></template></div>'
        '<div hidden id="S:1"><p>The bell was heard.</p></div><div hidden id="S:2"><p>No place</p></div>'
    )
    said = ["The boat", "The boat sank off the mole.", "The bell was heard.", "After it", "No place"]
    assert [text for _, text in rows("", page)] == said


def test_what_stands_behind_the_end_of_a_page_is_read():
    assert [text for _, text in rows("", "<p>One</p></body></html><div><p>Two</p></div>")] == ["One", "Two"]

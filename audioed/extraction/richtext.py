"""Rich text as editors keep it, in trees of nodes or pieces of HTML, written as the HTML that it stands for."""

import re
from collections.abc import Iterator, Mapping
from html import escape

from audioed.extraction.scripts import Data, referred

NUMBERS = ("one", "two", "three", "four", "five", "six")
BLOCKS = {
    **dict.fromkeys(("paragraph", "p", "block", "unstyled", "normal", "textblock", "text_block"), "p"),
    **dict.fromkeys(("blockquote", "quote", "pullquote", "bq", "pq"), "blockquote"),
    **dict.fromkeys(
        ("list", "ul", "ol", "bulletlist", "bulletedlist", "unorderedlist", "orderedlist", "numberedlist"), "ul"
    ),
    **dict.fromkeys(("listitem", "li", "olistitem", "unorderedlistitem", "orderedlistitem", "uli", "oli"), "li"),
    **dict.fromkeys(("code", "codeblock", "pre", "preformatted"), "pre"),
    **{f"{name}{level}": f"h{level}" for name in ("h", "heading", "header") for level in range(1, 7)},
    **{f"{name}{number}": f"h{i}" for name in ("heading", "header") for i, number in enumerate(NUMBERS, 1)},
    **dict.fromkeys(("heading", "header"), "h2"),
}
"""
What editors call their blocks, in small letters alone, as elements of HTML: Contentful, Sanity, ProseMirror, Lexical,
Slate, Editor.js, Draft.js, Prismic, WordPress, Arc, React and hast.
"""
KINDS = ("style", "nodeType", "_type", "type", "blockName", "tagName", "tag")
"""Keys under which a node says what it is,"""
INNER = ("children", "content", "nodes", "innerBlocks", "blocks", "items", "body", "value")
"""what it holds,"""
TEXTS = ("text", "value", "content", "html", "innerHTML", "body", "children")
"""what it says,"""
OWN = ("data", "attrs", "attributes", "props", "primary")
"""and under which some keep all that."""
ENTRY = frozenset(
    ("slug", "author", "authors", "date", "publishedat", "createdat", "user", "username", "permalink", "publishdate")
)
"""Keys, in small letters, of what is an article or a comment of its own, and no piece of one."""
HTML = re.compile(r"</(?:p|div|h[1-6]|li|blockquote|section|article)\s*>|<br\s*/?>", re.IGNORECASE)
"""In a piece of HTML that has blocks of its own,"""
MARKED = re.compile(r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>|&#?\w{1,30};")
"""and in any."""
UNHEARD = frozenset(("script", "style", "svg", "nav", "footer", "form", "button", "iframe"))
DEEPEST, MOST_NODES = 60, 50_000
LONGEST_TEXT = 500_000
"""Characters of a text; where nodes only name another, that may stand in it often."""
SHORTEST = 40
"""Characters of a text without a block around it that is one."""
HALF = 0.5
"""Share of the nodes of a run that are blocks; the others are pictures, films and advertisements."""


def is_html(text: str) -> bool:
    """Whether a text is a piece of HTML with blocks of its own."""
    return "<" in text and bool(HTML.search(text))


def is_run(nodes: list[Data], rows: Mapping[str, Data]) -> bool:
    """Whether a list is a text, block by block, and not several, each of its own."""
    meant = [referred(each, rows) for each in nodes]
    known = {key: _is_block(each) for key, each in {id(each): each for each in meant}.items()}
    blocks = sum(known[id(each)] for each in meant)
    return blocks > 1 and blocks >= HALF * len(nodes)


def written(nodes: Data, rows: Mapping[str, Data]) -> str:
    """The same as HTML; `rows` are those of what React's server sends."""
    writer = _Writer(rows)
    writer.write(nodes)
    return "".join(writer.parts)


def _is_block(node: Data) -> bool:
    if isinstance(node, str):
        return is_html(node)
    if isinstance(node, list):
        return _element(node)[0] in BLOCKS
    if not isinstance(node, dict) or any(str(key).lower() in ENTRY for key in node):
        return False
    texts = list(_held(node, TEXTS, str))
    alone = node.get("type") == "text" and any(len(text) >= SHORTEST for text in texts)
    return bool(_tag(node)) or alone or any(map(is_html, texts))


def _element(node: list[Data]) -> tuple[str, Mapping[str, Data], list[Data]]:
    """Tag, attributes and children of an element of React or a "minimark"; no tag for any other list."""
    if len(node) == 4 and node[0] == "$" and isinstance(node[1], str) and isinstance(node[3], dict):  # noqa: PLR2004
        inner = node[3].get("dangerouslySetInnerHTML")
        return node[1], node[3], [inner.get("__html") if isinstance(inner, dict) else node[3].get("children")]
    if len(node) > 1 and isinstance(node[0], str) and isinstance(node[1], dict) and node[0].isalnum():
        return node[0], node[1], node[2:]
    return "", {}, []


def _tag(node: Mapping[str, Data]) -> str:
    """The element of HTML that a block stands for; empty for what is none."""
    if isinstance(node.get("listItem"), str):
        return "li"
    names = (re.sub(r"^core/|[^a-z0-9]", "", str(node.get(key) or "")[:40].lower()) for key in KINDS)
    found = next((each for each in names if each in BLOCKS), "")
    if found in {"heading", "header"}:
        levels = [*_held(node, ("level",), int), *(each[-1:] for each in _held(node, ("tag",), str))]
        return next((f"h{each}" for each in levels if str(each) in {*"123456"}), BLOCKS[found])
    return BLOCKS.get(found, "")


def _held(node: Mapping[str, Data], keys: tuple[str, ...], kind: type) -> Iterator[Data]:
    """What a node, or what belongs to it, has of this kind under these keys."""
    for each in (node, *(node[key] for key in OWN if isinstance(node.get(key), dict))):
        yield from (each[key] for key in keys if isinstance(each.get(key), kind) and each[key] not in ("", []))


class _Writer:
    """What has been written, and how many nodes and characters more may be."""

    def __init__(self, rows: Mapping[str, Data]) -> None:
        self.parts: list[str] = []
        self.rows, self.left, self.room = rows, MOST_NODES, LONGEST_TEXT

    def write(self, node: Data, depth: int = 0, *, inside: bool = False) -> None:
        """Write a node; `inside` of a block, texts are a part of that."""
        node = referred(node, self.rows)
        self.left -= 1
        if self.left < 0 or self.room < 0 or depth > DEEPEST:
            return
        if isinstance(node, str):
            self._say(node, inside=inside)
        elif isinstance(node, list):
            tag, attributes, children = _element(node)
            self._open(BLOCKS.get(tag, tag), attributes, children if tag else node, depth, inside=inside)
        elif isinstance(node, dict):
            texts: str = next(_held(node, TEXTS, str), "")
            inner: list[Data] = next(_held(node, INNER, list), [])
            tag = _tag(node)
            linked = str(node.get("nodeType") or node.get("type")).lower() in {"hyperlink", "link", "a"}
            attributes = next(_held(node, ("data", "attrs", "properties"), dict), node) if linked else {}
            known = bool(tag or inner or inside or is_html(texts))
            if known or str(node.get("type")).lower() == "text":
                if not tag and not inside and isinstance(node.get("title"), str) and is_html(texts):
                    self._put(f"<h2>{escape(node['title'])}</h2>")
                self._open(tag or "a" * linked, attributes, [texts, *inner], depth, inside=inside)

    def _put(self, markup: str) -> None:
        self.room -= len(markup)
        self.parts.append(markup)

    def _say(self, text: str, *, inside: bool) -> None:
        if not text.strip() and not inside:
            return
        marked = text if MARKED.search(text) else escape(text, quote=False)
        self._put(marked if inside or is_html(text) else f"<p>{marked}</p>")

    def _open(
        self, tag: str, attributes: Mapping[str, Data], children: list[Data], depth: int, *, inside: bool
    ) -> None:
        if tag in UNHEARD:
            return
        block = tag in BLOCKS.values()
        link = next((each for key in ("href", "uri", "url") if isinstance(each := attributes.get(key), str)), "")
        opens = f'<a href="{escape(link)}">' if tag == "a" and link else f"<{tag}>" if block else ""
        self._put(opens)
        for each in children:
            bare = not isinstance(each, list) and not (isinstance(each, dict) and _tag(each) == "li")
            wraps = bool(tag == "ul" and each and bare)
            self._put("<li>" if wraps else "")
            self.write(each, depth + 1, inside=inside or wraps or (block and tag != "ul"))
            self._put("</li>" if wraps else "")
        self._put(f"</{'a' if tag == 'a' else tag}>" if opens else "")

"""Pages that are too much of something, for benchmarks/fuzz.py."""

import io
import zipfile
from collections.abc import Iterator


def monsters() -> Iterator[tuple[str, str, bytes]]:
    """Names, suffixes and bytes of pages that are too much of something."""
    sentence = b"The ferry left at seven, and nobody on the pier could say who had cast off its lines that morning. "
    tags = (
        "div",
        "p",
        "span",
        "b",
        "a",
        "ul",
        "li",
        "table",
        "td",
        "blockquote",
        "font",
        "section",
        "em",
        "h2",
        "sup",
        "q",
    )
    for name, unit in (
        ("paragraphs", b"<p>" + sentence + b"</p>"),
        ("short paragraphs", b"<p>x</p>"),
        ("links", b"<a href='/x'>one two</a> "),
        ("items", b"<li><a href='/x'>A headline of five words</a></li>"),
        ("cells", b"<tr><td>1</td><td>2</td></tr>"),
        ("headings", b"<h2>Heading</h2>"),
        ("breaks", b"one<br>"),
        ("forms", b"<form><input><button>go</button></form>"),
        ("marks", b"word<sup><a href='#n'>1</a></sup> "),
        ("quotes", b"<blockquote>" + sentence + b"</blockquote>"),
    ):
        wrapped = b"<table>" + unit * 200_000 + b"</table>" if name == "cells" else unit * 200_000
        yield f"200,000 {name}", ".html", b"<html><body><article>" + wrapped + b"</article></body></html>"
    for depth in (10_000, 100_000):
        for tag in tags:
            opened = f"<{tag}>".encode() * depth
            yield f"{depth:,} {tag} in each other", ".html", b"<html><body>" + opened + sentence * 20
    yield "10,000 closed lists", ".html", b"<ul><li>" * 10_000 + sentence + b"</li></ul>" * 10_000
    yield "50 MB of paragraphs", ".html", b"<p>" + (sentence * 5 + b"</p><p>") * (50_000_000 // (len(sentence) * 5))
    yield "50 MB, one word", ".html", b"<p>" + b"a" * 50_000_000
    yield "10 MB on one line", ".txt", sentence * (10_000_000 // len(sentence))
    yield "10 MB of Markdown emphasis", ".md", b"*a **b _c_ " * 900_000
    for name, unit in (
        ("spaces", b" "),
        ("dashes", b"-"),
        ("brackets", b"("),
        ("stars", b"*"),
        ("dots", b"a."),
        ("commas", b"1,"),
        ("marks", b"[1]"),
        ("quote marks", b'"'),
        ("backticks", b"`"),
        ("opened links", b"[a]("),
        ("greater-thans", b"> "),
        ("ampersands", b"&"),
        ("tags", b"<"),
        ("By", b"By "),
        ("Photo:", b"Photo: "),
        ("says:", b"A says: "),
        ("share", b"share "),
        ("capitals", b"Ab "),
        ("Read also", b"read also "),
        ("at", b"a@"),
        ("comments", b"comments "),
        ("long s", b"s" * 50 + b" "),
        ("newlines", b"\n"),
        ("pipes", b"| - "),
        ("hashes", b"#"),
        ("copyright", b"(c) 2024 "),
        ("disclaimers", b"the information in this article is "),
        ("subscribe to", b"subscribe "),
    ):
        run = unit * (200_000 // len(unit))
        yield f"200 kB of {name}", ".html", b"<article><p>" + sentence * 20 + b"</p><p>" + run + b"</p></article>"
        yield f"200 kB of {name}, as text", ".txt", b"A title\n\n" + sentence * 20 + b"\n\n" + run
        yield f"200 kB of {name}, as Markdown", ".md", b"# A title\n\n" + sentence * 20 + b"\n\n" + run
    for line in (
        b"Jane says:",
        b"Photo: someone",
        b"By Jane Doe",
        b"Share on Facebook",
        b"Read also: x",
        b"3 comments",
        b"Sources",
    ):
        page = b"<article>" + (b"<p>" + line + b"</p><h2>" + line + b"</h2>") * 20_000 + b"</article>"
        yield f"only “{line.decode()}”", ".html", page
    yield "null bytes", ".html", b"<p>" + b"\x00".join(bytes([each]) for each in sentence * 20)
    yield "only null bytes", ".html", b"\x00" * 100_000
    for codec in ("utf-16", "utf-32", "utf-16-be", "cp037", "utf-7", "shift_jis"):
        yield f"{codec} without a word of it", ".html", (b"<p>" + sentence * 20).decode().encode(codec)
    yield "a charset that is none", ".html", b"<meta charset='rot13'><p>\xff\xfe\xff" + sentence * 20
    lol = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    bomb = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">' + lol + b"]>"
    entry = b"<item><title>&l11;</title><link>https://tide.example/1</link><description>&l11;</description></item>"
    yield "a billion laughs, RSS", ".rss", bomb + b'<rss version="2.0"><channel>' + entry + b"</channel></rss>"
    yield (
        "a billion laughs, Atom",
        ".xml",
        bomb + b'<feed xmlns="http://www.w3.org/2005/Atom"><title>&l11;</title></feed>',
    )
    yield "a billion laughs, HTML", ".html", bomb + b"<html><body><p>&l11;</p></body></html>"
    outside = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>'
    yield "an entity from a file", ".rss", outside + entry.replace(b"&l11;", b"&x;") + b"</channel></rss>"
    yield (
        "a long entity, often",
        ".rss",
        b'<!DOCTYPE r [<!ENTITY a "' + b"x" * 50_000 + b'">]><rss><channel>' + b"&a;" * 50_000,
    )
    yield (
        "100,000 entries",
        ".rss",
        b'<rss version="2.0"><channel>' + entry.replace(b"&l11;", b"x") * 100_000 + b"</channel></rss>",
    )
    yield "a feed 10,000 deep", ".xml", b"<rss>" + b"<channel>" * 10_000
    yield (
        "YAML that repeats itself",
        ".md",
        b"---\na: &a [x,x]\n"
        + b"".join(b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c]\n" % (c + 1, c + 1, c, c, c, c, c, c) for c in range(97, 120))
        + b"---\n"
        + sentence,
    )
    yield "YAML 10,000 deep", ".md", b"---\na: " + b"[" * 10_000 + b"\n---\n" + sentence
    yield (
        "JSON-LD 100,000 deep",
        ".html",
        b"<script type='application/ld+json'>" + b"[" * 100_000 + b"</script><p>" + sentence * 20,
    )
    yield (
        "JSON-LD with 300,000 objects",
        ".html",
        b"<script type='application/ld+json'>[" + b"{}," * 300_000 + b"{}]</script><p>" + sentence * 20,
    )
    yield from just_too_long(sentence)
    yield from feeds(sentence)
    yield from documents(sentence)


def just_too_long(sentence: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Texts of 800 kB, the most that is read, of one construction; and pages that are deep and wide at once."""
    for name, unit in (
        ("items", b"- A headline of five words\n"),
        ("nested items", b"- a\n  - b\n    - c\n"),
        ("numbers", b"1. a\n"),
        ("quotes", b"> x\n\n"),
        ("headings", b"# Heading\n\n"),
        ("promo headings", b"Support us\n\nx\n\n"),
        ("promo headings of Markdown", b"## Support us\n\nx y\n\n"),
        ("sources", b"## Sources\n\n- x\n\n"),
        ("tables", b"\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
        ("setext headings", b"a\n-\n"),
        ("short lines", b"ab\n\n"),
        ("links", b"[a](http://x.example) "),
        ("pictures", b"![a](b) "),
        ("exclamations", b"!["),
        ("underscores", b"__a"),
        ("islands", b"<div>x y z</div>\n\n"),
        ("footnotes", b"a[^1] "),
        ("initials", b"A. "),
        ("questions", b"Why? "),
        ("promos", b"Subscribe to our newsletter on Patreon. " + sentence + b"\n\n"),
        ("paragraphs", sentence + b"\n\n"),
    ):
        for suffix in (".md", ".txt"):
            yield f"800 kB of {name} ({suffix})", suffix, b"# A title\n\n" + unit * (799_000 // len(unit))
    for tag in (b"<div>", b"<div class='sidebar'>"):
        yield f"240 {tag.decode()} around 19,000", ".html", tag * 240 + (b"<p>" + sentence + b"</p>") * 19_000
    yield "9,000 marks in a line", ".html", b"<p>" + b"word<sup><a href='#a'>1</a></sup> and more " * 9_000
    yield "9,000 spoken words", ".html", b"<p>" + b"<b data-spoken='y'>left</b> now. " * 9_000
    people = b'{"name":"Jane Doe and Bob"},' * 200_000
    said = b'<script type=\'application/ld+json\'>{"@type":"Article","author":[' + people + b"{}]}</script><p>"
    yield "200,000 authors", ".html", said + sentence * 20
    for name, line in (("title: 1" + ":59" * 100_000, ""), ("lexicon:", "  a{}: b\n"), ("skip:", "  - a{}\n")):
        front = f"---\n{name}\n" + "".join(line.format(n) for n in range(40_000 if line else 0)) + "---\n"
        yield f"front matter, {name[:9]}", ".md", front.encode() + sentence * 20


def feeds(sentence: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Feeds of few entries and endless markup."""
    head = b'<rss version="2.0"><channel><title>t</title><item><title>x</title><link>https://tide.example/1</link>'
    for name, inside in (
        ("800,000 categories", b"<category>x</category>" * 800_000),
        ("100,000 namespaces", b"".join(b"<a%d:b xmlns:a%d='u%d'/>" % (n, n, n) for n in range(100_000))),
        ("a million escaped tags", b"<description>" + b"&lt;p&gt;x" * 1_000_000 + b"</description>"),
        ("a text of 18 MB", b"<description>" + sentence * 180_000 + b"</description>"),
        ("half a section of CDATA", b"<description><![CDATA[" + b"]" * 5_000_000),
        ("two million open tags", b"<" * 2_000_000),
    ):
        yield f"a feed with {name}", ".rss", head + inside + b"</item></channel></rss>"


def documents(sentence: bytes) -> Iterator[tuple[str, str, bytes]]:
    """DOCX and EPUB files that unpack to too much, are too deep, or name one chapter again and again."""
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName='
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = b"http://schemas.openxmlformats.org/package/2006/relationships"
    links = b'<Relationships xmlns="' + package + b'"><Relationship Id="r" Type="'
    word = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    one = b"<w:p><w:r><w:t>" + sentence + b"</w:t></w:r></w:p>"
    for name, body in (
        ("7,500 paragraphs", one * 7_500),
        ("130,000 paragraphs", one * 130_000),
        ("three million elements", b"<w:p/>" * 3_000_000),
        ("20,000 paragraphs in each other", b"<w:p>" * 20_000 + b"</w:p>" * 20_000),
        ("3,000 tables in each other", b"<w:tbl><w:tr><w:tc>" * 3_000 + one + b"</w:tc></w:tr></w:tbl>" * 3_000),
        ("500 MB of one letter", b"<w:p><w:r><w:t>" + b"a" * 500_000_000),
    ):
        parts = {
            "[Content_Types].xml": types + b'"/word/document.xml" ContentType="' + kind + b'"/></Types>',
            "_rels/.rels": links + office + b'" Target="word/document.xml"/></Relationships>',
            "word/document.xml": word + body + b"</w:body></w:document>",
        }
        yield f"DOCX, {name}", ".docx", _packed(parts)
    container = (
        b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfile full-path="o"/></container>'
    )
    for name, spine, chapter, count in (
        ("one chapter 100,000 times", b'<itemref idref="i0"/>' * 100_000, b"<p>" + sentence * 10, 1),
        ("20,000 chapters", b"".join(b'<itemref idref="i%d"/>' % n for n in range(20_000)), b"<p>" + sentence, 20_000),
        ("500 MB of one letter", b'<itemref idref="i0"/>', b"<p>" + b"a" * 500_000_000, 1),
        ("100,000 deep", b'<itemref idref="i0"/>', b"<div>" * 100_000 + sentence, 1),
    ):
        items = b"".join(b'<item id="i%d" href="%d.xhtml"/>' % (n, n) for n in range(count))
        package = b'<package xmlns="http://www.idpf.org/2007/opf"><manifest>%s</manifest><spine>%s</spine></package>'
        whole = b'<html xmlns="http://www.w3.org/1999/xhtml"><body>' + chapter + b"</body></html>"
        parts = {"META-INF/container.xml": container, "o": package % (items, spine)}
        yield f"EPUB, {name}", ".epub", _packed(parts | {f"{n}.xhtml": whole for n in range(count)})


def _packed(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return held.getvalue()

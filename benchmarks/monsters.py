"""Pages that are too much of something, for benchmarks/fuzz.py."""

import struct
import zipfile
from collections.abc import Iterator

import seeds


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
    yield "20 MB of elements", ".html", b"<b>x</b>" * 2_500_000
    yield "20 MB of elements in each other", ".html", b"<b>" * 6_600_000
    yield "20 MB of empty elements", ".html", b"<i><br>" * 2_800_000
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
    """DOCX and EPUB files that unpack to too much, are too deep, or name one thing again and again."""
    word, links, notes = "word/document.xml", "word/_rels/document.xml.rels", "word/footnotes.xml"
    one = b"<w:p><w:r><w:t>" + sentence + b"</w:t></w:r></w:p>"
    mention = b'<w:r><w:footnoteReference w:id="2"/></w:r>'
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12))
    head = b'<!DOCTYPE r [<!ENTITY l0 "lol">' + laughs + b"]>"
    for name, path, before, more in (
        ("7,500 paragraphs", word, b"</w:body>", one * 7_500),
        ("130,000 paragraphs", word, b"</w:body>", one * 130_000),
        ("three million elements", word, b"</w:body>", b"<w:p/>" * 3_000_000),
        ("two million attributes", word, b"</w:body>", b"<w:p " + b" ".join(b'a%d="1"' % n for n in range(2_000_000))),
        ("20,000 paragraphs in each other", word, b"</w:body>", b"<w:p>" * 20_000 + b"</w:p>" * 20_000),
        ("3,000 tables in each other", word, b"</w:body>", b"<w:tbl><w:tr><w:tc>" * 3_000 + one),
        ("300 whole tables in each other", word, b"</w:body>", _nested(b"w:tbl w:tr w:tc", 300, one)),
        ("500 MB of one letter", word, b"</w:body>", b"<w:p><w:r><w:t>" + b"a" * 500_000_000),
        ("a note of 1 MB, 15,000 times", word, b"</w:body>", b"<w:p>" + mention * 15_000 + b"</w:p>"),
        ("an address of 1 MB, 8,000 times", word, b"</w:body>", b'<w:hyperlink r:id="rId4"/>' * 8_000),
        ("a billion laughs", word, b"<w:document", head),
        ("a billion laughs in its relations", links, b"<Relationships", head),
    ):
        parts = seeds.docx()
        parts[path] = parts[path].replace(before, more + before, 1)
        parts[notes] = parts[notes].replace(sentence[:9], b"x" * 1_000_000 if "note" in name else sentence[:9])
        parts[links] = parts[links].replace(b"//tide", b"//" + b"x" * (1_000_000 if "address" in name else 1))
        yield f"DOCX, {name}", ".docx", seeds.packed(parts)
    again = b"".join(b'<item id="i%d" href="text/one.xhtml?%d"/>' % (n, n) for n in range(100_000))
    same = again.replace(b"?", b"#")
    spine = b"".join(b'<itemref idref="i%d"/>' % n for n in range(100_000))
    book, first = "OPS/book.opf", "OPS/text/one.xhtml"
    for name, path, before, more in (
        ("one chapter 100,000 times", book, b"</spine>", b'<itemref idref="one"/>' * 100_000),
        ("one chapter under 100,000 names", book, b"</manifest><spine>", same + b"</manifest><spine>" + spine),
        ("100,000 chapters that are missing", book, b"</manifest><spine>", again + b"</manifest><spine>" + spine),
        ("500 MB of one letter", first, b"</body>", b"<p>" + b"a" * 500_000_000),
        ("100,000 deep", first, b"</body>", b"<div>" * 100_000 + sentence),
        ("six million elements", first, b"</body>", b"<b/>" * 4_500_000),
        ("a billion laughs", first, b"</body>", b"<p>&l11;</p>"),
        ("a billion laughs in an attribute", first, b"</body>", b"<p title='&l11;'>x</p>"),
    ):
        parts = seeds.epub()
        if "laughs" in name:
            parts[first] = parts[first].replace(b"<!DOCTYPE html>", head.replace(b"r [", b"html ["))
        parts[path] = parts[path].replace(before, more if before in more else more + before, 1)
        yield f"EPUB, {name}", ".epub", seeds.packed(parts)
    for name, parts in (("DOCX", seeds.docx()), ("EPUB", seeds.epub())):
        many = {**parts, **{f"x/{n}.xml": b"<a/>" for n in range(60_000)}}
        yield f"{name}, 60,000 files", ".docx", seeds.packed(many)
        for how, method in (("BZIP2", zipfile.ZIP_BZIP2), ("LZMA", zipfile.ZIP_LZMA)):
            bomb = {**parts, "x.xml": b"a" * 300_000_000}
            yield f"{name}, 300 MB in {how}", ".docx", _modest(seeds.packed(bomb, method))
        yield f"{name}, 300 MB called 9 bytes", ".docx", _modest(seeds.packed({**parts, "x.xml": b"a" * 300_000_000}))


def _nested(tags: bytes, depth: int, inside: bytes) -> bytes:
    names = tags.split()
    opened, closed = (
        b"".join(mark % name for name in order) for mark, order in ((b"<%s>", names), (b"</%s>", names[::-1]))
    )
    return opened * depth + inside + closed * depth


def _modest(data: bytes) -> bytes:
    """The archive, whose list of files says that its last one has nine bytes."""
    place = data.rindex(b"PK\x01\x02") + 24
    return data[:place] + struct.pack("<I", 9) + data[place + 4 :]

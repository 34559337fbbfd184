"""Pages that are too much of something, for benchmarks/fuzz.py."""

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

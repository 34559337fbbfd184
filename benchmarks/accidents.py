"""Accidents that befall pages, documents, feeds and titles on their way, for benchmarks/fuzz.py."""

import contextlib
import random
import re
import struct
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from lxml import etree
from seeds import packed

TAG = re.compile(rb"<[^<>]{1,400}>")
SNIPPETS = (
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xc3\x28",
    b"\x1f",
    b"\x08",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"-->",
    b"<!DOCTYPE",
    b"&#0;",
    b"&#xD800;",
    b"&#1114112;",
    b"&lol9;",
    b"&amp;" * 50,
    b"<",
    b">",
    b"\"'",
    b"</p>",
    b"</div>" * 40,
    b"<table><tr><td>",
    b"<ul><li>" * 30,
    b"<a href='http://['>x</a>",
    b"<a href='//[::1'>",
    b"<base href='http://['>",
    b"<meta charset='utf-16'>",
    b"<meta charset='x-user-defined'>",
    b"<svg><p>",
    b"<template><p>",
    b"<plaintext>",
    b'<script type=\'application/ld+json\'>{"@type":"Article","headline":[[[1e999]]],"author":{"@id":{}}}</script>',
    b"<script type='application/ld+json'>" + b"[" * 5000 + b"</script>",
    b'<script type=\'application/ld+json\'>{"@graph":[{"@type":[1,null],"name":7,"datePublished":9}]}</script>',
    b"<meta property='article:published_time' content='0000-99-99T99:99'>",
    b"<time datetime='-1'>then</time>",
    b"<p data-audioed='skip'>",
    b"<p data-spoken='" + b"x" * 3000 + b"'>",
    b"<h1>" * 20,
    b"<sup><a href='#1'>1</a></sup>",
    b"\n---\ntitle: [\n---\n",
    b"\n---\n- &a [*a]\n---\n",
    b"\n" + b"> " * 300 + b"x\n",
    b"[" * 400,
    b"](",
    b"*" * 400,
    b"`" * 300,
    "\u202e\u0300\u0301\u200f".encode() * 20,
    "😀".encode() * 50,
    b" " * 3000,
    b"-" * 3000,
    b"\xa0" * 3000,
    b"a." * 2000,
    b"By " * 300,
    b"Photo: " * 300,
    b"12 comments",
    b"Jane says:",
    b"Read also: ",
    b"[1]" * 500,
    b"(" * 2000,
    b"1," * 2000,
    b"<!DOCTYPE r [<!ENTITY l0 'x'><!ENTITY l1 '&l0;&l0;&l0;&l0;&l0;&l0;'>]>",
    b"<?xml version='1.0' encoding='utf-7'?>",
    b"<w:tbl><w:tr><w:tc>" * 60,
    b"<w:r><w:footnoteReference w:id='2'/></w:r>" * 200,
    b"<w:gridSpan w:val='1000000000'/>",
    b"<w:numPr><w:ilvl w:val='999999999'/><w:numId w:val='1'/></w:numPr>",
    b"<w:hyperlink r:id='rId4'/>",
    b"<mc:AlternateContent/>",
    b"<itemref idref='one'/>" * 500,
    b"<div data-audioed='article'>\n\n",
    b"\n\n<p data-audioed='headlines' data-spoken='&#27;[2J'>\n\n",
    b"<b data-spoken='x'>",
    b"\n---\n",
    b"!!timestamp ",
    b"&a *a",
    b"<<: *a\n",
    b"lexicon: {a: {b: c}}\n",
    b"? [a]\n: b\n",
    b'"\\ud800\\e[31m\\x9b"',
    b"\x1b]0;x\x07",
    b"\xc2\x9b2J",
    b"\xef\xbf\xbe",
    b"<content:encoded>",
    b"<link>http://[</link>",
    b"<pubDate>99 Foo -1</pubDate>",
    b"<link rel='alternate' href=''/>",
)


def mutated(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The page after a few accidents."""
    for _ in range(chance.choice((1, 2, 3, 5, 9))):
        data = chance.choice(ACCIDENTS)(data, others, chance)
    return data[:2_000_000]


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + int(chance.expovariate(1 / 400)))


def _flip(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    raw = bytearray(data)
    for _i in range(chance.choice((1, 10, 200))):
        if raw:
            raw[chance.randrange(len(raw))] = chance.randrange(256)
    return bytes(raw)


def _cut(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _truncate(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _insert(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    start, _end = _span(data, chance)
    return data[:start] + chance.choice(SNIPPETS) + data[start:]


def _splice(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    other = chance.choice(others)
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _twice(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _tags(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    """Drop, repeat or swap a share of the tags."""
    tags = TAG.findall(data) or [b"<p>"]
    share, deed = chance.choice((0.01, 0.1, 0.6)), chance.choice(("drop", "repeat", "swap", "nest"))

    def change(tag: re.Match[bytes]) -> bytes:
        if chance.random() > share:
            return tag[0]
        return {"drop": b"", "repeat": tag[0] * 3, "swap": chance.choice(tags), "nest": b"<div>" + tag[0]}[deed]

    return TAG.sub(change, data)


def _recoded(data: bytes, _: list[bytes], chance: random.Random) -> bytes:
    codec = chance.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "shift_jis", "koi8-r", "utf-7"))
    return data.decode("utf-8", "replace").encode(codec, "ignore")


ACCIDENTS: tuple[Callable[[bytes, list[bytes], random.Random], bytes], ...] = (
    _flip,
    _cut,
    _truncate,
    _insert,
    _insert,
    _insert,
    _splice,
    _twice,
    _tags,
    _tags,
    _recoded,
)


def reparted(parts: dict[str, bytes], chance: random.Random) -> bytes:
    """The archive of these files after accidents to a few of them, to their names, or to the archive itself."""
    others = list(parts.values())
    for name in chance.sample(sorted(parts), chance.choice((1, 1, 2, 3))):
        deed = chance.random()
        if deed < 0.45:
            parts = {**parts, name: regrown(parts[name], others, chance)}
        elif deed < 0.8:
            parts = {**parts, name: mutated(parts[name], others, chance)}
        elif deed < 0.87:
            parts = {key: data for key, data in parts.items() if key != name}
        elif deed < 0.94:
            parts = {**parts, name: chance.choice((b"", b" ", *others))}
        else:
            parts = {(key if key != name else chance.choice(NAMES)): data for key, data in parts.items()}
    how = chance.choice((*[zipfile.ZIP_DEFLATED] * 30, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    data = packed(parts, how)
    for _ in range(chance.choice((*[0] * 8, 1, 2))):
        data = _lie(data, chance)
    return data if chance.random() < 0.9 else mutated(data, others, chance)


def regrown(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """An XML file that is still XML after its elements were moved, repeated, nested, renamed or taken away."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return mutated(data, others, chance)
    for _ in range(chance.choice((1, 2, 5, 20))):
        found = [each for each in root.iter() if isinstance(each.tag, str) and each is not root]
        if not found or len(found) > 2_000:
            break
        one, other = chance.choice(found), chance.choice(found)
        deed = chance.choice((_drop, _repeat, _move, _nest, _rename, _say, _say))
        with contextlib.suppress(ValueError):  # into itself; a character that XML does not have
            deed(one, other, chance)
    return etree.tostring(root)


def _drop(one: Any, _other: Any, _chance: random.Random) -> None:
    one.getparent().remove(one)


def _repeat(one: Any, _other: Any, chance: random.Random) -> None:
    small = sum(1 for _ in one.iter()) < 20  # what grows too large only tries this program
    for _ in range(chance.choice((1, 3, 300)) if small else 1):
        one.addnext(deepcopy(one))


def _move(one: Any, other: Any, _chance: random.Random) -> None:
    other.append(one)


def _nest(one: Any, _other: Any, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 5, 120))):
        around = one.makeelement(one.tag, dict(one.attrib))
        one.addprevious(around)
        around.append(one)


def _rename(one: Any, other: Any, _chance: random.Random) -> None:
    one.tag = other.tag


def _say(one: Any, other: Any, chance: random.Random) -> None:
    said = chance.choice(
        ("", "-1", "0", "999999999999", "1e9", "../" * 40, "#", "x" * 5_000, "\u202e\u0301", "http://[")
    )
    if one.attrib and chance.random() < 0.7:
        values = [*other.attrib.values(), said]
        one.set(chance.choice(list(one.attrib)), chance.choice(values))
    else:
        one.text = said


NAMES = (
    "",
    "/",
    "../../x",
    "META-INF/container.xml",
    "word/document.xml",
    "a" * 9_000,
    "\x00",
    "\u202e",
    "OPS/one.xhtml",
)
FIELDS = ((6, "<H"), (8, "<H"), (10, "<H"), (16, "<I"), (20, "<I"), (24, "<I"), (28, "<H"), (30, "<H"), (42, "<I"))
"""Of a line in an archive's list of files (APPNOTE 4.3.12): version, flags, method, checksum, sizes, lengths, place."""


def _lie(data: bytes, chance: random.Random) -> bytes:
    """The archive, its list of files saying something else of one of them."""
    places = [found.start() for found in re.finditer(b"PK\x01\x02", data)]
    offset, form = chance.choice(FIELDS)
    start = chance.choice(places) + offset if places else 0
    size = struct.calcsize(form)
    value = chance.choice((0, 1, 8, 9, 14, 93, 99, chance.randrange(256**size), 256**size - 1)) % 256**size
    return data[:start] + struct.pack(form, value) + data[start + size :]

"""Whole documents, texts and feeds of our own, made in memory, for benchmarks/fuzz.py to wound."""

import base64
import io
import plistlib
import quopri
import warnings
import zipfile
from collections.abc import Mapping

SENTENCE = "The ferry left at seven, and nobody on the pier could say who had cast off its lines that morning. "
WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def packed(parts: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these files."""
    held = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w", how) as archive:
        warnings.simplefilter("ignore")  # of two files with one name
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=how)
    return held.getvalue()


def docx(title: str = "The log of the ferry") -> dict[str, bytes]:
    """The parts of a Word file with headings, a list, a table, a link, a note, a comment and what was deleted."""

    def paragraph(text: str, style: str = "", inside: str = "") -> str:
        about = f'<w:pPr><w:pStyle w:val="{style}"/>{inside}</w:pPr>' if style or inside else ""
        return f"<w:p>{about}<w:r><w:t>{text}</w:t></w:r></w:p>"

    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    cell = f"<w:tc>{paragraph('1900')}</w:tc>"
    body = (
        paragraph("The log", "Heading1")
        + paragraph(SENTENCE * 3)
        + paragraph("Of lines and knots", "Heading2")
        + paragraph("A line", inside=listed)
        + paragraph("A knot", inside=listed)
        + f"<w:tbl><w:tr>{cell}{cell}</w:tr><w:tr>{cell}{cell}</w:tr></w:tbl>"
        + '<w:p><w:hyperlink r:id="rId4"><w:r><w:t>the harbour office</w:t></w:r></w:hyperlink></w:p>'
        + '<w:p><w:r><w:t>A note</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        + "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>here</w:t></w:r></w:ins></w:p>"
        + "<mc:AlternateContent><mc:Choice/><mc:Fallback><w:p/></mc:Fallback></mc:AlternateContent>"
        + '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "https://tide.example"</w:instrText>'
        + '<w:fldChar w:fldCharType="separate"/><w:t>tide</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        + paragraph(SENTENCE * 5)
    )
    targets = (("rId1", "styles"), ("rId2", "numbering"), ("rId3", "footnotes"))
    links = "".join(f'<Relationship Id="{key}" Type="{OFFICE}/{of}" Target="{of}.xml"/>' for key, of in targets)
    link = f'<Relationship Id="rId4" Type="{OFFICE}/hyperlink" Target="https://tide.example" TargetMode="External"/>'
    style = '<w:style w:type="paragraph" w:styleId="Heading{0}"><w:name w:val="heading {0}"/></w:style>'
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}{link}</Relationships>',
        "word/styles.xml": f"<w:styles {WORD}>{style.format(1)}{style.format(2)}</w:styles>",
        "word/numbering.xml": f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        "word/footnotes.xml": f'<w:footnotes {WORD}><w:footnote w:id="2">{paragraph(SENTENCE)}</w:footnote>'
        "</w:footnotes>",
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:t="http://purl.org/dc/terms/"><dc:title>{title}</dc:title><dc:creator>Nora Quay</dc:creator>'
        "<t:created>2026-10-03T09:00:00Z</t:created><dc:language>en-GB</dc:language></cp:coreProperties>",
    }
    return {name: text.encode("utf-8", "surrogatepass") for name, text in texts.items()}


def epub(title: str = "The log of the ferry") -> dict[str, bytes]:
    """The parts of a book with a cover, a table of contents and two chapters."""
    page = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head><body epub:type="{}">{}</body></html>'
    )
    names = ("cover", "one", "two")
    items = "".join(f'<item id="{n}" href="text/{n}.xhtml" media-type="application/xhtml+xml"/>' for n in names)
    spine = "".join(f'<itemref idref="{n}"/>' for n in ("cover", "toc", "one", "two"))
    texts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>Nora Quay</dc:creator>'
        f"<dc:language>en</dc:language><dc:date>2026-10-03</dc:date></metadata><manifest>{items}"
        '<item id="toc" href="toc.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        f"</manifest><spine>{spine}</spine></package>",
        "OPS/toc.xhtml": page.format("toc", "<nav><ol><li><a href='text/one.xhtml'>One</a></li></ol></nav>"),
        "OPS/text/cover.xhtml": page.format("cover", "<p>A cover</p>"),
        "OPS/text/one.xhtml": page.format("chapter", f"<h2>One</h2><p>{SENTENCE * 4}</p><blockquote>Oh.</blockquote>"),
        "OPS/text/two.xhtml": page.format("chapter", f"<h2>Two</h2><ul><li>A line</li></ul><p>{SENTENCE * 6}</p>"),
    }
    return {name: text.encode("utf-8", "surrogatepass") for name, text in texts.items()}


def markdown() -> list[bytes]:
    """Markdown with front matter, HTML, tables, code, notes and lists."""
    front = (
        "---\ntitle: The log of the ferry\nauthor: [Nora Quay, {name: Ann Lee}]\ndate: 2026-10-03\nlang: en-GB\n"
        "url: https://tide.example/log\nimage: cover.jpg\nimage_alt: A ferry\nvoice: joe\nskip: [Sources]\n"
        'lexicon:\n  Selmouth: "Sellmuth"\n  Quay: key\n---\n'
    )
    text = (
        f"# The log\n\n{SENTENCE * 3}\n\n## Of *lines*\n\n- a line\n- a [knot](https://tide.example/knot)\n\n"
        f"> {SENTENCE}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```python\nx = 1\n```\n\n![A ferry](ferry.jpg)\n\n"
        '<div data-audioed="headlines">\n\n### Elsewhere\n\nA tug has sunk.\n\n</div>\n\n'
        f'A word on <b data-spoken="Sellmuth">Selmouth</b>.[^1]\n\n{SENTENCE * 4}\n\n## Sources\n\n[^1]: A note.\n'
    )
    return [(front + text).encode(), text.encode(), front.encode() + SENTENCE.encode() * 9]


def feeds() -> list[tuple[str, bytes]]:
    """An RSS and an Atom feed that carry their articles."""
    text = f"<p>{SENTENCE * 6}</p><h2>Of lines</h2><p>{SENTENCE * 8}</p>"
    escaped = text.replace("<", "&lt;")
    item = (
        "<item><title>Entry {0}</title><link>https://tide.example/{0}?utm_source=x</link><guid>tide-{0}</guid>"
        "<pubDate>Sat, 03 Oct 2026 09:0{0}:00 GMT</pubDate><dc:creator>Nora Quay</dc:creator>"
        f"<description>{SENTENCE}</description><content:encoded><![CDATA[{text}]]></content:encoded></item>"
    )
    rss = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Tides</title>'
        f"<link>https://tide.example</link><language>en</language>{''.join(map(item.format, range(3)))}</channel></rss>"
    )
    entry = (
        "<entry><title type='html'>Entry {0}</title><id>urn:tide:{0}</id><link rel='alternate' "
        "href='https://tide.example/{0}'/><updated>2026-10-03T09:0{0}:00Z</updated>"
        "<author><name>Ann Lee</name></author>"
        f"<content type='html'>{escaped}</content></entry>"
    )
    atom = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Tides</title>'
        f"<id>urn:tide</id>{''.join(map(entry.format, range(3)))}</feed>"
    )
    return [(".rss", rss.encode()), (".xml", atom.encode())]


def saved() -> list[tuple[str, bytes]]:
    """A page with a frame as Chrome saves it in one file, and as Safari does."""
    text = f"<article><h1>The log</h1><p>{SENTENCE * 8}</article>"
    html = f"<!doctype html><html lang='en'><title>The log</title>{text}</html>".encode()
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://tide.example/log\r\nSubject: The log\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--tide--"\r\n'
    )
    part = (
        "\r\n----tide--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {}\r\n"
        "Content-Location: {}\r\n\r\n{}\r\n"
    )
    whole = part.format("quoted-printable", "https://tide.example/log", quopri.encodestring(html).decode())
    frame = part.format("base64", "cid:1", base64.encodebytes(b"<p>A frame.</p>").decode())
    main = {"WebResourceData": html, "WebResourceMIMEType": "text/html", "WebResourceURL": "https://tide.example/log"}
    return [
        (".mhtml", f"{head}{whole}{frame}----tide----\r\n".encode()),
        (".webarchive", plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)),
    ]

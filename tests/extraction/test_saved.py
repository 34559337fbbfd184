"""A page that a browser saved is read as the page that it was, and known by where it came from."""

import plistlib
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from audioed.config import Extraction
from audioed.errors import FetchError
from audioed.extraction import extract, readers
from audioed.extraction.decode import decoded
from audioed.model import Page
from audioed.sources import HTML, TEXT, by_suffix, kind_of, packed

ADDRESS = "https://tide.example/2026/ferry"
TEXTS = (
    "The night ferry left the quay at ten, as it has done every evening since the new engine was fitted in spring.",
    "Nobody on the island counts the boats any more, for the café has closed and the harbour master sleeps till noon.",
    "In the morning it lay at the same quay again, and only the gulls could tell that it had been away at all.",
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>The night ferry</title></head><body>
<nav><a href="/">Home</a></nav><article><h1>The night ferry</h1>{"".join(f"<p>{each}</p>" for each in TEXTS)}</article>
</body></html>"""
FRAME = "<!DOCTYPE html><html><body><p>Buy a boat. It floats, and it is cheaper than you think it is.</p></body></html>"


def chrome(page=PAGE, charset="utf-8", encoding="quoted-printable", first=()):
    """What Chrome saves as a single file; some parts may stand before the page's own."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "<Saved by Blink>"
    mail["Snapshot-Content-Location"] = ADDRESS
    mail["Subject"] = "The night ferry"
    mail["MIME-Version"] = "1.0"
    parts = [*((f"cid:frame-{number}", each) for number, each in enumerate(first)), (ADDRESS, page)]
    mail.set_type("multipart/related")
    for where, text in parts:
        part = EmailMessage(policy=SMTP)
        part.set_content(text, subtype="html", charset=charset, cte=encoding)
        part["Content-Location"] = where
        mail.attach(part)
    return mail.as_bytes()


def safari(**changed):
    main = {
        "WebResourceData": PAGE.encode(),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": ADDRESS,
    }
    return plistlib.dumps({"WebMainResource": {**main, **changed}, "WebSubresources": []}, fmt=plistlib.FMT_BINARY)


def read(data, name):
    """As a file of this name is read."""
    kind = packed(data, by_suffix(name[name.index(".") :]) if "." in name else None)
    return extract(readers.unpacked(kind, data, name, Extraction()), Extraction())


@pytest.mark.parametrize("name", ["ferry.mhtml", "ferry.mht", "ferry"])
@pytest.mark.parametrize(
    "data",
    [
        chrome(),
        chrome(charset="windows-1252"),
        chrome(encoding="base64"),
        chrome(first=[FRAME]),
        chrome()
        .replace(b"From: <Saved by Blink>", b'From: "Saved by Internet Explorer 11"')
        .replace(b"Snapshot-", b"X-"),
    ],
    ids=["quoted", "windows-1252", "base64", "a frame before it", "another browser"],
)
def test_a_page_that_chrome_saved_in_one_file_is_read(data, name):
    article = read(data, name)
    assert [block.text for block in article.blocks] == list(TEXTS)
    assert (article.title, article.url) == ("The night ferry", ADDRESS)


@pytest.mark.parametrize("name", ["ferry.webarchive", "ferry"])
def test_a_page_that_safari_saved_in_one_file_is_read(name):
    article = read(safari(), name)
    assert [block.text for block in article.blocks] == list(TEXTS)
    assert article.url == ADDRESS


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (safari(WebResourceMIMEType="image/png"), "ferry.webarchive holds no page but 'image/png'"),
        (safari(WebResourceData="text"), "ferry.webarchive holds no page"),
        (safari()[:-40], "ferry.webarchive is not a readable saved page"),
        (plistlib.dumps({"WebMainResource": 3}, fmt=plistlib.FMT_BINARY), "is not a readable saved page"),
    ],
)
def test_an_archive_without_a_page_is_refused_in_a_sentence(data, said):
    with pytest.raises(FetchError, match=said):
        read(data, "ferry.webarchive")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (chrome().replace(b"text/html", b"image/png"), "is not a readable saved page"),
        (chrome() + b"Content-Type: x\r\n" * 6_000, "has more parts than any page"),
    ],
)
def test_a_single_file_without_a_page_is_refused_in_a_sentence(data, said):
    with pytest.raises(FetchError, match=said):
        read(data, "ferry.mhtml")


def test_a_letter_with_pictures_stays_a_letter():
    mail = EmailMessage(policy=SMTP)
    for name, value in {
        "From": "Ada <ada@tide.example>",
        "To": "you@tide.example",
        "Subject": "The night ferry",
    }.items():
        mail[name] = value
    mail.set_content(PAGE, subtype="html")
    mail.make_related()
    assert packed(mail.as_bytes(), None).name == "mail"


@pytest.mark.parametrize(
    ("head", "address"),
    [
        (f"<!-- saved from url=(0031){ADDRESS} -->\n", ADDRESS),
        (f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Fri Nov 27 2026\n-->", ADDRESS),
        ("<!-- saved from url=(0038)https://ada:key@tide.example/a -->", "https://tide.example/a"),
        ("<!-- saved from url=(0014)about:internet -->", ""),
        ("<!-- saved from url=(0020)file:///etc/passwd -->", ""),
    ],
)
def test_a_page_that_was_saved_as_html_is_known_by_where_it_came_from(head, address):
    page = Page(url="ferry.html", media_type="text/html", text=PAGE.replace("<head>", f"<head>{head}"))
    assert extract(page, Extraction()).url == address


def test_what_a_page_calls_its_own_address_goes_before_where_it_was_saved_from_and_a_visit_before_both():
    own = PAGE.replace(
        "<head>", f'<!-- saved from url=(0031){ADDRESS}?a=b --><head><link rel="canonical" href="{ADDRESS}">'
    )
    assert extract(Page(url="ferry.html", media_type="text/html", text=own), Extraction()).url == ADDRESS
    fetched = own.replace(f'<link rel="canonical" href="{ADDRESS}">', "")
    page = Page(url="https://other.example/b", media_type="text/html", text=fetched)
    assert extract(page, Extraction()).url == "https://other.example/b"


def test_a_whole_page_in_a_file_of_text_is_read_as_the_page_that_it_is():
    assert kind_of(PAGE, TEXT, sure=True) is HTML
    assert kind_of("<html> is how a page begins, says the handbook.", TEXT, sure=True) is TEXT


def test_rich_text_is_no_text():
    with pytest.raises(FetchError, match=r"note.rtf is not text; name a page of HTML, .*MHTML, web archive"):
        decoded(rb"{\rtf1\ansi The night ferry.\par}", "note.rtf")

"""Letters and newsletters: what their writer wrote is heard, whatever program sent it and passed it on."""

import mailbox
from email.message import EmailMessage
from email.policy import SMTP
from textwrap import dedent

import pytest

from audioed.build import extract as extracted
from audioed.candidates import in_folders
from audioed.config import Extraction
from audioed.errors import ExtractionError
from audioed.extracting import announced
from audioed.extraction import extract
from audioed.extraction.fetch import read, read_text
from audioed.extraction.flowed import unwrapped
from tests.extraction.test_sources import Told

PROSE = (
    "The ferry crosses the strait at two in the morning, and nobody on the island sleeps through it any more.",
    "It has done so for forty years, since the day on which the council voted for a later boat by a single vote.",
    "“Nobody has counted the votes again”, says the clerk, who keeps the papers in a drawer below the till.",
)
TEXT = "\n\n".join(PROSE)
LEAVE = "https://tide.example/leave?u=7"
HTML = dedent("""\
    <html><head><style>p {{ color: red }}</style></head><body><div style="display:none">Preheader for the inbox.</div>
    <table width="100%"><tr><td><a href="https://tide.example/view">View in browser</a></td></tr>
    <tr><td><table><tr><td><img src="cid:logo" alt="The Tide"><h1>The night ferry</h1>{prose}</td></tr></table>
    </td></tr>
    <tr><td><p>Sent with care from Quay Street 4. <a href="{leave}">No more of this</a></p></td></tr>
    <tr><td><p>You are receiving this email because you signed up. Unsubscribe</p></td></tr></table></body></html>
    """).format(prose="".join(f"<p>{each}</p>" for each in PROSE), leave=LEAVE)


def letter(text=TEXT, html="", **headers):
    mail = EmailMessage(policy=SMTP)
    mail["From"] = headers.pop("sender", '"Ada Quay" <ada@tide.example>')
    mail["Subject"] = headers.pop("subject", "The night ferry läuft")
    mail["Date"] = "Tue, 03 Feb 2026 23:30:00 -0800"
    mail["Message-ID"] = headers.pop("id", "<7@tide.example>")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    if text:
        mail.set_content(text)
    if html and text:
        mail.add_alternative(html, subtype="html")
    elif html:
        mail.set_content(html, subtype="html")
    return mail


def of(mail):
    data = mail if isinstance(mail, bytes) else mail.as_bytes()
    return extract(read_text(data, "letter.eml", Extraction()), Extraction())


def said(mail):
    return [block.text for block in of(mail).blocks]


def test_a_letter_is_heard_by_its_subject_its_writer_and_the_day_on_which_it_was_sent():
    article = of(letter())
    assert (article.title, article.byline, str(article.published)) == (
        "The night ferry läuft",
        "Ada Quay",
        "2026-02-03",
    )
    assert [block.text for block in article.blocks] == [*PROSE]


def test_a_newsletter_is_its_article_without_the_lines_that_lead_out_of_it():
    mail = letter(
        "Read this online.", HTML, List_Id="The Tide <tide.example>", List_Unsubscribe=f"<mailto:x@y>, <{LEAVE}>"
    )
    mail.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<logo>")
    article = of(mail)
    assert [block.text for block in article.blocks if block.kind == "paragraph"] == [*PROSE]
    assert (article.title, article.byline, str(article.published)) == (
        "The night ferry läuft",
        "Ada Quay",
        "2026-02-03",
    )
    assert article.site == "The Tide"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "koi8-u", "x-unheard-of"])
def test_a_letter_has_the_characters_that_it_says_or_those_that_it_has(charset):
    text = "Смачного! " * 3 if charset == "koi8-u" else "Träume süß, für die Fähre nach Föhr und Sønderborg."
    codec = "utf-8" if charset.startswith("x-") else charset
    head = f"From: a@b.example\nSubject: Fähre\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\n"
    assert said(head.encode() + text.encode(codec))[0] == text.strip()


def test_lines_that_no_one_broke_are_whole_again():
    stated = "The ferry \ncrosses at two.\n\n>> Deep \n>> quote\n> not the same \n\n From here\n-- \nAda \nQuay"
    assert unwrapped(stated, delsp=False).split("\n") == [
        "The ferry crosses at two.", "", ">> Deep quote", "> not the same", "", "From here", "-- ", "Ada Quay",
    ]  # fmt: skip
    assert unwrapped("so \nli \nde", delsp=True) == "solide"


GMAIL = (
    '<div dir="ltr">See below<br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">'
    "---------- Forwarded message ---------<br>From: <strong>Ivo Pier</strong> &lt;ivo@pier.example&gt;<br>"
    "Date: Mon, 2 Feb 2026 at 10:00<br>Subject: The night ferry<br>To: &lt;x@y.example&gt;<br></div><br>{}</div></div>"
)
THUNDERBIRD = (
    '<p><br></p><div class="moz-forward-container">-------- Forwarded Message --------'
    '<table class="moz-email-headers-table"><tr><th>Subject: </th><td>The night ferry</td></tr>'
    "<tr><th>From: </th><td>Ivo Pier &lt;ivo@pier.example&gt;</td></tr></table>{}</div>"
)
APPLE = '<div>Begin forwarded message:</div><blockquote type="cite">{}</blockquote>'
PASSED = {"gmail": (GMAIL, "Ivo Pier"), "thunderbird": (THUNDERBIRD, "Ivo Pier"), "apple": (APPLE, "Ada Quay")}


@pytest.mark.parametrize(("around", "writer"), PASSED.values(), ids=PASSED.keys())
def test_a_newsletter_that_was_passed_on_is_that_of_its_writer(around, writer):
    article = of(letter("", around.format("".join(f"<p>{each}</p>" for each in PROSE)), subject="Fwd: The night ferry"))
    assert (article.title, article.byline) == ("The night ferry", writer)
    assert [block.text for block in article.blocks][-3:] == [*PROSE]
    assert not any("orwarded" in block.text for block in article.blocks)


def test_a_text_that_was_passed_on_begins_below_its_headers():
    head = (
        "---------- Forwarded message ---------\nFrom: Ivo Pier <ivo@pier.example>\nDate: Mon, 2 Feb 2026\n"
        "Subject: x\nTo: y\n\n"
    )
    article = of(letter(head + "\n\n".join(PROSE), subject="WG: Fwd: The night ferry"))
    assert (article.title, article.byline, str(article.published)) == ("The night ferry", "Ivo Pier", "2026-02-02")
    assert [block.text for block in article.blocks] == [*PROSE]


def test_a_letter_that_is_attached_to_an_empty_one_is_the_one_to_hear():
    outer = letter("See this.", subject="Fwd: ferry", sender="me@home.example")
    outer.add_attachment(letter())
    assert (of(outer).title, of(outer).byline) == ("The night ferry läuft", "Ada Quay")


def nested(depth):
    lines = ["From: a@b.example", "Subject: x"]
    for number in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{number}"', "", f"--b{number}"]
    return "\n".join([*lines, "Content-Type: text/plain", "", PROSE[0]]).encode()


HOSTILE = {
    "empty": b"From: a@b.example\nSubject: x\n\n",
    "only a picture": b"From: a@b.example\nSubject: x\nContent-Type: image/png\n\n\x00",
    "deep": nested(100),
    "too deep": nested(5_000),
    "encrypted": b"From: a@b.example\nSubject: x\nContent-Type: application/pkcs7-mime; name=x\n\nAAAA",
    "base64": b"From: a@b.example\nSubject: x\nContent-Transfer-Encoding: base64\n\n\xff\xff===",
    "no boundary": b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed\n\n",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_letter_without_a_text_is_one_sentence(data):
    with pytest.raises(ExtractionError, match=r"^letter\.eml .*; .*\.$"):
        of(data)


@pytest.mark.parametrize(
    "header",
    [
        "Subject: =?utf-8?q?=FF=FE?= =?unheard?b?AAAA?= x",
        f"Subject: {'(' * 50_000}",
        'From: "<<>>@@,;:[',
        "Date: Tue, 99 Foo 99999999999 00:00 +9999999",
        "Content-Type: text/plain; charset*=''\"",
        "Message-ID: [[[<",
        "List-Unsubscribe: <<<https://[>",
        "Subject: <script>alert(1)</script>\x1b[31m",
    ],
)  # fmt: skip
def test_odd_headers_cost_no_letter_its_text(header):
    article = of(f"Received: from x\n{header}\nMIME-Version: 1.0\n\n{PROSE[0]}\n\n{PROSE[1]}\n".encode())
    assert article.blocks[-1].text == PROSE[1]
    assert "\x1b" not in article.title


def test_a_mailbox_gives_its_newest_letters_first_and_each_is_known_by_its_message_id(tmp_path):
    box = mailbox.mbox(tmp_path / "news.mbox")
    for number in range(3):
        box.add(letter(subject=f"Issue {number}", id=f"<{number}@tide.example>"))
    box.add(letter(subject="Issue 0", id="<0@tide.example>", text="From here on, it is the same letter."))
    box.add(b"Subject: empty\n\n")
    box.close()
    found = announced(tmp_path / "news.mbox", Extraction()).entries
    assert [each.title for each in found] == ["Issue 0", "Issue 2", "Issue 1"]
    (tmp_path / "one.eml").write_bytes(letter(id="<2@tide.example>").as_bytes())
    assert read(str(tmp_path / "one.eml"), Extraction()).ids == found[1].page.ids
    assert extract(found[1].page, Extraction()).title == "Issue 2"


def test_a_folder_of_mail_gives_each_letter_under_a_name_that_stays(tmp_path):
    for part in ("new", "cur", "tmp"):
        (tmp_path / "mail" / part).mkdir(parents=True)
    (tmp_path / "mail" / "new" / "1770.M1P1.host").write_bytes(letter().as_bytes())
    (new,) = in_folders(["mail"], tmp_path, Told())
    (tmp_path / "mail" / "new" / "1770.M1P1.host").rename(tmp_path / "mail" / "cur" / "1770.M1P1.host:2,S")
    (read_,) = in_folders(["mail"], tmp_path, Told())
    assert (new.name, new.ids) == (read_.name, read_.ids)
    assert extract(read(str(read_.path), Extraction()), Extraction()).title == "The night ferry läuft"


def test_the_same_letter_is_one_article_wherever_it_lies(silent):
    pages = [read_text(letter().as_bytes(), name, Extraction()) for name in ("a.eml", "b.eml")]
    (one,), _ = extracted(pages[:1], silent.config, silent.cards)
    (two,), _ = extracted(pages[1:], silent.config, silent.cards)
    assert {each for each in one.ids if each.startswith("entry:")} & {*two.ids}

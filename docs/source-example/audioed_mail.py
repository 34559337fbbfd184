"""E-mails that were saved as files, as a whole kind of source for audioed: copy this file to begin your own."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from html import escape

from audioed.config import Extraction
from audioed.errors import ExtractionError
from audioed.model import Page
from audioed.sources import SourceKind

MAIL = SourceKind(
    name="mail",
    suffixes=(".eml",),
    media_types=("message/rfc822",),
    unpack="audioed_mail:page",
    begins=r"(?i:(?:Return-Path|Delivered-To|Received|Date|From|To|Subject|MIME-Version|Message-ID|Content-\w+|X-[\w-]+):"
    r"[^\n]*\n(?:[ \t][^\n]*\n)*){2}",
)
"""What a kind of source is: what it is called, how it is recognised, and which function reads it."""


def page(data: bytes, name: str, _config: Extraction) -> Page:
    """The e-mail as a page of HTML, which audioed reads as it reads any other; ExtractionError where it has no text."""
    mail = message_from_bytes(data, EmailMessage, policy=policy.default)
    body = mail.get_body(("html", "plain"))
    if body is None:
        raise ExtractionError(f"{name} is an e-mail without a text; name another one.", name=name)
    text = body.get_content()
    if body.get_content_type() == "text/plain":
        paragraphs = (f"<p>{escape(each)}</p>" for each in text.replace("\r", "").split("\n\n"))
        text = f'<div data-audioed="article">{"".join(paragraphs)}</div>'
    sender, address = parseaddr(mail["from"] or "")
    sent = mail["date"].datetime.date().isoformat() if mail["date"] and mail["date"].datetime else ""
    return Page(
        url=name,
        media_type="text/html",
        text=(
            f"<!doctype html><html><head><title>{escape(mail['subject'] or name)}</title>"
            f'<meta name="author" content="{escape(sender or address)}">'
            f'<meta property="article:published_time" content="{sent}"></head>'
            f"<body><h1>{escape(mail['subject'] or name)}</h1>{text}</body></html>"
        ),
    )

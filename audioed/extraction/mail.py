"""Letters (.eml, and those of mailboxes) as pages: a newsletter is read as its article, not as its mail."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html import escape

from audioed.characters import line
from audioed.config import Extraction
from audioed.errors import ExtractionError, FetchError
from audioed.extraction import decode, feed, forwarded, names
from audioed.extraction.announced import Announced, Entry
from audioed.extraction.flowed import unwrapped
from audioed.model import Page

MOST_PARTS, DEEPEST = 500, 20
"""Parts of a letter, and parts in a part; a newsletter with its pictures has ten, three deep."""
MOST_FORWARDED = 3
"""Letters in a letter that are opened."""
LONGEST_HEADER = 2_000
"""Characters of a header that are parsed; the parser's time grows with their square."""
FEW = 400
"""Characters of a text beside which a letter that is attached is the one to read."""
MOST_LETTERS = 500
"""Of a mailbox, the newest."""
BEGIN = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]*\r?\n")
"""Where a letter begins in a mailbox (RFC 4155)."""
QUOTED = re.compile(rb"(?m)^>(>*From )")
ADDRESS = re.compile(r"<\s*(https?://[^<>\s]+)\s*>")
FORWARD = re.compile(r"^\s*(?:(?:fwd?|wg|tr|rv|i|enc)\s*(?:\[\d+\])?:\s*)+", re.IGNORECASE)
"""What programs write before the subject of a letter that is passed on, in the languages of most mail."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is read of a letter."""

    title: str
    sender: str
    day: date | None
    site: str
    """The list that it came by; empty for a private letter."""
    leave: tuple[str, ...]
    """Addresses at which its reader unsubscribes."""
    text: str
    is_html: bool
    id: str


def page(data: bytes, name: str, _config: Extraction) -> Page:
    """The letter in these bytes as a page; FetchError says why there is none."""
    return _page(_letter(_parsed(data, name), name), name)


def mailbox(data: bytes, name: str, _config: Extraction) -> Page:
    """A mailbox as it stands, byte for byte: each of its letters has characters of its own."""
    return Page(url=name, media_type="application/mbox", text=data.decode("latin-1"))


def letters(box: Page) -> Announced:
    """The newest letters of a mailbox, the newest first; one without a text is passed over."""
    data = box.text.encode("latin-1", "replace")
    ends = [found.end() for found in BEGIN.finditer(data)]
    if not ends:
        raise ExtractionError(f"{box.url} is no mailbox (mbox); export it again from a mail program.", name=box.url)
    starts = [found.start() for found in BEGIN.finditer(data)]
    pieces = [QUOTED.sub(rb"\1", data[i:j]) for i, j in zip(ends, [*starts[1:], len(data)], strict=True)]
    return Announced(entries=tuple(feed.told_apart(list(_entries(reversed(pieces[-MOST_LETTERS:]), box.url)))))


def _entries(pieces: Iterator[bytes], name: str) -> Iterator[Entry]:
    for piece in pieces:
        try:
            letter = _letter(_parsed(piece, name), name)
        except FetchError:
            continue
        made = _page(letter, letter.title)
        told = Entry(url="", title=letter.title, id=letter.id, published=letter.day, page=made, whole=True)
        yield replace(told, author=letter.sender, categories=(letter.site,) if letter.site else ())


def _parsed(data: bytes, name: str) -> EmailMessage:
    if data.lower().count(b"content-type:") > MOST_PARTS:
        raise FetchError(f"{name} has more parts than any letter; save its text.", name=name)
    try:
        return message_from_bytes(data, EmailMessage, policy=policy.default)
    except (RecursionError, ValueError, LookupError, AttributeError) as error:  # a stranger's letter breaks the parser
        raise _damaged(name) from error


def _damaged(name: str) -> FetchError:
    return FetchError(f"{name} is not a readable letter; save it again from a mail program.", name=name)


def _letter(mail: EmailMessage, name: str, depth: int = 0) -> Letter:
    """What is to be read of it: what it passes on, where that is all it does."""
    bodies = _bodies(mail)
    found = bodies.get("text/html") or bodies.get("text/plain")
    text = _text(found, name) if found else ""
    attached = next(_attached(mail), None)
    if attached and depth < MOST_FORWARDED and len(re.sub(r"<[^<>]*>", "", text).strip()) < FEW:
        return _letter(attached, name, depth + 1)
    if not text.strip():
        kind = _kind(mail)
        if kind in {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}:
            raise FetchError(f"{name} is encrypted; save it decrypted from your mail program.", name=name)
        raise FetchError(f"{name} is a letter without a text; name another one.", name=name)
    return _told(mail, text, is_html=found is bodies.get("text/html"), name=name)


def _told(mail: EmailMessage, text: str, *, is_html: bool, name: str) -> Letter:
    subject = line(_header(mail, "subject"))
    title = FORWARD.sub("", subject) or line(name)
    sender = _header(mail, "from")
    listed = _header(mail, "list-id").partition("<")[0].strip(' "')
    known = _header(mail, "message-id").strip() or f"{subject} {_header(mail, 'date')} {sender}"
    letter = Letter(
        title=title,
        sender=line(forwarded.person(sender)),
        day=_day(_header(mail, "date")),
        site=line(listed),
        leave=tuple(ADDRESS.findall(_header(mail, "list-unsubscribe"))),
        text=text,
        is_html=is_html,
        id=hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()[:32],
    )
    if title == subject:
        return letter
    inside = (forwarded.in_html if is_html else forwarded.in_text)(text)
    day = _day(inside.sent) or letter.day
    return replace(letter, text=inside.text, sender=line(forwarded.person(inside.sender)) or letter.sender, day=day)


def _bodies(mail: EmailMessage) -> dict[str, EmailMessage]:
    """The first texts of a letter by their kind; none that is attached, or of a letter in it."""
    found: dict[str, EmailMessage] = {}
    waiting = [(mail, 0)]
    while waiting:
        part, depth = waiting.pop(0)
        kind = _kind(part)
        if kind.startswith("multipart/") and part.is_multipart() and depth < DEEPEST:
            waiting[:0] = [(each, depth + 1) for each in part.get_payload() if isinstance(each, EmailMessage)]
        elif kind in {"text/html", "text/plain"} and not _header(part, "content-disposition").startswith("attachment"):
            found.setdefault(kind, part)
    return found


def _attached(mail: EmailMessage) -> Iterator[EmailMessage]:
    """The letters in a letter."""
    parts = mail.get_payload()
    for part in parts if isinstance(parts, list) else ():
        inside = part.get_payload() if isinstance(part, EmailMessage) and _kind(part) == "message/rfc822" else None
        if isinstance(inside, list) and inside and isinstance(inside[0], EmailMessage):
            yield inside[0]


def _kind(part: EmailMessage) -> str:
    return _header(part, "content-type").partition(";")[0].strip().lower() or "text/plain"


def _text(part: EmailMessage, name: str) -> str:
    """The text of a part: its characters as it says, where that is true; its lines as they were written."""
    stated = _header(part, "content-type")
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", stated, re.IGNORECASE)
    text = decode.decoded(data, name, charset=charset[1] if charset else "").replace("\r\n", "\n")
    if _kind(part) == "text/plain" and re.search(r"format\s*=\s*[\"']?flowed", stated, re.IGNORECASE):
        return unwrapped(text, delsp=bool(re.search(r"delsp\s*=\s*[\"']?yes", stated, re.IGNORECASE)))
    return text


def _header(part: EmailMessage, name: str) -> str:
    """A header on one line, its words decoded; empty where there is none."""
    raw = next((str(value) for key, value in part.raw_items() if key.lower() == name), "")[:LONGEST_HEADER]
    try:
        return " ".join(str(policy.default.header_factory(name, " ".join(raw.split()))).split())
    except Exception:  # noqa: BLE001 - a stranger's header breaks the parser in many ways
        return " ".join(raw.split())


def _day(stated: str) -> date | None:
    """The day in a Date header, where its writer was (RFC 5322, 3.3)."""
    try:
        return parsedate_to_datetime(stated).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return names.day(stated)


def _page(letter: Letter, name: str) -> Page:
    ids = (f"entry:mail {letter.id}",)
    day = letter.day.isoformat() if letter.day else ""
    if not letter.is_html:
        head = f"From: {letter.sender}\nDate: {day}\nSubject: {letter.title}\n\n"
        return Page(url=name, media_type="text/plain", text=head + letter.text, ids=ids)
    said = {"author": letter.sender, "article:published_time": day, "og:site_name": letter.site}
    meta = "".join(
        f'<meta name="{key}" property="{key}" content="{escape(value)}">' for key, value in said.items() if value
    )
    title = escape(letter.title)
    text = (
        f"<!doctype html><html><head><title>{title}</title>{meta}</head>"
        f"<body><article><h1>{title}</h1>{forwarded.inside(letter.text, letter.leave)}</article></body></html>"
    )
    return Page(url=name, media_type="text/html", text=text, ids=ids)

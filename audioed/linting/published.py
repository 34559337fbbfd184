"""Rules about a public folder as a whole: pages of the feed that lead to one another, and nothing private."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from audioed.files import TEMPORARY
from audioed.linting.feed import Document, child, guid, tag
from audioed.linting.finding import Fault, Rule
from audioed.linting.folder import Folder

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

PRIVATE = re.compile(
    r"(?:show|episode|script|written|speech|proof|article(?:-\d+)?)\.json|(?:proof|inspect)\.html"
    r"|.*\.(?:lock|toml|tmp|part|log|pcm|py|pem|key|bak|swp|sqlite3?|db)|.*~"
)
"""Names of files that are nobody's but the show's."""
SHOWN = frozenset({".well-known", ".nojekyll"})
"""Names with a dot that servers ask for (RFC 8615; GitHub Pages)."""
ENDS = {"first": ("previous", "prev"), "last": ("next",)}
"""Relation -> what the page that it leads to must not have."""
BACK = {"next": ("previous", "prev"), "previous": ("next",), "prev": ("next",), "next-archive": ("prev-archive",)}
"""Relation -> those that lead back from there; of paged feeds and of archives, in which `prev` is what is older."""


def chained(folder: Folder) -> Iterator[Fault]:
    """Pages of which each leads to the one before it and the one behind it."""
    by_name = {document.name: document for document in folder.documents}
    for document in folder.documents:
        for relation, url in document.links.items():
            other = by_name.get(folder.name(url) or "")
            if other is None:
                continue
            at = _link(document, relation)
            if relation in BACK and folder.name(_related(other, BACK[relation])) != document.name:
                yield Fault(f"its {relation} page, {other.name}, does not lead back to it", at)
            elif relation == "prev-archive" and not _leads_back(folder, other, document):
                yield Fault(f"its archive, {other.name}, does not lead back to it", at)
            elif relation in ENDS and _related(other, ENDS[relation]):
                yield Fault(f"its {relation} page, {other.name}, is not the {relation}", at)


def _leads_back(folder: Folder, archive: Document, document: Document) -> bool:
    """Whether an archive leads to the next newer one, or to the feed itself where there is none (RFC 5005, 4)."""
    return document.name in {folder.name(_related(archive, (each,))) for each in ("next-archive", "current")}


def reached(folder: Folder) -> Iterator[Fault]:
    """No page of older episodes that no other one leads to."""
    named = {
        folder.name(url)
        for document in folder.documents
        for relation, url in document.links.items()
        if relation != "self"
    }
    for document in folder.documents:
        if re.fullmatch(r"(?:.*/)?feed-\d+\.xml", document.name) and document.name not in named:
            yield Fault("no other page of the feed leads to it", document.channel, document.name)


def episodes_once(folder: Folder) -> Iterator[Fault]:
    """Each episode on one page of a feed alone."""
    seen: dict[tuple[str, str], Document] = {}
    for document in folder.documents:
        feed = document.links.get("first") or document.links.get("self", document.name)
        for item in document.items:
            if (own := guid(item)) and (other := seen.setdefault((feed, own), document)) is not document:
                yield Fault(f"{other.name} has an item with its GUID, too", child(item, "guid"))


def private(folder: Folder) -> Iterator[Fault]:
    """Nothing that is meant for the show's maker alone."""
    for name in folder.sizes:
        parts = PurePosixPath(name).parts
        hidden = [part for part in parts if part.startswith(".") and part not in SHOWN]
        if hidden or PRIVATE.fullmatch(parts[-1]) or parts[-1].startswith(TEMPORARY):
            yield Fault("it is not for listeners", file=name)


def links_out(folder: Folder) -> Iterator[Fault]:
    """No symbolic link that leads out of the folder, and none that leads nowhere."""
    home = folder.path.resolve()
    for path in folder.links:
        target = path.resolve()
        name = path.relative_to(folder.path).as_posix()
        if not target.is_relative_to(home):
            yield Fault("it is a link that leads out of the folder", file=name)
        elif not target.exists():
            yield Fault("it is a link that leads nowhere", file=name)


def page_links(folder: Folder) -> Iterator[Fault]:
    """Pages whose links, pictures and sounds are there."""
    for name in folder.pages:
        missing = [link for link in _links(folder.path / name) if not _leads(folder, name, link)]
        if missing:
            more = f", and {len(missing) - 1} more" if len(missing) > 1 else ""
            yield Fault(f"it leads to {missing[0][:100]}, which is not there{more}", file=name)


def _leads(folder: Folder, page: str, link: str) -> bool:
    """Whether a link of a page leads to a file of the folder, or elsewhere."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    if parts.scheme or parts.netloc:
        name = folder.name(link)
        return name is None or name in folder.sizes
    if not parts.path:
        return True
    if parts.path.startswith("/"):
        return True  # seen from the server's root, which lies above the folder
    steps: list[str] = list(PurePosixPath(page).parent.parts)
    for part in unquote(parts.path).split("/"):
        if part == ".." and not steps:
            return True  # above the folder
        if part == "..":
            steps.pop()
        elif part not in {"", "."}:
            steps.append(part)
    name = "/".join(steps)
    return name in folder.sizes or f"{name}/index.html".lstrip("/") in folder.sizes


def _links(page: Path) -> Iterator[str]:
    """What a page links to and loads, without what its scripts do."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, OSError):
        return
    for element, attribute, link, _ in root.iterlinks():
        if attribute in {"href", "src", "poster"} and element.tag != "base":
            yield link.strip()


def _related(document: Document, relations: tuple[str, ...]) -> str:
    return next((document.links[each] for each in relations if each in document.links), "")


def _link(document: Document, relation: str) -> "Element | None":
    found = () if document.channel is None else document.channel.findall(tag("atom:link"))
    return next((each for each in found if each.get("rel", "").lower() == relation), None)


RULES = (
    Rule(
        "paging",
        "error",
        chained,
        "The pages of a feed lead to one another, forth and back.",
        "RFC 5005, 3",
        "publish the show again",
        "folder",
    ),
    Rule(
        "paging-reached",
        "warning",
        reached,
        "Each page of older episodes is led to.",
        "RFC 5005, 3",
        "publish the show again",
        "folder",
    ),
    Rule(
        "paging-once",
        "error",
        episodes_once,
        "Each episode is on one page of the feed.",
        "RSS 2.0, guid; RFC 5005, 3",
        "publish the show again",
        "folder",
    ),
    Rule(
        "private",
        "error",
        private,
        "Nothing lies in the public folder that is not for listeners.",
        "the layout of a public folder",
        "take it out before the folder is put on a server",
        "folder",
    ),
    Rule(
        "links-out",
        "error",
        links_out,
        "No symbolic link leads out of the public folder.",
        "CWE-59",
        "put the file itself there",
        "folder",
    ),
    Rule(
        "page-links",
        "warning",
        page_links,
        "What pages link to within the folder is there.",
        "HTML; PSP-1, link",
        "publish the show again",
        "folder",
    ),
)

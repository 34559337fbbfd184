"""Rules about the addresses that a feed calls its own, and its hub."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from audioed.characters import clipped
from audioed.linting.document import WEB
from audioed.linting.feed import Document, called, children
from audioed.linting.finding import Fault, Rule

RELATION = re.compile(r"[a-z][a-z0-9.-]*|[A-Za-z][A-Za-z0-9+.-]*:\S+")
"""A name as IANA registers them, or an address (RFC 8288, 2.1)."""
MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;.*)?", re.ASCII)


def links(document: Document) -> Iterator[Fault]:
    """Links that lead somewhere, and say as what."""
    for parent in () if document.channel is None else (document.channel, *document.items):
        for each in children(parent, "atom:link"):
            rel, kind = each.get("rel"), each.get("type")
            if not each.get("href", "").strip():
                yield Fault("an <atom:link> has no href", each)
            if rel is not None and not RELATION.fullmatch(rel):
                yield Fault(f"an <atom:link> is related as “{clipped(rel, 40)}”", each)
            if kind is not None and not MEDIA_TYPE.fullmatch(kind):
                yield Fault(f"an <atom:link> leads to the type “{clipped(kind, 40)}”", each)


def self_link(document: Document) -> Iterator[Fault]:
    """Its own address."""
    if document.channel is not None and not document.links.get("self"):
        yield Fault("the channel has no <atom:link rel=self>", document.channel)


def self_address(document: Document) -> Iterator[Fault]:
    """The address under which it lies."""
    own = document.links.get("self", "")
    if not own:
        return
    if "://" in document.name:
        differs = own != document.name
    else:
        path = PurePosixPath(unquote(urlsplit(own).path))
        differs = path.parts[-len(PurePosixPath(document.name).parts) :] != PurePosixPath(document.name).parts
    if differs:
        at = next(each.at for each in document.addresses if each.url == own and called(each.at) == "atom:link")
        yield Fault(f"it calls itself {clipped(own, 100)}", at)


def hub(document: Document) -> Iterator[Fault]:
    """A hub that apps can ask to tell them of news, and the address that they then ask it about."""
    for each in () if document.channel is None else children(document.channel, "atom:link"):
        if each.get("rel", "").lower() == "hub":
            address = each.get("href", "").strip()
            if not WEB.match(address):
                yield Fault(f"the address of its hub is “{clipped(address, 100)}”", each)
            elif address == document.links.get("self"):
                yield Fault("it calls itself its hub", each)


RULES = (
    Rule(
        "link",
        "warning",
        links,
        "Links have an address, a relation and a type that are such.",
        "RFC 4287, 4.2.7; RFC 8288; W3C, MissingHref, InvalidMIMEType",
        "write href, rel and type as RFC 4287 has them, or leave the link out",
    ),
    Rule(
        "self-link",
        "error",
        self_link,
        "The feed names its own address.",
        "PSP-1; RFC 4287",
        "set base_url in [publishing]",
    ),
    Rule(
        "self-address",
        "error",
        self_address,
        "The address that the feed calls its own is the one it lies at.",
        "PSP-1; RFC 4287, 4.2.7",
        "set base_url in [publishing] to where the show is served, and publish again",
    ),
    Rule(
        "hub",
        "error",
        hub,
        "A hub is named by a whole http or https address, and is not the feed itself.",
        "WebSub, 4",
        "set hub in [publishing] to the address of a hub, or leave it empty, and publish again",
    ),
)

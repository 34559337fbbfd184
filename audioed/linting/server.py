"""Rules about what a server answers for the files that a feed names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from audioed.linting.feed import Kind
from audioed.linting.finding import Fault, Rule
from audioed.linting.transcripts import TYPES

MOST_REDIRECTS = 5
PERMANENT = frozenset({301, 308})
FOUND, PART, UNCHANGED = 200, 206, 304
ACCEPTED: Mapping[str, frozenset[str]] = {
    "feed": frozenset({"application/rss+xml", "application/xml", "text/xml"}),
    "chapters": frozenset({"application/json+chapters", "application/json"}),
    "image": frozenset({"image/jpeg", "image/png", "image/webp"}),
}
"""What leads to it -> the media types that a server may give it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered, without the file itself."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    """By their names in small letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A file that was asked for in every way that apps do."""

    kind: Kind
    url: str
    media_type: str = ""
    """As the feed says."""
    length: str = ""
    """In bytes, as the feed says."""
    hops: tuple[tuple[int, str], ...] = ()
    """Redirects on the way: status, and where it led."""
    fault: str = ""
    """Why there was no answer; empty where there was one."""
    head: Reply | None = None
    """To HEAD."""
    part: Reply | None = None
    """To GET with `Range: bytes=0-1`."""
    again: Reply | None = None
    """To GET with the validators of the first answer; None where it has none."""
    unasked: int = 0
    """Further addresses of the feed that were not asked for."""


def reached(probe: Probe) -> Iterator[Fault]:
    """An answer, and the file in it."""
    if probe.fault:
        yield Fault(probe.fault, file=probe.url)
    elif probe.part and probe.part.status not in {FOUND, PART}:
        yield Fault(f"the server answers {probe.part.status}", file=probe.url)


def asked(probe: Probe) -> Iterator[Fault]:
    """No more files than can be asked for."""
    if probe.unasked:
        yield Fault(f"{probe.unasked:,} more addresses were not asked for", file=probe.url)


def redirects(probe: Probe) -> Iterator[Fault]:
    """Few redirects, each to an address that is as safe as the one before."""
    if len(probe.hops) > MOST_REDIRECTS:
        yield Fault(f"it redirects more than {MOST_REDIRECTS} times", file=probe.url)
    steps = [probe.url, *(url for _, url in probe.hops)]
    if any(one.startswith("https:") and other.startswith("http:") for one, other in pairwise(steps)):
        yield Fault("it redirects from https to http", file=probe.url)


def moved(probe: Probe) -> Iterator[Fault]:
    """A feed that is where apps look for it."""
    if probe.kind == "feed" and any(status in PERMANENT for status, _ in probe.hops):
        yield Fault(f"it has moved for good to {probe.hops[-1][1]}", file=probe.url)


def head(probe: Probe) -> Iterator[Fault]:
    """HEAD, by which directories look at a file before they fetch it."""
    if probe.head and probe.part and probe.part.status in {FOUND, PART} and probe.head.status != FOUND:
        yield Fault(f"the server answers HEAD with {probe.head.status}", file=probe.url)


def length(probe: Probe) -> Iterator[Fault]:
    """As many bytes as the feed says."""
    if probe.kind == "audio" and probe.head and probe.head.status == FOUND:
        told = probe.head.headers.get("content-length", "")
        if not told:
            yield Fault("the server tells no Content-Length", file=probe.url)
        elif probe.length and told != probe.length.strip():
            yield Fault(f"the server has {told} bytes, and the feed says {probe.length}", file=probe.url)


def ranges(probe: Probe) -> Iterator[Fault]:
    """Parts of a recording, without which nobody can jump in it."""
    if probe.kind == "audio" and probe.part and probe.part.status in {FOUND, PART}:
        told = probe.part.headers.get("content-range", "")
        if probe.part.status != PART:
            yield Fault(f"the server answers a range with {probe.part.status} instead of {PART}", file=probe.url)
        elif not re.match(r"bytes 0-1/", told):
            yield Fault(f"the server answers bytes 0 to 1 with Content-Range “{told[:60]}”", file=probe.url)


def media_type(probe: Probe) -> Iterator[Fault]:
    """The media type that the file is of."""
    answer = probe.head if probe.head and probe.head.status == FOUND else probe.part
    if probe.fault or answer is None or answer.status not in {FOUND, PART}:
        return
    told = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    own = probe.media_type.partition(";")[0].strip().lower()
    same = next((kinds for kinds in (*map(frozenset, TYPES.values()), SAME_AUDIO) if own in kinds), frozenset({own}))
    accepted = ACCEPTED.get(probe.kind, same)
    if told not in accepted and accepted != {""}:
        yield Fault(f"the server says {told or 'no type'} instead of {own or min(accepted)}", file=probe.url)


SAME_AUDIO = frozenset({"audio/mp4", "audio/x-m4a"})


def validators(probe: Probe) -> Iterator[Fault]:
    """An ETag or a date, by which apps ask whether anything is new."""
    if probe.kind == "feed" and probe.part and probe.part.status in {FOUND, PART}:
        told = {**(probe.head.headers if probe.head else {}), **probe.part.headers}
        if not {"etag", "last-modified"} & told.keys():
            yield Fault("the server tells neither ETag nor Last-Modified", file=probe.url)


def unchanged(probe: Probe) -> Iterator[Fault]:
    """304 for what an app has already."""
    if probe.again and probe.again.status != UNCHANGED:
        yield Fault(f"the server answers {probe.again.status} instead of 304 when nothing has changed", file=probe.url)


def shared(probe: Probe) -> Iterator[Fault]:
    """Chapters and transcripts that players in a browser may read."""
    if probe.kind in {"chapters", "transcript"} and probe.part and probe.part.status in {FOUND, PART}:
        told = probe.part.headers.get("access-control-allow-origin", "")
        if told != "*":
            yield Fault(f"the server's Access-Control-Allow-Origin is {told or 'missing'}", file=probe.url)


APPLE = "Apple, podcast requirements"
RULES = (
    Rule(
        "http-reached",
        "error",
        reached,
        "Every file answers, by TLS with a valid certificate.",
        APPLE,
        "upload it, and check the server",
        "server",
    ),
    Rule(
        "http-asked",
        "warning",
        asked,
        "An episode names at most 100 files, and a feed 10,000 that are looked at.",
        "our own limit: a feed may be a stranger's",
        "lint the folder itself, which looks at all of them",
        "server",
    ),
    Rule(
        "http-redirects",
        "error",
        redirects,
        "At most five redirects, and none from https to http.",
        "RFC 9110, 15.4; Apple",
        "name the address that it leads to",
        "server",
    ),
    Rule(
        "http-moved",
        "advice",
        moved,
        "The feed has not moved for good.",
        "RFC 9110, 15.4.2; itunes:new-feed-url",
        "give directories the new address",
        "server",
    ),
    Rule("http-head", "error", head, "The server answers HEAD.", APPLE, "allow HEAD", "server"),
    Rule(
        "http-length",
        "error",
        length,
        "The server's Content-Length is the length in the feed.",
        "PSP-1; RFC 9110, 8.6",
        "upload the file again",
        "server",
    ),
    Rule(
        "http-range",
        "error",
        ranges,
        "The server sends byte ranges.",
        f"{APPLE}; RFC 9110, 14",
        "allow byte ranges",
        "server",
    ),
    Rule(
        "http-type",
        "warning",
        media_type,
        "The server's media types are those of the files.",
        "RFC 9110, 8.3; PSP-1",
        "set the type in the server's settings",
        "server",
    ),
    Rule(
        "http-validators",
        "warning",
        validators,
        "The feed has an ETag or a Last-Modified.",
        "RFC 9110, 8.8; PSP-1",
        "have the server send one",
        "server",
    ),
    Rule(
        "http-unchanged",
        "warning",
        unchanged,
        "The server answers 304 when nothing has changed.",
        "RFC 9110, 13",
        "have the server compare ETags",
        "server",
    ),
    Rule(
        "http-cors",
        "warning",
        shared,
        "Players in a browser may read chapters and transcripts.",
        "Podcasting 2.0, transcript and chapters: CORS",
        "send Access-Control-Allow-Origin: *",
        "server",
    ),
)

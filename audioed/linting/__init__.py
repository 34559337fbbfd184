"""
Linting: what podcast apps and directories will stumble over, before listeners do.

A rule is a small function over a feed, a public folder or a server's answers, and a row of the table in `rules`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from audioed.addresses import without_user
from audioed.config import Extraction
from audioed.errors import FetchError, PublishingError, StoreError
from audioed.files import read
from audioed.linting.feed import Document, Named, item_of, title
from audioed.linting.finding import Fault, Finding, Rule
from audioed.linting.gate import GATE
from audioed.store import FEED, discreet

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from audioed.linting.folder import Folder

MOST = 50
"""Findings of one rule in one file that are told; more of them say nothing new."""


def lint(path: Path, *, now: datetime | None = None, whole: bool = False) -> tuple[Finding, ...]:
    """
    What is wrong in a public folder, or with the feed in a file; nothing is written, and no server is asked.

    The files of older episodes are looked for and measured, and opened only where the `whole` is looked at. `now` is
    the moment after which a date is in the future. StoreError where there is no feed.
    """
    from audioed.linting.folder import Folder

    now = now or datetime.now(UTC)
    if path.is_dir():
        folder = Folder(path, now, whole)
        return _found(folder, folder.documents)
    if not path.is_file():
        raise StoreError(f"{path}: there is no such file or folder; name the public folder of a show.", path=path)
    return _sorted(in_feed(Document(path.name, read(path), now)))


def lint_online(
    url: str, config: Extraction, *, now: datetime | None = None, whole: bool = False
) -> tuple[Finding, ...]:
    """
    What is wrong with the feed at this address, and with what its server answers; FetchError where there is no feed.

    The files of the newest three episodes are asked for, those of all where the `whole` is looked at.
    """
    from audioed.linting.probing import Asker, probes

    asker = Asker(url, config)
    document = asker.feed(now or datetime.now(UTC))
    found = list(in_feed(document))
    if document.root is None:
        return _sorted(found)
    own = asker.probe(Named("feed", without_user(url), document.root))
    for probe in (own, *probes(document, asker, whole=whole)):
        found += (
            finding for rule in _all() if rule.about == "server" for finding in _told(rule, rule.check(probe), {}, "")
        )
    return _sorted(found)


def refuse_unfit(path: Path) -> tuple[Finding, ...]:
    """
    PublishingError for a public folder that has an error in it, before a server is given it; else its lesser findings.

    Every file that a feed names is looked for and measured. Items are judged and files opened as they are on the newest
    page of each feed: the older ones were when they were new. StoreError where there is no feed.
    """
    from audioed.linting.folder import Folder

    folder = Folder(path, datetime.now(UTC))
    found = _found(folder, [each for each in folder.documents if each.name.rpartition("/")[2] == FEED])
    errors = [each for each in found if each.severity == "error"]
    if errors:
        told = f"{errors[0].file}: {_refusal(errors[0], 'nothing was sent')}"
        others = f" `audioed lint` tells {len(errors) - 1} more." if len(errors) > 1 else ""
        raise PublishingError(f"{told}{others}", episode=errors[0].item, rule=errors[0].rule)
    return found


def unfit(data: bytes) -> Mapping[int, str]:
    """What apps or directories would not take of the items of a feed, by their places; the document is not judged."""
    document = Document(FEED, data, datetime.max.replace(tzinfo=UTC))
    places = {each: place for place, each in enumerate(document.items)}
    found: dict[int, str] = {}
    for rule in GATE:
        for fault in rule.check(document):
            if (item := item_of(fault.at)) is not None:
                found.setdefault(places[item], f"{rule.id}: {fault.told} ({rule.source}); {rule.remedy}")
    return found


def refuse_faulty(data: bytes, name: str) -> None:
    """
    PublishingError for a feed that apps or directories would not take; it takes no longer for a longer past.

    One document is looked at, without its items and files, and only for errors.
    """
    document = Document(name, data, datetime.max.replace(tzinfo=UTC), frozenset())
    for finding in in_feed(document, GATE):
        told = f"{name}: {_refusal(finding, 'the feed stays as it was')}"
        raise PublishingError(told, episode=finding.item, rule=finding.rule)


def in_feed(document: Document, rules: Iterable[Rule] | None = None) -> Iterator[Finding]:
    """What is wrong in one document by these rules, or by all, in their order."""
    for rule in rules or _all():
        if rule.about == "feed":
            yield from _told(rule, rule.check(document), {}, document.name)


def _all() -> tuple[Rule, ...]:
    """Every rule; a build needs those of the gate alone."""
    from audioed.linting.rules import RULES

    return RULES


def _refusal(finding: Finding, outcome: str) -> str:
    about = f" of “{finding.item}”" if finding.item else ""
    return f"{finding.rule}{about}: {finding.told} ({finding.source}); {outcome}; {finding.remedy}."


def _found(folder: "Folder", judged: Iterable[Document]) -> tuple[Finding, ...]:
    """What is wrong in these documents of a folder, and with the folder itself."""
    return _sorted([*(each for document in judged for each in in_feed(document)), *_of_folder(folder)])


def _of_folder(folder: "Folder") -> Iterator[Finding]:
    names = {document.root: document.name for document in folder.documents if document.root is not None}
    for rule in _all():
        if rule.about == "folder":
            yield from _told(rule, rule.check(folder), names, folder.documents[0].name)


def _told(rule: Rule, faults: Iterable[Fault], names: "Mapping[Element, str]", name: str) -> Iterator[Finding]:
    """The findings that faults are, each with where it is; who reads them need not know where a private feed is."""
    for fault in islice(faults, MOST):
        root = None if fault.at is None else fault.at.getroottree().getroot()
        yield Finding(
            rule=rule.id,
            severity=rule.severity,
            file=discreet(fault.file or (name if root is None else names.get(root, name))),
            line=fault.line or (0 if fault.at is None else fault.at.sourceline or 0),
            item=title(fault.at),
            told=discreet(fault.told),
            source=rule.source,
            remedy=rule.remedy,
        )


def _sorted(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then warnings, then advice; each in the order of the rules."""
    weight = ("error", "warning", "advice")
    return tuple(sorted(found, key=lambda each: weight.index(each.severity)))


__all__ = ["FetchError", "Finding", "lint", "lint_online", "refuse_faulty", "refuse_unfit", "unfit"]

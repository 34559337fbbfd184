"""Whether an app has the newest state of a file already, so that nothing need be sent again (RFC 9110, 13)."""

import re
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

TAG = re.compile(r'(?:W/)?"[^"]*"')
OK, NOT_MODIFIED, FAILED = 200, 304, 412


def status(headers: Mapping[str, str], etag: str, modified: str) -> int:
    """
    200 where the file is to be sent, 304 where the app has it, 412 where it wants another state of it.

    Judged in the order of RFC 9110, 13.2.2, by the file's entity tag and its `Last-Modified`. Headers have lower-case
    names.
    """
    if (match := headers.get("if-match")) is not None:
        if not _lists(match, etag, weak=False):
            return FAILED
    elif _later(modified, headers.get("if-unmodified-since")):
        return FAILED
    if (match := headers.get("if-none-match")) is not None:
        return NOT_MODIFIED if _lists(match, etag, weak=True) else OK
    since = headers.get("if-modified-since")
    return NOT_MODIFIED if since and _later(modified, since) is False else OK


def is_same(if_range: str, etag: str, modified: str) -> bool:
    """Whether `If-Range` names this very state; else a part of it would be put to parts of another (13.1.5)."""
    return if_range in {etag, modified} and not if_range.startswith("W/")


def _lists(match: str, etag: str, *, weak: bool) -> bool:
    if match.strip() == "*":
        return True
    if weak:
        return etag.removeprefix("W/") in {each.removeprefix("W/") for each in TAG.findall(match)}
    return not etag.startswith("W/") and etag in TAG.findall(match)


def _later(modified: str, moment: str | None) -> bool | None:
    """Whether the file changed after this moment; None where there is none, or one that cannot be read."""
    known, asked = _seconds(modified), _seconds(moment or "")
    return None if known is None or asked is None else known > asked


def _seconds(date: str) -> float | None:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()

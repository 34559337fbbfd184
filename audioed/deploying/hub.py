"""Once a show is sent: the hub is told, and the public address is looked at, as a listener's app would."""

import hashlib
from urllib.parse import urlencode

from audioed.model import Seconds

PATIENCE: Seconds = 15.0
ENOUGH = 50_000_000
"""Bytes that are read of a feed."""
FAILED = 400
"""The first status that tells of a failure (RFC 9110, 15)."""


def pinged(hub: str, feed: str) -> str:
    """Tell a WebSub hub of a feed's new content, as most hubs want it (WebSub, 7); what went wrong, or nothing."""
    import urllib3
    from urllib3.exceptions import HTTPError

    told = urlencode({"hub.mode": "publish", "hub.url": feed})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        status = urllib3.request("POST", hub, body=told, headers=kind, timeout=PATIENCE, retries=2).status
        wrong = f"it answers {status}" if status >= FAILED else ""
    except HTTPError as error:
        wrong = type(error).__name__
    return f"the hub {hub} was not told of the new feed ({wrong}); apps will find it by themselves." if wrong else ""


def unseen(feed: str, sha256: str) -> str:
    """What is wrong with the feed as its public address gives it; nothing where it is what was sent."""
    import urllib3
    from urllib3.exceptions import HTTPError

    try:
        answer = urllib3.request(
            "GET", feed, timeout=PATIENCE, retries=2, preload_content=False, headers={"Cache-Control": "no-cache"}
        )
        with answer:
            if answer.status >= FAILED:
                return f"{feed} answers {answer.status}; check publishing.base_url, and the address of the target."
            content = hashlib.sha256(answer.read(ENOUGH, decode_content=True)).hexdigest()
    except HTTPError as error:
        return f"{feed} is not reached ({type(error).__name__}); check publishing.base_url."
    return "" if content == sha256 else f"{feed} still shows another feed; a cache on the way may keep it for a while."

"""Whoever looks after a show is told how a night went: by mail, chat or phone, through Apprise."""

import logging
import re
import warnings
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

from audioed.config import Notify
from audioed.model import Run, Seconds
from audioed.passwords import remedy, secret
from audioed.timecode import clock

if TYPE_CHECKING:
    from apprise import Apprise

ADDRESS_KIND = "ADDRESS"
"""Of secrets: `AUDIOED_PHONE_ADDRESS`."""
LIMIT: Seconds = 30.0
"""For all of them together; then the night ends without them."""
BAD = frozenset({"partial", "failed", "stopped"})
"""Results of nights that somebody should hear of."""
WORDS = {
    "built": "a new episode",
    "draft": "a draft waits for your approval",
    "quiet": "nothing new",
    "partial": "not all went well",
}
"""What a night came to, as it is told; the others are told by their own name."""
MOST = 10
"""Lines of a kind that are told."""
ADDRESS = re.compile(r"(https?://)(?:[^/\s@]*@)?([^/\s]+)/[^\s]+")
"""Of a web address, what anybody may know; the rest can be the secret of a paid feed."""
log = logging.getLogger(__name__)


def is_due(run: Run, before: Run | None, when: str) -> bool:
    """Whether this night is told of: it failed, is the first good one after that, or made what waits for somebody."""
    if when == "always" or run.result in BAD:
        return True
    if when == "recovery" and run.drafts:
        return True
    return when == "recovery" and before is not None and before.result in BAD


def notify(show: str, run: Run, settings: Notify) -> tuple[str, ...]:
    """Tell everybody; gives a sentence for each who cannot be told. An address is in none, for it is a secret."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it imports is deprecated here and there
            from apprise import NotifyType
    except ImportError:
        return ('nobody was told of this night: Apprise is not installed; `pip install "audioed[notify]"`.',)
    kind = NotifyType.FAILURE if run.result in BAD else NotifyType.SUCCESS
    sent: dict[str, bool] = {}
    threads, failed = [], []
    for name in settings.to:
        if service := _service(name):
            message = {"title": title(show, run), "body": body(run), "notify_type": kind}
            threads.append(Thread(target=_send, args=(service, message, name, sent), daemon=True))
        else:
            failed.append(name)
    until = monotonic() + LIMIT
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, until - monotonic()))
    failed += [name for name in settings.to if name not in failed and not sent.get(name)]
    return tuple(
        f"notify.to: {name!r} was not told of this night; check its address, or {remedy(name, ADDRESS_KIND)}."
        for name in failed
    )


def title(show: str, run: Run) -> str:
    """What happened, in a line."""
    told = WORDS.get(run.result, run.result)
    more = f"; {WORDS['draft']}" if run.drafts and run.result != "draft" else ""
    return f"{show}, {run.day}: {told}{more}"


def body(run: Run) -> str:
    """What an operator wants to know on a phone; the report has the rest."""
    made = f"{run.title} ({clock(run.duration)}, {len(run.articles)} articles)" if run.episode else ""
    lines = [
        run.error,
        made,
        *(f"{each}: waits for your approval; `audioed approve {each}`" for each in run.drafts[:MOST]),
    ]
    drafts = tuple(f"{each}: is a draft; `audioed approve {each}` publishes it" for each in run.drafts)
    for kind in (drafts, run.skips, run.left_out, run.notes):
        lines += kind[:MOST]
        lines += [f"… and {len(kind) - MOST} more"] if len(kind) > MOST else []
    lines.append("`audioed report` shows all of it.")
    return "\n".join(ADDRESS.sub(r"\1\2/…", each) for each in lines if each)


def _service(name: str) -> "Apprise | None":
    """Where somebody is told; None where the address is missing or is none."""
    from apprise import Apprise, AppriseAsset

    service = Apprise(asset=AppriseAsset(app_id="audioed", async_mode=False))
    logging.getLogger("apprise").disabled = True  # what it says may hold the address
    address = secret(name, ADDRESS_KIND)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return service if address and service.add(address) else None


def _send(service: "Apprise", message: dict[str, Any], name: str, sent: dict[str, bool]) -> None:
    from apprise import NotifyFormat

    try:
        sent[name] = bool(service.notify(**message, body_format=NotifyFormat.TEXT))
    except Exception as error:  # noqa: BLE001 - of 130 services, each with its own; no night fails for it
        log.debug("%s", type(error).__name__)

"""Sending a show to where its listeners fetch it, once nothing in it would fail them."""

from contextlib import suppress
from dataclasses import replace
from functools import partial

from audioed import deploying
from audioed.deploying import Deployed
from audioed.errors import StoreError
from audioed.place import Listener, Place


def send(  # noqa: PLR0913 - a switch each
    target: str | None,
    place: Place,
    listener: Listener,
    *,
    dry_run: bool = False,
    adopt: bool = False,
    check: bool = False,
    prune: bool = False,
) -> Deployed:
    """
    What is public of a show, brought to a target; the options are those of `deploying.deploy`.

    PublishingError where it has an error: there is no way around that, for whatever breaks a feed for its listeners is
    mended by its remedy, most often by publishing again, and what they have meanwhile is whole.
    """
    name, store = deploying.chosen(place.config, target), place.store
    listener.stage("deploy")
    from audioed import linting  # with what reads feeds, which a night that sends nothing does not

    found: tuple[linting.Finding, ...] = ()
    with store.lock("feed"), suppress(StoreError):  # where there is no feed, deploying tells, if there ought to be one
        found = linting.refuse_unfit(store.public)
    watcher = partial(deploying.Shares, listener.progress)
    options = {"dry_run": dry_run, "adopt": adopt, "check": check, "prune": prune}
    done = deploying.deploy(store.public, store, place.config, name, watcher, **options)
    warnings = sum(each.severity == "warning" for each in found)
    if not warnings or not (done.sent or done.removed):
        return done
    told = f"{warnings} warning{'' if warnings == 1 else 's'} about what is public; `audioed lint` tells more."
    return replace(done, notes=(*done.notes, told))

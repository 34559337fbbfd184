"""
Other machines encode: the pieces of a recording on the Dask cluster that spoke it.

A worker that sees our cache finds the clips there and keeps the piece beside them, so that here it only needs to be
joined to the others. What no worker has made, be it that it sees another cache, has another encoder or died, is made
here.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from audioed.cache import Cache
from audioed.cluster import connected
from audioed.errors import AudioedError, SynthesisError
from audioed.mastering.pieces import Recipe, clips_of, key_of, made
from audioed.mastering.stitch import Piece
from audioed.store import Store

FEW = 8
"""Pieces that are made here sooner than others have been asked: four minutes."""
log = logging.getLogger(__name__)


def ahead(pieces: Sequence[Piece], recipe: Recipe, store: Store, address: str) -> int:
    """Have the cluster at this address make the pieces that are missing; how many it did. What fails is made here."""
    missing = [piece for piece in pieces if store.cache.piece(key_of(piece, recipe)) is None]
    if len(missing) < FEW:
        return 0
    try:
        client = connected(address)
    except SynthesisError as error:  # of those that spoke a moment ago
        log.warning("%s Encoding goes on here.", error)
        return 0
    from distributed import as_completed

    done, run = 0, uuid4().hex
    with store.cache.shared_mark() as mark:
        futures = client.map(
            _made,
            missing,
            key=[f"piece-{run}-{number}" for number in range(len(missing))],
            recipe=recipe,
            store=replace(store, cache=Cache(store.cache.folder.absolute())),
            mark=mark,
        )
        try:
            for future, found in as_completed(futures, loop=client.loop, with_results=True, raise_errors=False):
                done += future.status == "finished" and found
        finally:
            client.cancel(futures, force=True)
            client.close()
    return done


def _made(piece: Piece, *, recipe: Recipe, store: Store, mark: Path) -> bool:
    """What a worker does: make a piece where it sees the cache of who asked; whether it has."""
    if not mark.exists():
        return False
    try:
        made(piece, recipe, clips_of(store), store)
    except AudioedError as error:  # which is told where it happens again
        log.debug("%s", error)
        return False
    return True

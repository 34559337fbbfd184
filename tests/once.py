"""What builds of one process make alike is made once in it: pictures of the same words, and the same sound as MP3."""

import hashlib
import os
from functools import lru_cache

from audioed.mastering import artwork, pieces

PICTURES = ("cover", "edition_cover", "chapter_card", "embedded")
ENCODED = {}
MOST = 256
"""Kept of each; a picture has 300 kB, and an encoded piece as much as it is heard to have."""


def remember(monkeypatch):
    """
    Draw and encode nothing that was drawn or encoded before, and wait for no disk.

    Each test has an empty cache, and would wait most of its time for the same two
    covers. `forget` is for those that ask whether the same is made twice.
    """
    for name in PICTURES:
        monkeypatch.setattr(artwork, name, lru_cache(MOST)(getattr(artwork, name)))
    encode_piece = pieces.encode_piece

    def encoded(sound, **options):
        parts = tuple(sound)
        told = hashlib.sha256(repr(options).encode())
        for part in parts:
            told.update(part)
        key = told.digest()
        if key not in ENCODED:
            if len(ENCODED) >= MOST:
                ENCODED.pop(next(iter(ENCODED)))
            ENCODED[key] = encode_piece(parts, **options)
        return ENCODED[key]

    monkeypatch.setattr(pieces, "encode_piece", encoded)
    monkeypatch.setattr(os, "fsync", lambda _: None)  # no test takes the power away


def forget():
    """Have everything be drawn and encoded anew."""
    for name in PICTURES:
        getattr(artwork, name).cache_clear()
    ENCODED.clear()

"""What tests of one process make alike is made once in it: pictures of the same words, the same sound, the commands."""

import hashlib
import os
from functools import cache, lru_cache

import typer.main
import typer.testing

from audioed.mastering import alternates, artwork, encode, pieces
from audioed.site import pictures as site_pictures
from audioed.verifying import pictures

PICTURES = ("cover", "edition_cover", "chapter_card", "embedded")
ENCODED = {}
MOST = 256
"""Kept of each; a picture has 300 kB, and an encoded piece as much as it is heard to have."""
FEW = 8
"""Decoded recordings, of some megabytes each."""


def remember(monkeypatch):
    """
    Draw, encode and look at nothing that was drawn, encoded or looked at before, and wait for no disk.

    Each test has an empty cache, and would wait most of its time for the same two
    covers. `forget` is for those that ask whether the same is made twice.
    """
    for name in PICTURES:
        monkeypatch.setattr(artwork, name, lru_cache(MOST)(getattr(artwork, name)))
    monkeypatch.setattr(site_pictures, "_small", lru_cache(MOST)(site_pictures._small))
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
    monkeypatch.setattr(pictures, "_judged", _of_content(pictures._judged))
    commands = cache(typer.main.get_command)  # which takes longer than most of what they do
    monkeypatch.setattr(typer.main, "get_command", commands)
    monkeypatch.setattr(typer.testing, "_get_command", commands)
    monkeypatch.setattr(os, "fsync", lambda _: None)  # no test takes the power away


def forget():
    """Have everything be drawn and encoded anew."""
    for name in PICTURES:
        getattr(artwork, name).cache_clear()
    site_pictures._small.cache_clear()
    ENCODED.clear()


def encode_alternates(monkeypatch):
    """Have ffmpeg write what it wrote before for the same sound, options and metadata."""
    encode_as, made = alternates.encode_as, {}

    def written(codec, pieces, path, *, rate, beside=""):
        parts = tuple(pieces)
        told = hashlib.sha256(repr((codec, rate, beside)).encode())
        for part in parts:
            told.update(part)
        key = told.digest()
        if key not in made:
            measured = encode_as(codec, parts, path, rate=rate, beside=beside)
            made[key] = measured, path.read_bytes()
        measured, data = made[key]
        path.write_bytes(data)
        return measured

    monkeypatch.setattr(alternates, "encode_as", written)


def decode(monkeypatch):
    """Have ffmpeg decode and measure the same sound once, for tests that damage what lies beside it, or its tags."""
    for name in ("excerpt", "since"):
        monkeypatch.setattr(encode, name, _of_content(getattr(encode, name)))
    monkeypatch.setattr(encode, "measure", _of_content(encode.measure, _heard))
    decode, decoded = encode.decode, {}

    def once_decoded(path, to, rate):
        key = _heard(path), rate
        if key not in decoded:
            complaints = decode(path, to, rate)
            while len(decoded) >= FEW:
                decoded.pop(next(iter(decoded)))
            decoded[key] = complaints, to.read_bytes()
        complaints, sound = decoded[key]
        to.write_bytes(sound)
        return complaints

    monkeypatch.setattr(encode, "decode", once_decoded)


def _of_content(function, content=None):
    """The same function of a file, asked once for the same content of it."""
    content = content or _content
    found = {}

    def asked(path, *arguments, **options):
        if not path.is_file():
            return function(path, *arguments, **options)
        key = content(path), arguments, tuple(options.items())
        if key not in found:
            found[key] = function(path, *arguments, **options)
        return found[key]

    return asked


def _content(path):
    return hashlib.sha256(path.read_bytes()).digest(), path.name


def _heard(path):
    """What of a file is sound: of an MP3 all behind its tag, which says how long it is (ID3v2.3, 3.1)."""
    data = path.read_bytes()
    if data[:3] == b"ID3":
        data = data[10 + sum(each << 7 * place for place, each in enumerate(data[9:5:-1])) :]
    return hashlib.sha256(data).digest(), path.suffix

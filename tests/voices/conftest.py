"""Voices to be installed."""

import hashlib

import pytest

from audioed.voices import hibari


@pytest.fixture
def published(tmp_path, monkeypatch):
    """What the package lists, with the size that it tells, but other bytes; and a folder that has them."""
    folder = tmp_path / "mirror"
    folder.mkdir()
    listed = {name: dict(about) for name, about in hibari._published().items()}
    for name, about in listed.items():
        data = hashlib.shake_128(name.encode()).digest(about["bytes"])
        about["sha256"] = hashlib.sha256(data).hexdigest()
        (folder / about["file"]).write_bytes(data)
    monkeypatch.setattr(hibari, "_published", lambda: listed)
    return folder

"""What is kept of a loaded network says the same as the network, and is never in the way."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audioed import config
from audioed.errors import SynthesisError
from audioed.synthesis.engines import network
from audioed.synthesis.engines.network import session
from audioed.synthesis.engines.piper_graph import in_rows

TEXT = np.random.default_rng(7).integers(3, 100, 40)
SCALES = np.array([0, 1, 0], np.float32)
"""No noise, so that one text always sounds the same."""


@pytest.fixture
def joe():
    return config.voices(Path("nowhere"))["joe"]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Where installed voices are, empty."""
    monkeypatch.setenv("AUDIOED_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def kept(data: Path) -> list[Path]:
    return [path for path in data.rglob("*") if path.is_file()]


def said(loaded) -> np.ndarray:
    given = {"input": TEXT[None], "input_lengths": np.array([len(TEXT)]), "scales": SCALES}
    return loaded.run(None, given)[0].squeeze()


def refuse(_network: bytes) -> bytes:
    raise AssertionError("drawn again")


def test_a_network_is_drawn_once_and_says_the_same_from_then_on(joe, data):
    directly = said(network.loaded(in_rows(network.model_path(joe).read_bytes())))
    assert np.abs(directly).max() > 0.01
    np.testing.assert_array_equal(said(session(joe, in_rows, 1)), directly)
    assert len(kept(data)) == 1
    np.testing.assert_array_equal(said(session(joe, refuse, 1)), directly)


def test_another_revision_takes_the_place_of_the_one_before(joe, data):
    session(joe, in_rows, 1)
    before = kept(data)
    session(joe, in_rows, 2)
    assert len(kept(data)) == 1
    assert kept(data) != before


@pytest.mark.parametrize("damage", [lambda whole: whole[:-1] + b"!", lambda whole: whole[:1000], lambda _: b""])
def test_a_damaged_one_is_drawn_again(joe, data, damage):
    session(joe, in_rows, 1)
    (file,) = kept(data)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    np.testing.assert_array_equal(said(session(joe, in_rows, 1)), said(session(joe, refuse, 1)))
    assert len(kept(data)) == 1


def test_where_nothing_can_be_kept_the_voice_speaks_all_the_same(joe, data):
    data.write_text("no folder")
    assert len(said(session(joe, in_rows, 1))) > 0


def test_nothing_is_kept_of_a_file_that_is_not_the_one_on_the_card(joe, data):
    with pytest.raises(SynthesisError, match="install the voice again"):
        session(replace(joe, sha256="0" * 64), in_rows, 1)
    assert kept(data) == []

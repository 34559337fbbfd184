"""More of hibari's readers come whole or not at all, and speak for the roles of an English show."""

import hashlib
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from audioed import config
from audioed.errors import VoiceNotFound
from audioed.model import Utterance
from audioed.synthesis.engine import load
from audioed.voices import hibari, install
from audioed.voices.cards import voice_cards
from audioed.voices.casting import voice_of
from audioed.voices.places import model_path


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(autouse=True)
def data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("AUDIOED_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def mirror(published):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(published)))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def quiet(_share):
    pass


def test_the_english_set_comes_from_a_mirror_and_speaks_the_roles(mirror, tmp_path):
    shares = []
    assert install.install("english", mirror, shares.append) == ["hibari-fenrir", "hibari-kore"]

    cards = voice_cards(tmp_path)
    who = {role: voice_of(role, config.Synthesis(), cards).name for role in ("narrator", "headlines", "promo", "quote")}
    assert who == {
        "narrator": "heart",
        "headlines": "hibari-fenrir",
        "promo": "hibari-kore",
        "quote": "hibari-fenrir",
    }
    assert shares[-1] == 1
    assert cards["hibari-kore"].source == f"{mirror}af_kore.int8.onnx"
    install.install("hibari-emma", mirror, quiet)
    assert install.remove("english") == ["hibari-fenrir", "hibari-kore"]
    assert install.remove("hibari") == ["hibari-emma"]
    assert voice_of("promo", config.Synthesis(), voice_cards(tmp_path)).name == "heart-brisk"


@pytest.mark.usefixtures("data_folder")
def test_one_voice_comes_from_a_folder_with_its_language(published, tmp_path):
    assert install.install("hibari-emma", str(published), quiet) == ["hibari-emma"]

    card = voice_cards(tmp_path)["hibari-emma"]
    assert (card.engine, card.language) == ("hibari", "en-GB")
    assert hashlib.sha256(model_path(card).read_bytes()).hexdigest() == card.sha256


def test_a_file_that_is_not_the_published_one_is_refused(published, data_folder):
    (published / "bf_emma.int8.onnx").write_bytes(b"no network")
    with pytest.raises(VoiceNotFound, match="not the file that was published"):
        install.install("hibari-emma", str(published), quiet)
    assert not list((data_folder / "models").iterdir())


@pytest.mark.parametrize("name", ["hibari-heart", "hibari-nobody"])
def test_a_voice_that_hibari_has_not_is_told_with_those_that_it_has(name):
    with pytest.raises(VoiceNotFound, match="it has hibari-emma, hibari-fenrir, hibari-fable, hibari-kore"):
        install.install(name, "", quiet)


def test_a_british_voice_reads_british_english(tmp_path, monkeypatch):
    heart = voice_cards(tmp_path)["heart"]
    listed = {name: dict(about) for name, about in hibari._published().items()}
    listed["hibari-emma"] |= {"bytes": model_path(heart).stat().st_size, "sha256": heart.sha256}
    monkeypatch.setattr(hibari, "_published", lambda: listed)
    (tmp_path / "bf_emma.int8.onnx").write_bytes(model_path(heart).read_bytes())
    install.install("hibari-emma", str(tmp_path), quiet)

    emma = voice_cards(tmp_path)["hibari-emma"]
    engine = load("hibari")

    assert engine.pronounced("The clerk took a bath.", heart) == "ðə klˈɜɹk tˈʊk ɐ bˈæθ."
    assert engine.pronounced("The clerk took a bath.", emma) == "ðə klˈɑːk tˈʊk ɐ bˈɑːθ."
    text = "The clerk took a bath."
    assert engine.synthesize(Utterance(written=text, spoken=text), emma).duration > 1

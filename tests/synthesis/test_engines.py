"""One contract over every installed engine, the real ones included."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.metadata import entry_points
from itertools import filterfalse
from pathlib import Path
from unicodedata import category

import numpy as np
import pytest

from audioed.errors import EngineNotFound, ExtraNotFound, SynthesisError, VoiceNotFound
from audioed.model import Utterance, Voice
from audioed.phonemes import foreign_to_ipa, word_places
from audioed.synthesis.engine import GROUP, adapted, load
from audioed.synthesis.engines import espeak
from audioed.synthesis.engines import kokoro as kokoro_engine
from audioed.synthesis.engines.piper import _load, _phonemes
from audioed.synthesis.faults import fault
from audioed.voices.cards import voice_cards
from tests.speech_server import SpeechServer

TEXTS = (
    "The night ferry runs.",
    "Yes.",
    "It costs four million dollars; nobody knows why.",
    "Naïve café owners “quote” – and dash…",
)
SHADES = "ʰʲˠˤʼː.ˑ‿→↗↘˥˦˧˨˩ʔʕʡʢ|‖"
"""Signs without a sound of their own, or that English leaves out."""


@pytest.fixture(scope="module", autouse=True)
def data_folder(kokoro):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIOED_DATA", str(kokoro))
        yield kokoro


@pytest.fixture(scope="module")
def cards(data_folder):  # noqa: ARG001  # where Kokoro's are
    """Of each engine one card; the server's names a server of our own."""
    outsiders = {name: Voice(name=name, engine=name, language="en") for name in entry_points(group=GROUP).names}
    found = {card.engine: card for card in reversed(voice_cards(Path("nowhere")).values())}
    with SpeechServer() as server:
        yield {**outsiders, **found, "openai": replace(found["openai"], address=server.address)}


@pytest.fixture(scope="module", params=sorted(entry_points(group=GROUP).names))
def engine(request, kokoro):
    if request.param == "kokoro" and not (kokoro / "voices").is_dir():
        pytest.skip("Kokoro's packages cannot be loaded here (pip and npm)")
    made = load(request.param)
    yield made
    made.close()


def said(text: str) -> Utterance:
    return Utterance(written=text, spoken=text)


@pytest.fixture(scope="module")
def sounds(engine, cards):
    """What several threads are given that ask at once, by text."""
    with ThreadPoolExecutor(4) as threads:
        return dict(
            zip(TEXTS, threads.map(lambda text: engine.synthesize(said(text), cards[engine.name]), TEXTS), strict=True)
        )


def test_every_engine_of_ours_has_a_voice_card(kokoro):
    installed = set() if (kokoro / "voices").is_dir() else {"kokoro"}
    carded = {card.engine for card in voice_cards(Path("nowhere")).values()}
    assert carded | installed == {each.name for each in entry_points(group=GROUP) if each.dist.name == "audioed"}


def test_utterances_become_sound_in_several_threads_at_once(sounds):
    for text, sound in sounds.items():
        assert sound.samples.dtype == np.float32
        assert sound.samples.ndim == 1
        assert fault(sound, text) is None, text


def test_an_engine_that_tells_when_words_sound_tells_it_of_each_in_order(sounds):
    for text, sound in sounds.items():
        if sound.timings:
            assert [text[each.at : each.until] for each in sound.timings] == [
                text[first:last] for first, last in word_places(text)
            ]
            moments = [moment for each in sound.timings for moment in (each.start, each.end)]
            assert moments == sorted(moments)
            assert moments[0] >= 0
            assert moments[-1] <= sound.duration


def test_the_same_text_is_the_same_bytes_in_one_thread_and_in_several(engine, cards, sounds):
    if engine.name not in {"hibari", "kokoro", "silent"}:
        pytest.skip("draws by chance, or is not ours to say")
    again = engine.synthesize(said(TEXTS[1]), cards[engine.name])
    np.testing.assert_array_equal(again.samples, sounds[TEXTS[1]].samples)


def test_longer_texts_take_longer(sounds):
    assert sounds[TEXTS[2]].duration > 2 * sounds[TEXTS[1]].duration


def test_an_engine_may_be_closed_twice(engine, cards):
    another = load(engine.name)
    another.synthesize(said(TEXTS[1]), cards[engine.name])
    another.close()
    another.close()


def test_words_alone_are_remembered_so_many_at_most_and_as_long_as_their_voice_is_there():
    made, text = load("piper"), "The night ferry, the night train."
    made.synthesize(said(text), voice_cards(Path("nowhere"))["joe"])
    kept = made._alone.cache_info()
    assert (kept.currsize, kept.maxsize) == (5, 4096)  # "night" once
    made.close()
    assert made._alone.cache_info().currsize == 0
    kokoro_engine._alone.cache_clear()
    kokoro_engine.read(text, "fr")
    assert kokoro_engine._alone.cache_info().currsize == 5, "not the sentence"


def test_a_version_is_part_of_the_clip_key(engine):
    assert engine.version


def test_an_unknown_engine_is_told_with_the_installed_ones():
    with pytest.raises(EngineNotFound, match="piper"):
        load("gramophone")


def test_a_higher_pitch_keeps_the_tempo():
    hibari = load("hibari")
    cards = voice_cards(Path("nowhere"))
    text = said("The quick brown fox jumps over the lazy dog, and the dog does not mind at all.")
    plain, bright = (hibari.synthesize(text, cards[name]).duration for name in ("heart", "heart-bright"))
    assert bright == pytest.approx(plain, rel=0.005)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"model": "hibari:assets/other.onnx"}, VoiceNotFound),
        ({"model": "no_such_package:model.onnx"}, VoiceNotFound),
        ({"sha256": "0" * 64}, SynthesisError),
    ],
)
def test_a_model_that_is_not_what_its_card_says_is_refused(change, error):
    card = {
        "name": "x",
        "engine": "hibari",
        "language": "en",
        "model": voice_cards(Path("nowhere"))["heart"].model,
        **change,
    }
    with pytest.raises(error, match="install"):
        load("hibari").synthesize(said("Hello."), Voice(**card))


def test_text_that_nobody_can_say_is_refused():
    with pytest.raises(SynthesisError, match="cut it"):
        load("hibari").synthesize(said("…"), voice_cards(Path("nowhere"))["heart"])


def test_a_told_sound_reaches_engines_that_take_it_and_others_get_the_words(engine, cards):
    marked = said("[Read](/ɹɛd/) it to [Siobhan's](/ʃɪˈvɔːnz/) [lead](/lɛd/).")

    taken = adapted(marked, engine, cards[engine.name])

    assert taken.spoken == (marked.spoken if engine.takes_ipa else "Read it to Siobhan's lead.")
    assert fault(engine.synthesize(taken, cards[engine.name]), "Read it to Siobhan's lead.") is None


def test_a_language_that_no_voice_reads_is_said_in_letters_that_it_knows_and_told(caplog):
    voice = voice_cards(Path("nowhere"))["heart"]
    quoted = Utterance(written="«Привет»", spoken="Привет", language="ru")

    taken = adapted(quoted, load("silent"), voice)

    assert taken.spoken == "Privet"
    assert "heart does not read ru, only its letters: «Привет»" in caplog.text
    assert adapted(replace(quoted, language="fr", spoken="déjà"), load("silent"), voice).spoken == "déjà"


def test_every_sign_of_ipa_that_is_told_is_said_or_shades_one_that_is(engine, cards):
    if not (engine.takes_ipa and hasattr(engine, "pronounced")):
        pytest.skip("is given the words alone")
    card = cards[engine.name]
    for sign in filterfalse(foreign_to_ipa, map(chr, range(0x20, 0x2190))):
        said = engine.pronounced(f"[x](/ˈa{sign}a/)", card)
        bare = engine.pronounced("[x](/ˈaa/)", card)
        assert said != bare or sign in SHADES or category(sign) == "Mn", sign


def test_the_embedded_voice_is_given_the_sound_that_is_told():
    voice = _load(voice_cards(Path("nowhere"))["joe"])

    def heard_as(text: str) -> str:
        return "".join(_phonemes(voice, text))

    assert heard_as("They [read](/ɹɛd/) it.") == "ðeɪ ɹˈɛd ɪt."
    assert heard_as("Then [Siobhan](/ʃɪˈvɔːn/), she said.") == "ðˈɛn ʃɪvˈɔːn, ʃiː sˈɛd."
    assert heard_as("[Tʃad](/t͡ʃæd/)!") == "tʃˈæd!"
    assert heard_as("a [[b]] c") == heard_as("a b c"), "brackets of a page are no sound"


def test_how_other_languages_sound_is_told_as_an_extra_where_it_is_missing(monkeypatch):
    monkeypatch.setattr(espeak, "find_spec", lambda _: None)
    espeak.phonemizer.cache_clear()
    with pytest.raises(ExtraNotFound, match=r"pip install \"audioed\[kokoro\]\""):
        espeak.sounds("Bom dia.", "pt-BR")

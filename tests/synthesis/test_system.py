"""The system's own voices: no sound is lost, whatever happens to the process that speaks."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from audioed.errors import SynthesisError, VoiceNotFound
from audioed.model import Utterance, Voice
from audioed.sound import Sound
from audioed.synthesis.engines import system
from audioed.synthesis.engines.system import PORTION, System, plain, plausible, portions
from audioed.voices.cards import shipped, voice_cards

linux = pytest.mark.skipif(sys.platform != "linux", reason="speaks with espeak-ng")
SENTENCE = "The council said on Monday that the new bridge would open in June. "
WORDS = SENTENCE.lower().rstrip(". ").split()


def utterance(text: str) -> Utterance:
    return Utterance(written=text, spoken=text)


def card(*, language: str = "en", model: str = "", rate: float = 1.0, pitch: float = 0.0) -> Voice:
    return Voice(name="system", engine="system", language=language, model=model, rate=rate, pitch=pitch)


def say(engine: System, text: str, voice: Voice | None = None) -> Sound:
    return engine.synthesize(utterance(text), voice or card())


def process_ids(engine: System) -> list[int]:
    return [each._process.pid for each in engine._processes]


def running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def soon(condition, seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.005)
    return condition()


@pytest.fixture
def engine() -> Iterator[System]:
    made = System()
    yield made
    made.close()


@pytest.fixture
def visible(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the loader finds an espeak-ng and its data, as if the system had one."""
    import espeakng_loader

    folder = Path(espeakng_loader.get_library_path()).parent
    monkeypatch.setenv("LD_LIBRARY_PATH", str(folder))
    monkeypatch.setenv("ESPEAK_DATA_PATH", str(folder))
    return folder


def test_the_computer_s_own_voice_speaks(engine: System, tmp_path: Path) -> None:
    voice = voice_cards(tmp_path)["system"]
    assert (shipped() / "system.toml").is_file()
    assert 0.3 < say(engine, "Hello, world.", voice).duration < 3.0


@linux
def test_no_utterance_is_lost_or_cut_when_several_threads_speak(engine: System) -> None:
    lengths = [1, 2, 3, 5, 8, 12, 20, 40, 80, 180] * 3
    texts = [" ".join(WORDS[(start + n) % len(WORDS)] for n in range(count)) for start, count in enumerate(lengths)]
    with ThreadPoolExecutor(4) as threads:
        sounds = list(threads.map(lambda text: say(engine, text), texts))
    for text, sound in zip(texts, sounds, strict=True):
        assert sound.rate == 22_050
        assert sound.samples.dtype == np.float32
        assert 0.2 < np.abs(sound.samples).max() <= 1.01
        assert 0.045 * len(text) < sound.duration < 0.5 + 0.085 * len(text)
    assert len(engine._processes) <= 4


@linux
def test_the_same_text_takes_the_same_time_again(engine: System) -> None:
    durations = [say(engine, SENTENCE).duration for _ in range(5)]
    assert max(durations) - min(durations) < 0.01


@linux
def test_rate_and_pitch_do_what_the_voice_card_says(engine: System) -> None:
    def pitch_of(sound: Sound) -> float:
        spectrum = np.abs(np.fft.rfft(sound.samples * np.hanning(len(sound.samples))))
        power = np.fft.irfft(spectrum**2)
        shortest, longest = sound.rate // 350, sound.rate // 50
        return sound.rate / (shortest + np.argmax(power[shortest:longest]))

    plain_sound = say(engine, "aaaa")
    high = say(engine, "aaaa", card(pitch=6.0))
    assert pitch_of(high) / pitch_of(plain_sound) == pytest.approx(2**0.5, rel=0.12)
    fast = say(engine, SENTENCE, card(rate=2.0)).duration
    assert fast < 0.7 * say(engine, SENTENCE).duration


@linux
def test_an_unknown_voice_or_language_is_named_and_leaves_the_process_alive(engine: System) -> None:
    for voice in (card(model="gmw/nobody"), card(language="xx")):
        with pytest.raises(VoiceNotFound, match="set its `model` to another"):
            say(engine, "Hello.", voice)
    assert say(engine, "Guten Tag.", card(language="de-AT")).duration > 0.3
    assert say(engine, "Good day.", card(model="gmw/en-US")).duration > 0.3
    assert len(engine._processes) == 1


@linux
def test_a_process_killed_between_two_utterances_is_replaced_unnoticed(
    engine: System, caplog: pytest.LogCaptureFixture
) -> None:
    say(engine, "One.")
    (pid,) = process_ids(engine)
    (process,) = engine._processes
    os.kill(pid, signal.SIGKILL)
    assert soon(lambda: not process.alive)
    assert say(engine, "Two.").duration > 0.1
    assert process_ids(engine) != [pid]
    assert not caplog.records


def interrupted(engine: System, text: str, times: int, kind: int) -> Sound:
    """This text, while its first processes get a signal in the middle of it."""
    with ThreadPoolExecutor(1) as thread:
        saying = thread.submit(say, engine, text)
        hit: set[int] = set()
        while len(hit) < times and not saying.done():
            fresh = set(process_ids(engine)) - hit
            time.sleep(0.02)
            hit |= {pid for pid in fresh if os.kill(pid, kind) is None}
        return saying.result()


@linux
def test_an_utterance_whose_process_is_killed_is_said_again_once(engine: System) -> None:
    text = SENTENCE * 400
    assert interrupted(engine, text, 1, signal.SIGKILL).duration > 0.045 * len(text)
    with pytest.raises(SynthesisError, match="failed twice at “The council said") as failure:
        interrupted(engine, text, 9, signal.SIGKILL)  # one that is hit before it is asked is replaced unnoticed
    assert failure.value.text == text
    assert say(engine, "And on it goes.").duration > 0.5


@linux
def test_a_process_that_hangs_is_killed(engine: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "PATIENCE", 2.0)
    assert interrupted(engine, SENTENCE * 400, 1, signal.SIGSTOP).duration > 1000


@linux
def test_a_voice_that_swallows_words_is_not_believed(engine: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "FASTEST", 0.5)
    with pytest.raises(SynthesisError, match=r"failed twice .*only 3\.\d\d s of sound.* give the role another voice"):
        say(engine, SENTENCE)
    assert not engine._processes


@linux
def test_a_text_that_crashes_the_ordinary_driver_is_spoken_whole(engine: System) -> None:
    text = (SENTENCE * 400)[:24_000]
    assert 0.045 * len(text) < say(engine, text).duration < 0.085 * len(text)


@linux
@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Žluťoučký kůň — “naïve” café, 50 % of €3…", 2.5, 12),
        ("a\u0000b\u0001" + "99P\u0001220S c\u001b[0m \u202edone\u2028now", 1.5, 8),
        ("<break time='90s'/> <voice name='de'>hello</voice>", 2.0, 12),
        ("hello [[h@l'oU]] [[slnc 90000]] world", 2.5, 12),
        ("lone \ud800 surrogate", 0.6, 4),
        ("soft\u00adly", 0.3, 1.2),
        ("🙂", 0.5, 4),
        ("漢字", 0.5, 4),
    ],
)
def test_odd_characters_and_markup_are_spoken_as_text(engine: System, text: str, least: float, most: float) -> None:
    assert least < say(engine, text).duration < most


@linux
@pytest.mark.parametrize("text", ["", "   ", "\u0001", "…", "• — ?!"])
def test_what_cannot_be_heard_is_refused(engine: System, text: str) -> None:
    with pytest.raises(SynthesisError, match=r"nothing is heard of .* cut it from the script"):
        say(engine, text)


@linux
def test_the_packaged_espeak_ng_speaks_when_the_system_has_none(engine: System) -> None:
    engine._mode = ("packaged",)
    assert say(engine, "Hello.").duration > 0.3
    (process,) = engine._processes
    assert "espeakng_loader" in process.about["library"]
    assert engine.version.startswith("pyttsx3 2.99-1, espeak-ng 1.")


@linux
def test_the_system_s_espeak_ng_is_preferred(engine: System, visible: Path) -> None:
    assert visible.is_dir()
    assert say(engine, "Hello.").duration > 0.3
    (process,) = engine._processes
    assert process.about["library"] == "libespeak-ng.so.1"


@linux
def test_an_espeak_ng_without_its_data_is_passed_over(
    engine: System, visible: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(visible / "libespeak-ng.so", tmp_path / "libespeak-ng.so.1")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    monkeypatch.delenv("ESPEAK_DATA_PATH")
    assert say(engine, "Hello.").duration > 0.3


@linux
def test_the_way_through_the_ordinary_drivers_waits_for_the_file(
    engine: System,
    visible: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert visible.is_dir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    engine._mode = ("saved", "espeak")
    short, long = say(engine, "Hello."), say(engine, SENTENCE * 3, card(rate=1.1))
    assert 0.3 < short.duration < 2
    assert long.duration > 6
    with pytest.raises(VoiceNotFound):
        say(engine, "Hello.", card(language="xx"))
    assert "espeak" in engine.version
    assert not engine._processes
    assert not list(tmp_path.iterdir())
    assert capfd.readouterr().out == ""


@linux
def test_a_driver_that_is_not_there_is_named(engine: System) -> None:
    engine._mode = ("saved", "nsss")
    with pytest.raises(SynthesisError, match=r"failed twice at “Hello\.”.*ModuleNotFoundError"):
        say(engine, "Hello.")


@linux
def test_nothing_is_left_running_and_nothing_printed(capfd: pytest.CaptureFixture[str]) -> None:
    engine = System()
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda text: say(engine, text), [SENTENCE * 10] * 6))
    pids = process_ids(engine)
    engine.close()
    engine.close()
    assert pids
    assert not any(map(running, pids))
    assert capfd.readouterr() == ("", "")
    with pytest.raises(SynthesisError, match="the engine is closed"):
        say(engine, "Hello.")


@linux
def test_closing_ends_an_utterance_in_the_middle(engine: System) -> None:
    failures: list[Exception] = []

    def speak() -> None:
        try:
            say(engine, SENTENCE * 3000)
        except SynthesisError as error:
            failures.append(error)

    thread = threading.Thread(target=speak)
    thread.start()
    assert soon(lambda: bool(process_ids(engine)))
    pids = process_ids(engine)
    engine.close()
    thread.join(10)
    assert len(failures) == 1
    assert not any(map(running, pids))


@linux
def test_the_processes_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "from audioed.model import Utterance, Voice\n"
        "from audioed.synthesis.engines.system import System\n"
        "engine = System()\n"
        "voice = Voice(name='system', engine='system', language='en')\n"
        "engine.synthesize(Utterance(written='a', spoken='a'), voice)\n"
        "print(next(iter(engine._processes))._process.pid, flush=True)\n"
        "long = 'One two three four five. ' * 100_000\n"
        "engine.synthesize(Utterance(written='b', spoken=long), voice)\n"
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        pid = int(parent.stdout.readline())
        time.sleep(0.3)
        assert running(pid)
        parent.kill()
    assert soon(lambda: not running(pid), 5)


@pytest.mark.parametrize(
    "text",
    [SENTENCE * 20, "word " * 400, "a" * 1000, "漢字。" * 300, "One, two; three: four " * 60, "é" * 700, ""],
)
def test_pieces_are_short_and_lose_nothing(text: str) -> None:
    parts = list(portions(text))
    assert all(part and len(part.encode()) <= PORTION for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_pieces_end_where_a_reader_would_breathe() -> None:
    assert all(part.endswith("June.") for part in portions(SENTENCE * 20))
    assert all(part[-1] in ",;" for part in list(portions("one two, three four; " * 60)))
    assert all(part.endswith("word") for part in portions("word " * 400))


def test_only_invisible_characters_are_taken_from_a_text() -> None:
    assert plain("a\u0001b\u00adc\ud800 x\u200dy\n") == "a bc  x\u200dy "
    assert plain("<b> [[x]] & 🙂 漢") == "<b> [[x]] & 🙂 漢"


def test_a_sound_shorter_than_any_reader_is_not_believed() -> None:
    assert plausible("Hello there.", 0.7, 1.0)
    assert plausible("Hello there.", 0.1, 2.0)
    assert not plausible("Hello there.", 0.1, 1.0)
    assert not plausible("a", 0.0, 1.0)
    assert plausible("…", 0.0, 1.0)

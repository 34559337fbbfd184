"""
The process in which the system's voices speak: a crash in there costs one utterance, not the edition.

It is run by path and imports nothing of audioed. What it is asked comes as
length and JSON on stdin; it answers with frames of kind, length and bytes:

    READY   JSON: version, library          once, when it can speak
    SAMPLES 16-bit little-endian mono PCM   one for each piece of the text
    DONE    samples a second, in digits     the utterance is complete
    UNKNOWN voices that could be named      the voice that was asked for is not there
    FAILED  what went wrong                 the process must not be used again
"""

import ctypes
import json
import os
import queue
import signal
import struct
import sys
import threading
import time
import wave
from collections.abc import Iterator
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

READY, SAMPLES, DONE, UNKNOWN, FAILED = b"R", b"S", b"D", b"U", b"F"
HEADER = struct.Struct("<cI")
LENGTH = struct.Struct("<I")

WORDS_PER_MINUTE = 175, 80, 450
"""espeak-ng's default and its bounds."""
PITCHES_PER_OCTAVE = 50
"""Of espeak-ng's scale, on which 50 is the voice's own pitch and 0 an octave below."""
PHONEMES = 0x100
"""For espeak_Synth (speak_lib.h): what stands in double brackets is phonemes."""
DONT_EXIT = 0x8000
"""For espeak_Initialize: answer with -1 instead of ending the process when the data is missing."""
STILL, GIVE_UP = 0.3, 30.0
"""Seconds after which a file that no longer grows is complete, and after which nobody is writing it."""


class VoiceUnknown(Exception):
    """The voice that was asked for is not there; says which are."""


class Espeak:
    """
    espeak-ng through pyttsx3's binding: it answers when the last sample is there.

    Not through pyttsx3's driver, which does not wait for its sound and hands
    espeak-ng ten times the memory that the text has.
    """

    def __init__(self, *, packaged: bool) -> None:
        import espeakng_loader

        own = Path(espeakng_loader.get_library_path()).absolute()
        for name in [str(own)] if packaged else ["libespeak-ng.so.1", str(own)]:
            folder = own.parent if name == str(own) else None
            if self._opened(name, folder):
                break
        else:
            raise OSError("neither the system's espeak-ng nor the packaged one can be opened")
        self.about = {"version": f"espeak-ng {self._binding.Info(None).decode(errors='replace')}", "library": name}
        self._samples = bytearray()
        self._complete = False
        self._callback = self._binding.t_espeak_callback(self._collect)  # espeak-ng keeps only the address
        self._binding.cSetSynthCallback(self._callback)

    def _opened(self, name: str, folder: Path | None) -> bool:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            return False
        # The binding opens the library on import, by names of its own choice.
        vars(ctypes.cdll)["LoadLibrary"] = lambda _name: library
        sys.modules.pop("pyttsx3.drivers._espeak", None)
        self._binding: Any = import_module("pyttsx3.drivers._espeak")
        del vars(ctypes.cdll)["LoadLibrary"]
        if folder:
            os.chdir(folder)  # espeak-ng cuts a path to its data at 160 bytes
        mode = self._binding.AUDIO_OUTPUT_SYNCHRONOUS
        self.rate = self._binding.Initialize(mode, 1000, b"." if folder else None, DONT_EXIT)
        return bool(self.rate > 0)

    def _collect(self, samples: Any, count: int, _events: Any) -> int:
        if samples:
            self._samples += ctypes.string_at(samples, 2 * count)
        else:
            self._complete = True
        return 0

    def say(self, request: dict[str, Any]) -> Iterator[bytes]:
        """The sound of every piece of the text."""
        binding = self._binding
        self._choose(request["model"], request["language"].lower() or "en")
        default, slowest, fastest = WORDS_PER_MINUTE
        binding.SetParameter(binding.RATE, max(slowest, min(fastest, round(default * request["rate"]))), 0)
        pitch = round(50 + PITCHES_PER_OCTAVE * request["pitch"] / 12)
        binding.SetParameter(binding.PITCH, max(0, min(99, pitch)), 0)
        *inner, last = request["pieces"]
        for portion in inner:  # followed by espeak-ng's own pause for that mark; the last by the script's
            yield self._sound(portion, 0 if portion[-1].isalnum() else binding.ENDPAUSE)
        yield self._sound(last, 0)

    def _sound(self, portion: str, flags: int) -> bytes:
        self._samples.clear()
        self._complete = False
        text = portion.encode()
        answer = self._binding.cSynth(
            text,
            len(text) + 1,
            0,
            self._binding.POS_CHARACTER,
            0,
            self._binding.CHARS_UTF8 | PHONEMES | flags,
            None,
            None,
        )
        if answer != self._binding.EE_OK or not self._complete:
            raise ValueError(f"espeak-ng broke off with code {answer}")
        return bytes(self._samples)

    def _choose(self, model: str, language: str) -> None:
        binding = self._binding
        wanted = binding.VOICE(languages=language.encode())
        found = binding.SetVoiceByName(model.encode()) if model else binding.SetVoiceByProperties(wanted)
        if found != binding.EE_OK:
            raise VoiceUnknown(
                _likely([each.identifier.decode(errors="replace") for each in binding.ListVoices()], model or language)
            )


class Saved:
    """The ordinary pyttsx3 drivers (`nsss`, `sapi5`), which write a file: one utterance in the life of a process."""

    def __init__(self, driver: str) -> None:
        self.about = {"version": driver, "library": driver}
        self.rate = 0
        self._driver = driver

    def say(self, request: dict[str, Any]) -> Iterator[bytes]:
        """The sound of the text, once its file is complete."""
        import pyttsx3

        engine = pyttsx3.init(self._driver)
        faults: list[object] = []
        engine.connect("error", lambda exception=None, **_about: faults.append(exception))
        if chosen := self._chosen(engine, request["model"], request["language"]):
            engine.setProperty("voice", chosen)
        if request["rate"] != 1:
            engine.setProperty("rate", round(engine.getProperty("rate") * request["rate"]))
        # NSSpeechSynthesizer obeys commands in [[ ]], SAPI takes a text that starts with < for XML.
        text = " ".join(request["pieces"]).replace("[[", "[ [").replace("<", " ").strip()
        file = Path("utterance.aiff" if self._driver == "nsss" else "utterance.wav").absolute()
        engine.save_to_file(text, str(file))
        engine.runAndWait()
        if faults:
            raise ValueError(f"{self._driver} says: {faults[0]}")
        yield self._frames(file)

    @staticmethod
    def _chosen(engine: Any, model: str, language: str) -> str | None:
        """The id of the voice to ask for; None where the system's own choice speaks the language."""
        tongues: dict[str, list[str]] = {
            each.id: [str(tongue).replace("_", "-").lower() for tongue in each.languages or ()]
            for each in engine.getProperty("voices")
        }
        if model:
            if model not in tongues:
                raise VoiceUnknown(_likely(list(tongues), model))
            return model
        wanted = language.replace("_", "-").lower()
        if any(tongue.split("-")[0] == wanted.split("-")[0] for tongue in tongues.get(engine.getProperty("voice"), ())):
            return None
        exact = [name for name, spoken in tongues.items() if wanted in spoken]
        near = [
            name for name, spoken in tongues.items() for each in spoken if each.split("-")[0] == wanted.split("-")[0]
        ]
        if not exact + near:
            raise VoiceUnknown(_likely(list(tongues), language))
        return (exact + near)[0]

    def _frames(self, file: Path) -> bytes:
        """The samples in the file, as soon as nobody writes to it any more."""
        size, since = -1, time.monotonic()
        while size <= 0 or time.monotonic() - since < STILL:
            now = file.stat().st_size if file.exists() else 0
            if now != size:
                size, since = now, time.monotonic()
            elif time.monotonic() - since > GIVE_UP:
                raise TimeoutError(f"{self._driver} wrote nothing")
            time.sleep(STILL / 10)
        with wave.open(str(_as_wav(file)), "rb") as reader:
            self.rate = reader.getframerate()
            frames = reader.readframes(reader.getnframes())
            if (reader.getnchannels(), reader.getsampwidth()) != (1, 2) or len(frames) != 2 * reader.getnframes():
                raise ValueError(f"{self._driver} wrote a file that is not 16-bit mono, or half of one")
        return frames


def _as_wav(file: Path) -> Path:
    """The file itself, or what macOS's own tool makes of the AIFF that its voices write."""
    import subprocess

    with file.open("rb") as opened:
        if opened.read(4) == b"RIFF":
            return file
    made = file.with_suffix(".converted.wav")
    command = ["/usr/bin/afconvert", "-f", "WAVE", "-d", "LEI16", "-c", "1", str(file), str(made)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return made


def _likely(names: list[str], wanted: str) -> str:
    return ", ".join(get_close_matches(wanted, names, n=6, cutoff=0.5) or names[:6])


def _listen(requests: "queue.SimpleQueue[dict[str, Any]]") -> None:
    """Requests from stdin; the process ends with the one that asks, even while it speaks."""
    while len(header := sys.stdin.buffer.read(LENGTH.size)) == LENGTH.size:
        requests.put(json.loads(sys.stdin.buffer.read(*LENGTH.unpack(header))))
    os._exit(0)


def main(mode: str, driver: str = "") -> None:
    """Answer requests: `direct` or `packaged` speak with espeak-ng, `saved` with a pyttsx3 driver, once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print must not get between the frames

    def answer(kind: bytes, content: bytes) -> None:
        answers.write(HEADER.pack(kind, len(content)) + content)
        answers.flush()

    requests: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    try:
        voice = Saved(driver) if mode == "saved" else Espeak(packaged=mode == "packaged")
        answer(READY, json.dumps(voice.about).encode())
        while True:
            request = requests.get()
            try:
                for samples in voice.say(request):
                    answer(SAMPLES, samples)
                answer(DONE, str(voice.rate).encode())
            except VoiceUnknown as unknown:
                answer(UNKNOWN, str(unknown).encode())
            if mode == "saved":
                break
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent tells the user
        answer(FAILED, f"{type(error).__name__}: {error}".encode())
    os._exit(0)  # drivers crash when they are taken down in order


if __name__ == "__main__":
    main(*sys.argv[1:])

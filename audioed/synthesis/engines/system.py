"""The operating system's own voices, through pyttsx3, each utterance in a process that may die without harm."""

import json
import logging
import re
import struct
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from importlib.metadata import version
from itertools import repeat
from pathlib import Path
from platform import release
from subprocess import DEVNULL, PIPE, Popen
from tempfile import TemporaryDirectory
from typing import IO, cast

import numpy as np

from audioed.errors import SynthesisError, VoiceNotFound
from audioed.languages import primary
from audioed.model import Seconds, Utterance, Voice
from audioed.sound import PEAK, Sound
from audioed.synthesis.engines import system_worker as worker
from audioed.synthesis.engines.mnemonics import in_letters, unbracketed
from audioed.synthesis.faults import AUDIBLE

PORTION = 300
"""Bytes of text that are spoken at once; nearly every utterance is shorter."""
BREATHS = (r"[.!?…][\"'”’)\]]*\s+|[。！？]", r"[,;:][\"'”’)\]]*\s+|[—–、，；：]\s*", r"\s+")
"""Where a reader would rather breathe, best first: after a sentence, a clause, a word."""
FASTEST: Seconds = 0.015
"""For a letter: 12,000 sentences read in eight languages need 0.05 or more, a row of one letter 0.02."""
OURS = 1
"""Raised when what the voices are told changes."""
PATIENCE: Seconds = 60.0
"""For one piece, which takes milliseconds."""
ESPEAK = ("direct",)
DRIVERS = {"darwin": ("saved", "nsss"), "win32": ("saved", "sapi5")}
"""Everywhere else espeak-ng speaks."""
log = logging.getLogger(__name__)


class System:
    """
    The voices that the computer has: espeak-ng on Linux, Apple's on macOS, Microsoft's on Windows.

    Every thread that calls has a process to itself: the libraries hold one
    utterance at a time, and crash. `voice.rate` multiplies the system's usual
    words a minute (espeak-ng: 175, kept between 80 and 450). `voice.pitch`
    moves espeak-ng's pitch by up to an octave, formants stay; the other drivers
    of pyttsx3 know no pitch.
    """

    name = "system"
    takes_ipa = True

    def __init__(self) -> None:
        self._mode = DRIVERS.get(sys.platform, ESPEAK)
        self._guard = threading.Lock()
        self._processes: set[_Process] = set()
        self._idle: list[_Process] = []
        self._closed = False

    @cached_property
    def version(self) -> str:
        """Of pyttsx3 and of what speaks; the first look at it starts a process."""
        try:
            with self._process() as process:
                speaker = process.about["version"]
        except _Broken as error:
            raise SynthesisError(
                f"the system's voices do not start ({error}); give the roles a voice of another engine."
            ) from error
        return f"pyttsx3 {version('pyttsx3')}-{OURS}, {speaker}" + (f" {release()}" if self._mode[0] == "saved" else "")

    def synthesize(self, utterance: Utterance, voice: Voice, /) -> Sound:
        """The sound of the utterance; a process that dies, hangs or swallows words is replaced once."""
        parts = list(portions(plain(self._told(utterance, voice))))
        start = f"“{utterance.written[:60]}”"
        try:
            try:
                sound = self._synthesized(parts, voice)
            except _Broken as error:
                log.warning("%s is spoken again in a new process: %s", start, error)
                sound = self._synthesized(parts, voice)
        except _Broken as error:
            raise SynthesisError(
                f"the system's voice failed twice at {start} ({error}); give the role another voice or cut the text.",
                text=utterance.written,
            ) from error
        if not _audible(sound):
            sentence = f"nothing is heard of {start} in the voice {voice.name!r}; cut it from the script."
            raise SynthesisError(sentence, text=utterance.written)
        return sound

    def _told(self, utterance: Utterance, voice: Voice) -> str:
        """What the driver is to say; of espeak-ng's English also how words sound."""
        is_told = self._mode == ESPEAK and primary(voice.language) == "en"
        return in_letters(utterance.spoken, voice.language) if is_told else unbracketed(utterance.spoken)

    def close(self) -> None:
        """End every process, those that speak included."""
        with self._guard:
            self._closed = True
            ending = list(self._processes)
        for process in ending:
            self._end(process)

    def _synthesized(self, parts: list[str], voice: Voice) -> Sound:
        if not parts:
            return Sound(samples=np.zeros(0, np.float32), rate=1)
        with self._process() as process:
            sound = process.say(parts, voice)
            if any(map(str.isalnum, "".join(parts))) and not _audible(sound):
                raise _Broken("only silence")
        return sound

    @contextmanager
    def _process(self) -> "Iterator[_Process]":
        """A process for this thread alone, kept for the next one unless it failed."""
        with self._guard:
            process = self._idle.pop() if self._idle else None
        if process and not process.alive:
            self._end(process)
            process = None
        process = process or _Process(self._mode)
        with self._guard:
            self._processes.add(process)
        if self._closed:
            self._end(process)
            raise _Broken("the engine is closed")
        try:
            yield process
        except BaseException as error:  # Ctrl-C too: what it was saying would be taken for the next answer
            if not isinstance(error, VoiceNotFound):
                self._end(process)
            raise
        finally:
            if process.once:
                self._end(process)
            with self._guard:
                if process in self._processes:
                    self._idle.append(process)

    def _end(self, process: "_Process") -> None:
        with self._guard:
            self._processes.discard(process)
        process.end()


def plain(text: str) -> str:
    """The text without control, private and invisible characters: espeak-ng takes some of them for commands."""
    kept = (each for each in text if unicodedata.category(each) != "Cf" or each in "\u200c\u200d")
    return "".join(" " if unicodedata.category(each) in {"Cc", "Co", "Cs", "Zl", "Zp"} else each for each in kept)


def portions(text: str, limit: int = PORTION) -> Iterator[str]:
    """The text in pieces of at most `limit` bytes, cut where a reader would breathe."""
    rest = text.strip()
    while len(rest[: limit + 1].encode()) > limit:
        window = rest[:limit].encode()[:limit].decode(errors="ignore")
        ends = ([match.end() for match in re.finditer(breath, window)] for breath in BREATHS)
        cut = next((found[-1] for found in ends if found and found[-1] > len(window) // 3), len(window))
        yield rest[:cut].strip()
        rest = rest[cut:].strip()
    if rest:
        yield rest


def plausible(text: str, seconds: Seconds, rate: float) -> bool:
    """Whether that much sound can be this text at this tempo."""
    return seconds >= sum(map(str.isalnum, text)) * FASTEST / max(1.0, rate)


def _audible(sound: Sound) -> bool:
    return bool(np.abs(sound.samples).max(initial=0) > AUDIBLE)


class _Broken(Exception):
    """A process that must not be used again."""


class _Process:
    """One process of `system_worker`, run by path so that it imports nothing of audioed."""

    def __init__(self, mode: tuple[str, ...]) -> None:
        self.once = mode[0] == "saved"
        self._folder = TemporaryDirectory(prefix="audioed-", ignore_cleanup_errors=True) if self.once else None
        command = [sys.executable, "-P", str(Path(worker.__file__).absolute()), *mode]
        window = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would show one for each process
        folder = self._folder.name if self._folder else None
        self._process = Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=folder, creationflags=window)
        self._in, self._out = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        try:
            self.about = json.loads(self._answer(PATIENCE)[1])
        except BaseException:  # Ctrl-C too: a process that nobody knows of would stay
            self.end()
            raise

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def say(self, parts: list[str], voice: Voice) -> Sound:
        """The sound of these pieces in a row."""
        card = {name: getattr(voice, name) for name in ("model", "language", "rate", "pitch")}
        request = json.dumps({"pieces": parts, **card}).encode()
        try:
            self._in.write(worker.LENGTH.pack(len(request)) + request)
            self._in.flush()
        except (OSError, ValueError) as error:  # ValueError: the engine was closed meanwhile
            raise _Broken("its process has ended") from error
        patience = PATIENCE + (0.05 * sum(map(len, parts)) if self.once else 0)  # nearly as long as reading it aloud
        chunks: list[bytes] = []
        while (answer := self._answer(patience))[0] == worker.SAMPLES:
            chunks.append(answer[1])
        kind, content = answer
        if kind == worker.UNKNOWN:
            raise VoiceNotFound(
                f"the system has no voice {voice.model or voice.language!r} for the voice card {voice.name!r}; "
                f"set its `model` to another ({content.decode(errors='replace')}) or install that voice.",
                voice=voice.name,
            )
        rate = int(content)
        texts = [" ".join(parts)] if self.once else parts
        seconds = [len(samples) / 2 / rate for samples in chunks]
        if len(chunks) != len(texts) or not all(map(plausible, texts, seconds, repeat(voice.rate))):
            raise _Broken(f"only {sum(seconds):.2f} s of sound")
        return Sound(samples=np.frombuffer(b"".join(chunks), "<i2").astype(np.float32) / np.float32(PEAK), rate=rate)

    def end(self) -> None:
        """Kill it, wait for its end, and remove what it left."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._in, self._out):
            with suppress(OSError):  # a request that nobody will read
                pipe.close()
        if self._folder:
            self._folder.cleanup()

    def _answer(self, patience: Seconds) -> tuple[bytes, bytes]:
        """The next frame; a process that keeps silent for too long is killed, which ends the reading."""
        timer = threading.Timer(patience, self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            kind, length = worker.HEADER.unpack(self._out.read(worker.HEADER.size))
            content = self._out.read(length)
        except (struct.error, ValueError, OSError) as error:
            raise _Broken(f"its process ended with code {self._process.wait()}") from error
        finally:
            timer.cancel()
        if kind == worker.FAILED or len(content) != length:
            raise _Broken(content.decode(errors="replace") if kind == worker.FAILED else "its process broke off")
        return kind, content

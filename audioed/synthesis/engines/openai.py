"""Voices of any server that has OpenAI's speech API: OpenAI's own, or one in your own house."""

import os
import re
import struct
import threading
from base64 import b64encode
from typing import Any
from urllib.parse import quote

import numpy as np

from audioed.addresses import authorization, credentials, without_user
from audioed.errors import SynthesisError
from audioed.model import Utterance, Voice
from audioed.sound import PEAK, Sound, faster

KEY = "OPENAI_API_KEY"
"""Environment variable with the key; a server of one's own may need none."""
AT_ONCE = 4
"""Requests; more are refused by servers sooner than they are answered."""
TIMEOUT = 120.0
"""Seconds for an answer."""
TRIES = 4
BUSY = (429, 500, 502, 503, 504)
"""Answers after which a server is asked again, when it says or after 1, 2, 4 and 8 seconds."""
LONGEST = 64_000_000
"""Bytes of an answer: ten minutes of sound."""
ECHOED, TOLD = 4000, 200
"""Characters of a refusal that are looked at, and that are told."""
PART = 6
"""Characters of a secret in a row that are not shown; servers quote the beginning and the end of a wrong key."""
_FORMAT = struct.Struct("<HHIIHH")


class OpenAI:
    """A server's voices: the card's `model`, `speaker` and `address`."""

    name = "openai"
    takes_ipa = False

    def __init__(self) -> None:
        self.version = "1"
        self._at_once = threading.BoundedSemaphore(AT_ONCE)
        self._making = threading.Lock()
        self._pool: Any = None

    def synthesize(self, utterance: Utterance, voice: Voice, /) -> Sound:
        """The sound of the utterance, at the rate that the server chooses."""
        shift = 2 ** (voice.pitch / 12)
        asked = {
            "model": voice.model,
            "input": utterance.spoken,
            "voice": voice.speaker,
            "response_format": "wav",
            "speed": round(voice.rate / shift, 3),
        }
        with self._at_once:
            return faster(from_server(self._answer(asked, voice), voice), shift)

    def close(self) -> None:
        """Let go of the connections."""
        if self._pool is not None:
            self._pool.clear()

    def _answer(self, asked: dict[str, object], voice: Voice) -> bytes:
        from urllib3.exceptions import HTTPError

        address = f"{without_user(voice.address).rstrip('/')}/audio/speech"
        key, login = _key(), credentials(voice.address)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        if login and not key:
            headers = authorization(login)
        try:
            answer = self._connections().request(
                "POST", address, json=asked, headers=headers, timeout=TIMEOUT, preload_content=False, redirect=False
            )
            data: bytes = answer.read(LONGEST)
            answer.release_conn()
        except (HTTPError, OSError) as error:
            raise SynthesisError(
                f"{address} of the voice {voice.name!r} does not answer ({type(error).__name__}); check the address in "
                "its card, and start again to continue.",
                text=str(asked["input"]),
            ) from error
        if answer.status in {401, 403}:
            raise SynthesisError(f"{address} refuses the key; set {KEY} to one that is valid there.")
        if answer.status != 200:  # noqa: PLR2004  OK
            sent = headers.get("Authorization", "").partition(" ")[2]
            told = redacted(" ".join(data[:ECHOED].decode("utf-8", "replace").split()), sent, *(login or ()))[:TOLD]
            raise SynthesisError(
                f"{address} answers {answer.status} ({told}); check model and speaker of the voice {voice.name!r}.",
                text=str(asked["input"]),
            )
        return data

    def _connections(self) -> Any:
        with self._making:
            if self._pool is None:
                import urllib3

                again = urllib3.Retry(
                    TRIES,
                    connect=1,
                    backoff_factor=1,
                    status_forcelist=BUSY,
                    allowed_methods=None,
                    raise_on_status=False,
                )
                self._pool = urllib3.PoolManager(maxsize=AT_ONCE, retries=again)
            return self._pool


def _key() -> str:
    """The key; SynthesisError for one that no header can hold, which other libraries would print."""
    key = os.environ.get(KEY, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise SynthesisError(f"{KEY} holds characters that no key has; set it again.")
    return key


def redacted(text: str, *secrets: str) -> str:
    """A text in which "…" stands for the secrets, however they are quoted and wherever they are cut."""
    plain, hidden = text.lower(), [False] * len(text)
    if len(plain) != len(text):  # a letter that is two in lower case
        plain = text
    forms = {form for each in secrets if each for form in (each, quote(each), b64encode(each.encode()).decode("ascii"))}
    for secret in map(str.lower, forms):
        length = min(PART, len(secret))
        for part in {secret[start : start + length] for start in range(len(secret) - length + 1)}:
            start = plain.find(part)
            while start >= 0:
                hidden[start : start + length] = [True] * length
                start = plain.find(part, start + 1)
    shown = "".join("\0" if gone else letter for letter, gone in zip(text, hidden, strict=True))
    return re.sub("\0+", "…", shown)


def from_server(data: bytes, voice: Voice) -> Sound:
    """A 16-bit WAV file as servers stream it: with lengths in its header that nobody knew when it was sent."""
    place, rate, channels = 12, 0, 0
    while data[:4] == b"RIFF" and place + 8 <= len(data):
        name, size = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        if name == b"fmt " and place + 8 + _FORMAT.size <= len(data):
            kind, channels, rate, _, _, bits = _FORMAT.unpack_from(data, place + 8)
            if bits != 16 or kind not in {1, 0xFFFE}:  # noqa: PLR2004  PCM of 16 bits
                break
        if name == b"data" and rate and channels:
            held = data[place + 8 : place + 8 + size]
            samples = np.frombuffer(held[: len(held) // (2 * channels) * 2 * channels], "<i2")
            whole = samples.reshape(-1, channels)
            return Sound(samples=whole.mean(axis=1, dtype=np.float32) / np.float32(PEAK), rate=rate)
        place += 8 + size + size % 2
    raise SynthesisError(
        f"{without_user(voice.address)} of the voice {voice.name!r} does not send a 16-bit WAV file; name a server "
        "with OpenAI's speech API in its card."
    )

"""The name under which a clip is kept: everything that its sound follows from, and nothing else."""

import hashlib
import json

from audioed.addresses import without_user
from audioed.model import Utterance, Voice
from audioed.synthesis.engine import Engine

KEY_VERSION = 2
"""Raised when audioed itself treats the same answer of an engine differently."""


def clip_key(utterance: Utterance, voice: Voice, engine: Engine) -> str:
    """Content key, 64 hexadecimal digits; the same words in the same voice have the same key on every machine."""
    speaker = [each for each in (voice.speaker, without_user(voice.address)) if each]
    follows_from = [
        KEY_VERSION,
        engine.name,
        engine.version,
        [voice.language, voice.model, voice.sha256, voice.rate, voice.pitch, *speaker],
        utterance.spoken,
    ]
    return hashlib.sha256(json.dumps(follows_from).encode()).hexdigest()

"""A sound played on this machine's own loudspeakers, with the player that it has."""

import io
import subprocess
import sys
import wave
from pathlib import Path
from tempfile import TemporaryDirectory

from audioed.machine import program

PLAYERS = {
    "paplay": (),
    "pw-play": (),
    "aplay": ("-q",),
    "afplay": (),
    "ffplay": ("-nodisp", "-autoexit", "-loglevel", "error"),
    "play": ("-q",),
}
"""Of Linux's sound servers and drivers, of macOS, of FFmpeg and of SoX, with what keeps them from talking."""


SPARE = 10.0
"""Seconds that a player may take beside those of the sound."""


def play(wav: bytes) -> str:
    """Play a WAV file to its end; why nothing is heard, where nothing is."""
    with TemporaryDirectory(prefix="audioed-", ignore_cleanup_errors=True) as folder:
        file = Path(folder, "word.wav")
        file.write_bytes(wav)
        return _on_windows(file) if sys.platform == "win32" else _with_a_player(file, seconds(wav) + SPARE)


def seconds(wav: bytes) -> float:
    """How long a WAV file plays."""
    with wave.open(io.BytesIO(wav)) as sound:
        frames, rate = sound.getnframes(), sound.getframerate()
    return float(frames / rate)


def _with_a_player(file: Path, patience: float) -> str:
    found = [(path, PLAYERS[name]) for name in PLAYERS if (path := program(name))]
    if not found:
        return f"no player was found ({', '.join(PLAYERS)})"
    for path, options in found:
        if _plays([path, *options, str(file)], patience):
            return ""
    return f"{Path(found[0][0]).name} found no loudspeaker"


def _plays(command: list[str], patience: float) -> bool:
    """Whether a player has played; not where it cannot be started, or is not done after so many seconds."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=patience)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and b"open failed" not in done.stderr  # as ffplay says, and ends well


def _on_windows(file: Path) -> str:
    import winsound

    try:
        winsound.PlaySound(str(file), winsound.SND_FILENAME)  # type: ignore[attr-defined,unused-ignore]
    except RuntimeError:
        return "Windows found no loudspeaker"
    return ""

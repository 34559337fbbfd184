import io
import subprocess
import sys
import wave

import pytest

from audioed import playing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")


def wav(seconds=0.5):
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 2, 24_000, 0, "NONE", ""))
        file.writeframes(bytes(2 * round(24_000 * seconds)))
    return made.getvalue()


def test_without_a_player_the_reason_is_told(monkeypatch):
    monkeypatch.setattr(playing, "program", lambda _: None)
    assert playing.play(wav()).startswith("no player was found (paplay, ")


@pytest.mark.parametrize(
    ("code", "said", "told"), [(0, b"", ""), (1, b"", "loudspeaker"), (0, b"audio open failed", "loudspeaker")]
)
def test_a_player_without_a_loudspeaker_is_told(monkeypatch, code, said, told):
    monkeypatch.setattr(playing, "program", lambda name: "/usr/bin/aplay" if name == "aplay" else None)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], code, b"", said))
    assert told in playing.play(wav())
    assert bool(told) == bool(playing.play(wav()))


@pytest.mark.parametrize("fault", [PermissionError("paplay"), subprocess.TimeoutExpired("paplay", 1)])
def test_a_player_that_does_not_start_or_hangs_leaves_it_to_the_next(monkeypatch, fault):
    asked = []

    def run(command, *, timeout, **_):
        asked.append((command[0], timeout))
        if command[0] == "paplay":
            raise fault
        return subprocess.CompletedProcess([], 0, b"", b"")

    monkeypatch.setattr(playing, "program", lambda name: name if name in {"paplay", "aplay"} else None)
    monkeypatch.setattr(subprocess, "run", run)
    assert playing.play(wav(2.5)) == ""
    assert asked == [("paplay", 12.5), ("aplay", 12.5)]

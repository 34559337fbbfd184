import subprocess
import sys

import pytest

from audioed import playing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")


def test_without_a_player_the_reason_is_told(monkeypatch):
    monkeypatch.setattr(playing, "program", lambda _: None)
    assert playing.play(b"RIFF").startswith("no player was found (paplay, ")


@pytest.mark.parametrize(
    ("code", "said", "told"), [(0, b"", ""), (1, b"", "loudspeaker"), (0, b"audio open failed", "loudspeaker")]
)
def test_a_player_without_a_loudspeaker_is_told(monkeypatch, code, said, told):
    monkeypatch.setattr(playing, "program", lambda name: "/usr/bin/aplay" if name == "aplay" else None)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], code, b"", said))
    assert told in playing.play(b"RIFF")
    assert bool(told) == bool(playing.play(b"RIFF"))

import io
import wave

import numpy as np
import pytest

from audioed.sound import Sound, Timing, correlation, faster, from_wav, outline, resample, to_wav

HUM = Sound(
    samples=np.sin(np.arange(2400) / 9).astype(np.float32),
    rate=8000,
    timings=(Timing(0, 5, 0.01, 0.1204), Timing(6, 12, 0.1204, 0.3)),
)
TIMED = (Timing(0, 5, 0.01, 0.12), Timing(6, 12, 0.12, 0.3))


def test_a_wav_file_tells_when_its_words_sound_and_others_read_it_as_before():
    data = to_wav(HUM)
    bare = to_wav(Sound(samples=HUM.samples, rate=HUM.rate))
    assert from_wav(data).timings == outline(data).timings == TIMED, "to the millisecond"
    assert outline(data).duration == from_wav(data).duration == HUM.duration
    assert int.from_bytes(data[4:8], "little") == len(data) - 8
    with wave.open(io.BytesIO(data)) as one, wave.open(io.BytesIO(bare)) as other:
        assert one.getparams() == other.getparams()
        assert one.readframes(2400) == other.readframes(2400)
    assert from_wav(bare).timings == outline(bare).timings == ()


@pytest.mark.parametrize("data", [b"", b"RIFF", to_wav(HUM)[:30], b"x" * 100])
def test_what_is_no_wav_file_has_no_outline(data):
    with pytest.raises(ValueError, match="not a WAV file"):
        outline(data)


def test_a_sound_that_is_played_faster_has_its_words_sooner_and_one_at_another_rate_has_not():
    assert [each.start for each in faster(HUM, 2).timings] == [0.005, 0.0602]
    assert resample(HUM, 16_000).timings == HUM.timings


@pytest.mark.parametrize(("around", "pattern"), [(1, 1), (7, 7), (64, 1), (1_000, 999), (33_075, 11_025)])
def test_correlation_is_the_product_at_each_place(around, pattern):
    made = np.random.default_rng(around)
    sound, part = made.uniform(-1, 1, around), made.uniform(-1, 1, pattern)
    places = [*range(0, around - pattern + 1, 97), around - pattern]
    found = correlation(sound, part)
    assert len(found) == around - pattern + 1
    assert found[places] == pytest.approx([sound[place : place + pattern] @ part for place in places], abs=1e-9)

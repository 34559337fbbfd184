"""Our meter against ffmpeg's, and the leveler against what it promises."""

import re
import subprocess

import numpy as np
import pytest

from audioed.mastering.encode import ffmpeg
from audioed.mastering.leveler import AT_ONCE, highest, leveled, true_peaks
from audioed.mastering.loudness import loudness, over_time
from audioed.mastering.loudness import metered as metered_moments
from audioed.sound import Recording, Sound, resample

RATES = (22_050, 24_000, 44_100, 48_000)


def reading(rate: int, seconds: float = 6.0, crest: float = 4.0):
    """Noise that swells like syllables, with sparse plosives: about the crest factor of a voice."""
    random = np.random.default_rng(7)
    time = np.arange(round(seconds * rate)) / rate
    voice = random.standard_normal(len(time)) * (0.2 + np.abs(np.sin(2 * np.pi * 2 * time)))
    voice[:: rate // 2] *= crest
    return (0.05 * voice).astype(np.float32)


def metered(samples, rate):
    """Integrated loudness and true peak as ffmpeg's ebur128 reads them."""
    command = [ffmpeg(), "-hide_banner", "-f", "f32le", "-ar", str(rate), "-ac", "1", "-i", "-"]
    command += ["-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    told = subprocess.run(command, input=samples.astype("<f4").tobytes(), capture_output=True, check=True)
    summary = told.stderr.decode().rpartition("Summary:")[2]
    return tuple(float(re.search(rf"{name}:\s+(-?[\d.]+)", summary).group(1)) for name in ("I", "Peak"))


@pytest.mark.parametrize("rate", RATES)
def test_our_meter_reads_what_ffmpeg_reads(rate):
    samples = reading(rate)
    integrated, peak = metered(samples, rate)
    assert loudness(samples, rate) == pytest.approx(integrated, abs=0.1)
    assert 20 * np.log10(true_peaks(samples).max()) == pytest.approx(peak, abs=0.2)


def test_a_full_scale_sine_of_997_hz_reads_minus_3_lufs():
    """The calibration that BS.1770-5 gives."""
    time = np.arange(5 * 48_000) / 48_000
    assert loudness(np.sin(2 * np.pi * 997 * time).astype(np.float32), 48_000) == pytest.approx(-3.01, abs=0.02)


def test_a_peak_between_two_samples_is_found():
    time = np.arange(4096)
    sine = np.sin(np.pi / 2 * time + np.pi / 4).astype(np.float32)  # never sampled at its top
    assert np.abs(sine).max() == pytest.approx(0.707, abs=0.001)
    assert true_peaks(sine)[100:-100].max() == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("crest", [1, 4, 12])
@pytest.mark.parametrize("rate", RATES)
def test_a_leveled_clip_is_at_its_target_and_under_its_ceiling(rate, crest):
    pause = np.zeros(rate, np.float32)
    samples = np.concatenate([pause, leveled(reading(rate, crest=crest), rate, -16.0, -2.0).samples, pause])
    integrated, peak = metered(samples, rate)
    assert integrated == pytest.approx(-16.0, abs=0.3)
    assert peak <= -1.8


def test_what_needs_no_limiting_is_only_made_louder():
    samples = reading(24_000, crest=1)
    louder = leveled(samples, 24_000, -30.0, -1.0).samples
    assert np.allclose(louder / samples, louder[0] / samples[0], rtol=1e-3)


@pytest.mark.parametrize("samples", [np.zeros(0, np.float32), np.zeros(5000, np.float32)], ids=["nothing", "silence"])
def test_silence_stays_silent(samples):
    assert np.array_equal(leveled(samples, 22_050, -16.0, -1.0).samples, samples)


def test_a_clip_shorter_than_a_gating_block_is_leveled_too():
    samples = reading(22_050, seconds=0.2, crest=1)
    level = loudness(leveled(samples, 22_050, -16.0, -1.0).samples, 22_050, surroundings=0.3)
    assert level == pytest.approx(-16.0, abs=0.2)


def test_peaks_are_looked_for_where_they_can_be_too_high():
    samples = reading(22_050, crest=12)
    everywhere, where_loud = true_peaks(samples), true_peaks(samples, 0.2)
    assert np.array_equal(where_loud[everywhere > 0.4], everywhere[everywhere > 0.4])
    assert where_loud.max() == everywhere.max()


@pytest.mark.parametrize("at", [0, 1, 40, AT_ONCE - 1, AT_ONCE, 2 * AT_ONCE - 1, 2 * AT_ONCE + 6])
def test_the_true_peak_of_a_recording_is_found_wherever_it_is(at):
    samples = 0.1 * reading(44_100, crest=1)[: 2 * AT_ONCE + 8]
    samples[at] = 0.8
    samples[at + 1 : at + 2] = 0.8  # higher between the two, where there is a second
    everywhere = true_peaks(samples, 0.0, 0.0).max()
    assert highest(samples) == np.ceil(2000 * np.log10(everywhere)) / 100


@pytest.mark.parametrize("samples", [np.zeros(0), np.zeros(9), -np.ones(1), np.full(50, 0.5)], ids=len)
def test_what_is_hardly_a_recording_has_a_true_peak_too(samples):
    sound = samples.astype(np.float32)
    assert highest(sound) >= 20 * np.log10(max(np.abs(samples).max(initial=0.0), 1e-6)) - 0.01


def test_how_much_was_limited_is_told():
    rate = 22_050
    calm = leveled(reading(rate, crest=1), rate, -30.0, -1.0)
    sharp = leveled(reading(rate, crest=12), rate, -16.0, -8.0)
    assert (calm.limited, calm.reduced) == (0, 0)
    assert 0 < sharp.reduced < sharp.limited < len(sharp.samples)


def test_what_is_turned_down_by_over_three_decibels_is_counted():
    rate = 22_050
    time = np.arange(6 * rate) / rate
    stressed = np.where((time > 2) & (time < 3), 10 ** (7 / 20), 1)
    samples = (0.1 * stressed * np.sin(2 * np.pi * 441.3 * time)).astype(np.float32)
    clip = leveled(samples, rate, -16.0, -11.0)
    heard = np.abs(samples) > 0.001
    gain = clip.samples[heard] / samples[heard]
    turned_down = np.mean(gain < gain.max() * 10 ** (-3 / 20))
    assert clip.reduced / len(samples) == pytest.approx(turned_down, abs=0.005)
    assert turned_down == pytest.approx(1 / 6, abs=0.02)


def test_the_loudness_of_a_whole_follows_from_its_moments():
    rate = 48_000
    parts = [reading(rate, seconds=8.0) * factor for factor in (1.0, 0.5, 0.05)]
    samples = np.concatenate(parts)
    command = [ffmpeg(), "-hide_banner", "-f", "f32le", "-ar", str(rate), "-ac", "1", "-i", "-", "-af"]
    command += ["ebur128=metadata=1,ametadata=mode=print:key=lavfi.r128.M:file=-", "-f", "null", "-"]
    told = subprocess.run(command, input=samples.astype("<f4").tobytes(), capture_output=True, check=True)
    moments = [float(each) for each in re.findall(r"r128\.M=(-?[\d.]+)", told.stdout.decode())]
    summary = told.stderr.decode().rpartition("Summary:")[2]
    integrated, spread = (float(re.search(rf"{name}:\s+(-?[\d.]+)", summary).group(1)) for name in ("I", "LRA"))
    found = metered_moments(moments, -1.0)
    assert found.integrated == pytest.approx(integrated, abs=0.1)
    assert found.range == pytest.approx(spread, abs=1.0)


def test_an_s_that_reaches_up_to_the_highest_frequency_keeps_under_the_ceiling_at_another_rate():
    rate = 24_000
    spectrum = np.fft.rfft(reading(rate, crest=1))
    spectrum[np.abs(np.fft.rfftfreq(6 * rate, 1 / rate) - 10_500) > 1_000] *= 0.1
    samples = np.fft.irfft(spectrum).astype(np.float32)
    louder = Sound(samples=leveled(samples, rate, -10.0, -1.0).samples, rate=rate)
    assert 20 * np.log10(np.abs(resample(louder, 44_100).samples).max()) < -0.4  # not +0.5


@pytest.mark.parametrize("length", [0, 1, 4_409, 4_410])
def test_a_recording_that_was_cut_off_at_once_is_metered_all_the_same(tmp_path, length):
    file = tmp_path / "short.pcm"
    file.write_bytes(bytes(2 * length))
    moments = over_time(Recording(file, 44_100))
    assert len(moments) == length // 4_410
    assert metered_moments([each for each, _ in moments], -np.inf).range == 0

"""Voices, stings and a bed at their levels; what is asked of a voice is done to it."""

import numpy as np
import pytest

from audioed.mastering import render
from audioed.mastering.leveler import Leveled, leveled
from audioed.mastering.loudness import loudness
from audioed.mastering.render import BED, DUCKED, MUSIC, OFTEN, Desk, ducking, eased, rendered, voiced
from audioed.mastering.stings import CHORD, CHORDS, OURS, faded, ours
from audioed.mastering.stitch import BED_TAIL, HEAD, RATE, Piece, Placement
from audioed.mastering.treat import treated
from audioed.model import Treatment
from audioed.sound import Sound

SECOND = RATE


def noise(seconds: float, rate: int = RATE) -> np.ndarray:
    return (0.1 * np.random.default_rng(2).standard_normal(round(seconds * rate))).astype(np.float32)


def tone(pitch: float, seconds: float = 1.0, rate: int = 24_000) -> np.ndarray:
    return (0.3 * np.sin(2 * np.pi * pitch * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def rms(samples: np.ndarray) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(np.square(samples, dtype=np.float64))) + 1e-9))


SOUNDS = {
    "voice": Sound(samples=noise(2.0), rate=RATE),
    "sting": ours("opening", RATE),
    "bed": ours("bed", RATE),
    "nothing": Sound(samples=np.zeros(2 * RATE, np.float32), rate=RATE),
}


def sound_of(piece: Piece) -> np.ndarray:
    portions = b"".join(rendered(piece, Desk(SOUNDS.__getitem__, -16.0, -1.0)))
    return np.frombuffer(portions, "<i2").astype(np.float32) / 32767


def piece(*placements: Placement, bed: str = "", seconds: int = 8) -> Piece:
    return Piece(start=10 * SECOND, length=seconds * SECOND, placements=placements, bed=bed)


def voice(at: float, treatment: Treatment | None = Treatment(), audio: str = "voice") -> Placement:  # noqa: B008
    return Placement(audio, round((10 + at) * SECOND), 2 * SECOND, treatment)


def test_a_voice_stands_in_silence_at_its_loudness_and_its_cards_level():
    for level in (0.0, -3.0):
        sound = sound_of(piece(voice(1.0, Treatment(level=level))))
        assert len(sound) == 8 * SECOND
        assert not sound[: SECOND - 1].any()
        assert not sound[3 * SECOND :].any()
        assert loudness(sound[SECOND : 3 * SECOND], RATE, surroundings=0.3) == pytest.approx(-16.0 + level, abs=0.3)


def test_a_sting_is_softer_than_a_voice_and_both_sound_where_they_meet():
    sting = Placement("sting", 10 * SECOND + HEAD, len(SOUNDS["sting"].samples), None)
    alone = sound_of(piece(sting))
    assert loudness(alone[: 3 * SECOND], RATE, surroundings=0.3) == pytest.approx(-16.0 + MUSIC, abs=1.0)
    both, only = sound_of(piece(sting, voice(2.0))), sound_of(piece(voice(2.0)))
    meeting = slice(2 * SECOND, HEAD + sting.length)
    assert np.allclose(both[meeting], alone[meeting] + only[meeting], atol=1e-3)
    assert alone[meeting].any()


def test_a_bed_comes_down_under_a_voice_and_is_gone_at_the_end():
    sound = sound_of(piece(voice(3.0, audio="nothing"), bed="bed", seconds=10))
    apart, under = rms(sound[round(1.5 * SECOND) : round(2.3 * SECOND)]), rms(sound[round(3.5 * SECOND) : 5 * SECOND])
    assert under - apart == pytest.approx(DUCKED - BED, abs=3.0)
    assert rms(sound[-SECOND // 50 :]) < -60
    curve = ducking(piece(voice(3.0), bed="bed", seconds=10))
    assert curve[0] == 0
    assert curve[-1] < 0.01
    assert np.abs(np.diff(curve)).max() < 2e-4, "no jump that could be heard"
    assert len(curve) == 10 * SECOND
    assert curve[-round(BED_TAIL * RATE)] > 10 ** (DUCKED / 20)


def level(samples, start, end):
    """dBFS from one moment to another, in seconds."""
    part = samples[round(start * RATE) : round(end * RATE)].astype(np.float64)
    return 10 * np.log10(max(float(np.mean(part**2)), 1e-20))


def hissing(seconds, decibels, seed=1):
    """An S: noise above 4 kHz at this level."""
    noise = np.random.default_rng(seed).standard_normal(round(seconds * RATE))
    spectrum = np.fft.rfft(noise)
    spectrum[np.fft.rfftfreq(len(noise), 1 / RATE) < 4_000] = 0
    high = np.fft.irfft(spectrum, len(noise))
    return (high * 10 ** (decibels / 20) / np.sqrt(np.mean(high**2))).astype(np.float32)


def test_a_voice_that_begins_amid_an_s_gets_its_attack():
    s = hissing(0.12, -20)
    soft = eased(s, RATE)
    rising = [level(soft, n * 0.005, (n + 1) * 0.005) for n in range(4)]
    assert rising == sorted(rising)
    assert rising[0] < -34
    assert np.array_equal(soft[round(0.02 * RATE) : round(0.06 * RATE)], s[round(0.02 * RATE) : round(0.06 * RATE)])


@pytest.mark.parametrize("floor", [-62, -70, -80])
def test_the_breath_around_a_clip_comes_and_goes_without_a_step(floor):
    breath = hissing(0.5, floor)
    breath[round(0.04 * RATE) : round(0.4 * RATE)] += hissing(0.36, -18, seed=2)
    soft = eased(breath, RATE)
    assert level(soft, 0.495, 0.5) < floor - 25
    assert level(soft, 0, 0.005) < floor - 12
    steps = [level(soft, at, at + 0.01) for at in np.arange(0.45, 0.499, 0.01)]
    assert steps == sorted(steps, reverse=True)
    kept = slice(round(0.02 * RATE), round(0.44 * RATE))
    assert np.array_equal(soft[kept], breath[kept]), "a burst right behind the breath, and the last sound, are whole"


def test_a_clip_that_ends_with_its_last_sound_keeps_it():
    s = hissing(0.3, -20)
    assert np.array_equal(eased(s, RATE)[round(0.02 * RATE) : -100], s[round(0.02 * RATE) : -100])
    assert not eased(np.zeros(RATE, np.float32), RATE).any()
    assert len(eased(np.zeros(0, np.float32), RATE)) == 0


@pytest.mark.parametrize("place", [*OURS, "bed"])
def test_our_stings_begin_and_end_softly(place):
    sound = ours(place, RATE)
    assert 0.3 < np.abs(sound.samples).max() <= 0.5
    if place == "bed":
        assert sound.duration == len(CHORDS) * CHORD
        assert abs(sound.samples[0] - sound.samples[-1]) < 0.05, "it goes round without a click"
    else:
        assert np.abs(sound.samples[:20]).max() < 0.1
        assert abs(sound.samples[-1]) < 1e-4
        assert sound.duration < 5


def test_a_fade_takes_no_more_than_half_of_a_short_sound():
    short = faded(np.ones(RATE // 10, np.float32), RATE)
    assert short[RATE // 20 - 1] == 1
    assert short[-1] == pytest.approx(0, abs=1e-6)


def pulses(rate):
    """A voice of 110 Hz whose partials all peak at once."""
    struck = np.zeros(4 * rate, np.float32)
    struck[:: rate // 110] = 1.0
    return np.convolve(struck, np.exp(-np.arange(200) / 20))[: len(struck)].astype(np.float32) * 0.1


def test_peaks_are_spread_and_the_spectrum_stays():
    rate = 22_050
    voice = pulses(rate)
    spread = treated(voice, rate, Treatment())
    assert np.abs(spread).max() < 0.75 * np.abs(voice).max()
    before, after = (np.abs(np.fft.rfft(each[rate : 3 * rate])) for each in (voice, spread))
    assert np.allclose(before[220::220], after[220::220], rtol=0.02, atol=0.02 * before.max())
    assert leveled(spread, rate, -16, -1.0).limited < leveled(voice, rate, -16, -1.0).limited


def test_a_clip_goes_through_the_rotator_that_suits_it():
    rate = 22_050
    plain = pulses(rate)
    against = treated(plain[::-1], rate, Treatment())[::-1]  # what the first rotator makes peaks of
    first = leveled(treated(against, rate, Treatment()), rate, -20, -7)
    chosen = voiced(Sound(samples=against, rate=rate), Treatment(), -20, -7)
    assert first.reduced > OFTEN * len(plain)
    assert chosen.reduced == 0


@pytest.mark.parametrize(
    ("shares", "taken"),
    [
        ((0.01, 0.0, 0.0), 0),
        ((0.05, 0.04, 0.03), 2),
        ((0.05, 0.06, 0.04), 2),
        ((0.05, 0.01, 0.0), 1),
        ((0.03, 0.05, 0.04), 0),
    ],
)
def test_the_first_rotator_that_is_good_enough_is_taken_or_else_the_best(monkeypatch, shares, taken):
    turned = [Leveled(np.zeros(1000, np.float32), reduced=round(1000 * share)) for share in shares]
    left = iter(turned)
    monkeypatch.setattr(render, "leveled", lambda *_: next(left))
    assert voiced(Sound(samples=noise(1000 / RATE), rate=RATE), Treatment(), -16, -1) is turned[taken]


def test_rumble_goes_where_a_card_wants_it_to():
    rate = 24_000
    middle = slice(rate // 4, 3 * rate // 4)
    for pitch, loss in ((30, 17), (1000, 0)):
        cleaned = treated(tone(pitch), rate, Treatment(high_pass=80))[middle]
        plain = treated(tone(pitch), rate, Treatment())[middle]
        assert rms(plain) - rms(cleaned) == pytest.approx(loss, abs=1 if loss else 0.1)


def test_a_sharp_s_is_softened_and_a_vowel_is_not():
    rate = 24_000
    middle = slice(rate // 4, 3 * rate // 4)
    for pitch, loss in ((9000, 5), (400, 0)):
        softer = treated(tone(pitch), rate, Treatment(de_ess=6.0))[middle]
        plain = treated(tone(pitch), rate, Treatment())[middle]
        assert rms(plain) - rms(softer) == pytest.approx(loss, abs=1 if loss else 0.1)

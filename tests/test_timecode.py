"""One moment, as players, subtitles, chapters and pages write it."""

import pytest

from audioed.timecode import clock, exact_clock, iso_duration, number, padded_clock, timestamp


@pytest.mark.parametrize(
    ("seconds", "told", "exact", "padded", "duration"),
    [
        (0.0, "0:00", "0:00.00", "00:00:00", "PT0S"),
        (9.994, "0:09", "0:09.99", "00:00:09", "PT9.994S"),
        (59.9996, "0:59", "1:00.00", "00:00:59", "PT60S"),
        (3599.5, "59:59", "59:59.50", "00:59:59", "PT3599.5S"),
        (3723.0, "1:02:03", "1:02:03.00", "01:02:03", "PT3723S"),
        (360_000.0, "100:00:00", "100:00:00.00", "100:00:00", "PT360000S"),
    ],
)
def test_a_moment_in_every_form(seconds, told, exact, padded, duration):
    assert clock(seconds) == told
    assert exact_clock(seconds) == exact
    assert padded_clock(seconds, hours=True) == padded
    assert iso_duration(seconds) == duration


def test_a_list_of_less_than_an_hour_needs_no_hours():
    assert [padded_clock(each, hours=False) for each in (0.0, 65.9, 3599.9)] == ["00:00", "01:05", "59:59"]


def test_what_begins_before_the_recording_begins_with_it():
    assert exact_clock(-0.3) == "0:00.00"


@pytest.mark.parametrize(
    ("milliseconds", "vtt", "srt"),
    [
        (0, "00:00:00.000", "00:00:00,000"),
        (1_001, "00:00:01.001", "00:00:01,001"),
        (3_599_999, "00:59:59.999", "00:59:59,999"),
        (362_439_007, "100:40:39.007", "100:40:39,007"),
    ],
)
def test_files_for_programs_have_milliseconds(milliseconds, vtt, srt):
    assert timestamp(milliseconds) == vtt
    assert timestamp(milliseconds, ",") == srt


@pytest.mark.parametrize(
    ("seconds", "written"), [(9.0, "9"), (0.0, "0"), (9.9999, "10"), (9.25, "9.25"), (1 / 3, "0.333")]
)
def test_whole_seconds_have_no_point(seconds, written):
    assert str(number(seconds)) == written

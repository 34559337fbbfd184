"""A moment of a recording, in the ways that players, subtitles, chapters and pages write one."""

from audioed.model import Seconds


def clock(seconds: Seconds) -> str:
    """As players show it, in whole seconds, rounded down: `2:03`, `1:02:03`."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def exact_clock(seconds: Seconds) -> str:
    """The same to the hundredth, rounded: `2:03.45`, `1:02:03.45`; before the start is the start."""
    hundredths = round(max(0.0, seconds) * 100)
    return f"{clock(hundredths // 100)}.{hundredths % 100:02}"


def padded_clock(seconds: Seconds, *, hours: bool) -> str:
    """In whole seconds with two digits everywhere, so that a list stands in columns: `02:03`, `00:02:03`."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def timestamp(milliseconds: int, point: str = ".") -> str:
    """
    As files for programs have it, to the millisecond: `01:02:03.456`.

    So do WebVTT (section 4.1), Podlove Simple Chapters 1.2 and the chapters of Vorbis comments; SubRip has a comma.
    """
    seconds, fraction = divmod(milliseconds, 1000)
    return f"{padded_clock(seconds, hours=True)}{point}{fraction:03}"


def number(seconds: Seconds) -> int | float:
    """Seconds to the millisecond, whole ones without a point: AntennaPod reads those exactly."""
    rounded = round(float(seconds), 3)
    return int(rounded) if rounded.is_integer() else rounded


def iso_duration(seconds: Seconds) -> str:
    """As `datetime` of HTML has it: `PT3723.5S` (ISO 8601-1, 5.5.2)."""
    return f"PT{number(seconds)}S"

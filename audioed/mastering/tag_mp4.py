"""What a player shows of an M4A file: iTunes' tags, and the list from which ffmpeg makes its two sorts of chapters."""

import re
from pathlib import Path
from typing import Any

from audioed.characters import within_bytes
from audioed.errors import MasteringError
from audioed.mastering.label import Label, writable
from audioed.mastering.tag import PADDING

LONGEST_TITLE = 127
"""Bytes of a chapter's title: AntennaPod takes their number for a signed byte, and loses the list over more."""
LONGEST_SUMMARY = 255
"""Bytes of the short description (iTunes' `desc`)."""


def tag(path: Path, label: Label) -> None:
    """
    Give the M4A file at this path its tags, in place of any it had.

    The tags stand before the sound, and its place is corrected in the index;
    the same words give the same bytes.
    """
    from mutagen import MutagenError
    from mutagen.mp4 import MP4, MP4Cover

    edition = label.script.edition
    told = {
        "\xa9nam": label.title,
        "\xa9alb": writable(label.show.title),
        "\xa9ART": label.author,
        "aART": label.author,
        "\xa9day": edition.day.isoformat(),
        "\xa9gen": "Podcast",
        "catg": writable(label.show.category),
        "desc": within_bytes(label.notes, LONGEST_SUMMARY),
        "ldes": label.notes,
        "\xa9cmt": label.notes,
        "\xa9lyr": label.transcript,
    }
    try:
        file: Any = MP4(path)
        if file.tags is None:
            file.add_tags()
        file.clear()
        for key in filter(told.get, told):
            file[key] = [told[key]]
        file["trkn"] = [(edition.number, 0)]
        file["pcst"] = True  # Apple's players file it under podcasts by this
        if label.cover:
            file["covr"] = [MP4Cover(label.cover, MP4Cover.FORMAT_JPEG)]
        file.save(padding=lambda _: PADDING)
    except (MutagenError, OSError) as error:
        raise MasteringError(f"{path}: could not be tagged ({error}); check the file and its folder.") from error


def chapter_list(label: Label) -> str:
    """
    The chapters as ffmpeg reads them.

    It writes them as Nero's list and as a track of text: players know one or
    the other. A heading that is too long for it is cut behind a word.
    """
    stops = label.stops
    ends = [start for start, _, _ in stops[1:]] + [label.duration]
    chapters = [
        f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={round(start * 1000)}\nEND={round(max(start, end) * 1000)}\n"
        f"title={_escaped(within_bytes(whole, LONGEST_TITLE))}\n"
        for (start, whole, _), end in zip(stops, ends, strict=False)
    ]
    return ";FFMETADATA1\n" + "".join(chapters)


def _escaped(text: str) -> str:
    return re.sub(r"([=;#\\\n])", r"\\\1", text)

"""What lies beside a recording for apps to read: the transcripts and the chapters, by name and media type."""

from typing import NamedTuple


class Companion(NamedTuple):
    """A file that the feed names beside the recording."""

    name: str
    media_type: str
    captions: bool = False
    """Whether an app may show it while the recording plays."""


LEAD = 0.06
"""
Seconds by which a word is shown before it is heard: players look at the time, and screens show, a moment later.

People notice what is heard 45 ms before it is seen, and what is seen 125 ms before it is heard (ITU-R BT.1359-1):
40 ms lies in the middle, and a screen takes another 20.
"""
CHAPTERS = Companion("chapters.json", "application/json+chapters")
VTT = Companion("transcript.vtt", "text/vtt", captions=True)
SRT = Companion("transcript.srt", "application/x-subrip", captions=True)
HTML = Companion("transcript.html", "text/html")
TEXT = Companion("transcript.txt", "text/plain")
JSON = Companion("transcript.json", "application/json")
TRANSCRIPTS = (VTT, SRT, HTML, TEXT, JSON)
"""
In the order of the feed. An app that knows them takes the one that it likes best, in any order.

One that takes the first gets speakers and times; a reader of feeds that keeps the last, as feedparser does, gets them
as data.
"""

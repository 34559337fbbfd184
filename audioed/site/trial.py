"""An episode that tries a show's own templates before any work is done: it has all that a page can show."""

from datetime import date

from audioed.model import Channel, Chapter, Cue, Enclosure, Episode, Loudness, Source, Span, Word
from audioed.publishing.corrections import Corrected
from audioed.site.framing import Frame, Sheet
from audioed.site.pages import corrections_page, episode_pages, row, search_page, show_page
from audioed.site.theme import Theme


def tried(theme: Theme) -> None:
    """ConfigError, naming file and line, for a template of the show's own that cannot make a page."""
    frame = Frame(show=Channel(), url="https://example.com/show/", cover="cover.jpg", theme=theme)
    episode = _episode()
    episode_pages(episode, frame)
    rows = [row(episode, "", frame)]
    show_page(frame, Sheet("index.html", rows, older="episodes-1.html", corrected=True))
    show_page(frame, Sheet("episodes-1.html", rows, span=(1, 64), newer="./"))
    search_page(frame, [1])
    corrections_page(frame, [Corrected(episode.name, "trial", episode.title, "2026-01-02", "A name was misspelt.")])


def _episode() -> Episode:
    said = "A sentence."
    cue = Cue(start=3.0, end=4.0, speaker="", text=said, words=(Word("A", 3.0, 3.2), Word("sentence.", 3.2, 4.0)))
    return Episode(
        guid="trial",
        name="2026-01-01-trial",
        show="My articles",
        title="A trial",
        day=date(2026, 1, 1),
        number=1,
        language="en",
        enclosure=Enclosure(name="trial.mp3", media_type="audio/mpeg", length=1_000_000),
        duration=4.0,
        chapters=(Chapter(title="One", start=0.0), Chapter(title="Two", start=3.0)),
        loudness=Loudness(integrated=-16.0, true_peak=-1.0, range=5.0),
        sources=(Source(title="One", url="https://example.com/one", byline="Ada Berg"),),
        segments=(
            Span(kind="title", title="One", start=0.0, end=1.0),
            Span(kind="body", title="A", start=1.0, end=4.0),
        ),
        cues=(Cue(start=0.0, end=1.0, speaker="", text="One", block="heading"), cue),
        cover="cover.jpg",
    )

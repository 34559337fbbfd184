"""
Whether chapters hold what they are called, and transcripts the article's own paragraphs, at any tempo. Judges nothing.

    python benchmarks/chapters.py [SOURCE]...

Nothing is spoken: a sentence lasts as long as its letters, at the pace of the default voice.
"""

import sys
from datetime import date
from pathlib import Path

from audioed import scripting
from audioed.config import Extraction, Scripting
from audioed.extraction import extract
from audioed.extraction.fetch import read
from audioed.mastering.stitch import Timeline, plan
from audioed.model import Article, Clip, Edition, Enclosure, Episode, Loudness, Script, Span, Speech, Treatment
from audioed.publishing import transcript
from audioed.scripting.lexicon import Lexicon

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"
SOURCES = (
    SHARED / "seed" / "article.txt",
    HERE.parent / "samples" / "night-ferry.html",
    SHARED / "pages" / "dev" / "20.html",
    SHARED / "pages" / "dev" / "02.html",
)
PACE = 15
"""Characters a second."""
RATES = (0.5, 1.0, 2.0)
ASIDES = {"headlines", "promo"}


def main(names: list[str]) -> None:
    """Print a row for each source, and one for all."""
    held = called = 0.0
    cut = count = 0
    right = dict.fromkeys(RATES, 0)
    blocks = 0
    for path in map(Path, names) if names else SOURCES:
        if not path.is_file():
            print(f"{path.name:20} is not there")
            continue
        article = extract(read(str(path), Extraction()), Extraction())
        edition = Edition(show="Show", day=date(2026, 11, 1), title=article.title, name="edition")
        script = scripting.write([article], edition, Scripting(), lambda _: Lexicon(()))
        line = timeline(script)
        titles = [getattr(chapter, "whole", chapter.title) for chapter in line.chapters]
        is_that, all_of_it = truth(line)
        cuts = sum(title.endswith("…") for title in titles)
        paragraphs = {rate: whole_blocks(article, script, rate) for rate in RATES}
        print(f"{path.name:20} {told(is_that, all_of_it)}; {cuts} of {len(titles)} titles end in “…”; {paragraphs}")
        for chapter, title in zip(line.chapters, titles, strict=True):
            print(f"    {chapter.start:6.0f} s  {title}")
        held, called, cut, count = held + is_that, called + all_of_it, cut + cuts, count + len(titles)
        blocks += len(article.blocks)
        right = {rate: right[rate] + paragraphs[rate] for rate in RATES}
    print(f"{'all':20} {told(held, called)}; {cut} of {count} titles end in “…”")
    print(", ".join(f"at a rate of {rate}: {whole} of {blocks} blocks are alone" for rate, whole in right.items()))


def told(held: float, called: float) -> str:
    """The share of the time under headlines and promos that is that."""
    share = f"{held / called:.1%}" if called else "-"
    return f"{held:.0f} of {called:.0f} s under headlines and promos are that ({share})"


def timeline(script: Script, rate: float = 1.0) -> Timeline:
    """Where everything stands, as long as a voice of this rate would take."""
    clips = [
        Clip(
            utterance=each,
            audio=f"{at * 2_654_435_761 % 2**32:08x}",
            duration=len(each.spoken) / PACE / rate,
            treatment=Treatment(rate=rate),
        )
        for at, each in enumerate(script.utterances)
    ]
    return plan(Speech(script=script, clips=tuple(clips)))


def truth(line: Timeline) -> tuple[float, float]:
    """Seconds in chapters of headlines or a promo that are that, and all of their seconds."""
    held = called = 0.0
    ends = [chapter.start for chapter in line.chapters[1:]] + [line.duration]
    for chapter, end in zip(line.chapters, ends, strict=True):
        inside = [span for span in line.segments if chapter.start <= span.start < end]
        if inside and inside[0].kind in ASIDES:
            held += sum(length(span) for span in inside if span.kind == inside[0].kind)
            called += sum(map(length, inside))
    return held, called


def length(span: Span) -> float:
    """Seconds of a segment."""
    return span.end - span.start


def whole_blocks(article: Article, script: Script, rate: float) -> int:
    """How many blocks of the article stand alone in the transcript, as a paragraph or a heading."""
    line = timeline(script, rate)
    episode = Episode(
        guid="",
        name="edition",
        show="Show",
        title=article.title,
        day=script.edition.day,
        number=1,
        language=script.language,
        enclosure=Enclosure(name="x.mp3", media_type="audio/mpeg", length=1),
        duration=line.duration,
        chapters=line.chapters,
        loudness=Loudness(integrated=-16, true_peak=-1, range=5),
        sources=script.sources,
        segments=line.segments,
        cues=line.cues,
    )
    parts = [part.partition("\n--")[0] for part in transcript.as_text(episode).strip("\n").split("\n\n")]
    return sum(" ".join(block.text.split()) in parts for block in article.blocks)


if __name__ == "__main__":
    main(sys.argv[1:])

"""What proofing found, as a page on which every place can be heard."""

from collections.abc import Iterable
from html import escape

from audioed.model import Episode, Seconds
from audioed.proofing.report import Proof
from audioed.timecode import clock

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2.5rem auto; padding: 0 1rem; color: #1c1f26 }
h1 { margin-bottom: .2rem } h2 { margin-top: 2.5rem; font-size: 1.1rem }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; vertical-align: top; padding: .45rem .8rem }
td, th { border-top: 1px solid #e4e7ec } th { border: 0; color: #5b6270; font-weight: 500; font-size: .85rem }
button { font: inherit; font-size: .85rem; border: 1px solid #b9c0cc; border-radius: 99px; background: #fff }
button { padding: 0 .7rem; cursor: pointer; white-space: nowrap } button.on { background: #16324f; color: #fff }
.fault { color: #a01a2e; font-weight: 600; white-space: nowrap } del { color: #a01a2e; text-decoration: none }
pre { background: #f4f6f9; padding: .8rem 1rem; overflow-x: auto } audio { width: 100%; margin-top: 1rem }
"""
_SCRIPT = """
const sound = document.querySelector("audio"); let stop = 0, lit = null;
const rest = () => { if (lit) lit.classList.remove("on"); lit = null; stop = 0; };
sound.addEventListener("timeupdate", () => { if (stop && sound.currentTime >= stop) { sound.pause(); } });
sound.addEventListener("pause", rest);
for (const button of document.querySelectorAll("button")) button.addEventListener("click", () => {
  const same = button === lit; sound.pause(); rest(); if (same) return;
  sound.currentTime = Number(button.dataset.start); stop = Number(button.dataset.end);
  lit = button; button.classList.add("on"); sound.play();
});
"""
AROUND: Seconds = 0.3
"""Played before and after a place."""
WORST = 20
"""Utterances shown for their words alone."""


def page(episode: Episode, found: Proof) -> str:
    """An HTML page that stands beside the recording; everything from outside is escaped, nothing else is loaded."""
    wrong = sum(each.errors for each in found.utterances)
    whole = sum(each.said for each in found.utterances)
    faults = (
        (
            _button(each.start, each.end),
            f'<span class="fault">{each.fault}</span>',
            escape(each.written),
            escape(each.told),
        )
        for each in found.findings
    )
    words = (
        (
            _button(each.start, each.end),
            escape(each.word),
            escape(", ".join(each.heard)),
            f"{each.wrong} of {each.times}",
        )
        for each in found.misheard
    )
    worst = sorted(
        (each for each in found.utterances if each.errors), key=lambda each: -each.errors / max(1, each.said)
    )
    sentences = (
        (_button(each.start, each.end), f"{each.errors} of {each.said}", escape(each.written), escape(each.text))
        for each in worst[:WORST]
    )
    lines = "\n".join(each.line for each in found.misheard)
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Proof of {escape(episode.title)}</title><style>{_STYLE}</style>\n"
        f"<body><h1>{escape(episode.title)}</h1>\n"
        f"<p>{_counted(len(found.findings), 'fault')}; {wrong} of {whole} words are heard otherwise "
        f"({found.word_error:.1%}).</p>\n"
        f'<audio controls preload="metadata" src="{escape(episode.enclosure.name)}"></audio>\n'
        + _table("Faults", ("", "", "The script says", "Measured"), faults)
        + _table("Words that the voice may get wrong", ("", "Word", "Heard as", "Times"), words)
        + (
            "<h2>For the lexicon</h2><p>The sound is the voice's own for now; correct it and put the line into "
            f"<code>voices/lexicon/en.tsv</code> beside audioed.toml.</p><pre>{escape(lines)}</pre>\n"
            if lines
            else ""
        )
        + _table("Sentences heard otherwise", ("", "Words", "The script says", "Heard"), sentences)
        + f"<script>{_SCRIPT}</script></body></html>\n"
    )


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    cells = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    if not cells:
        return f"<h2>{title}</h2><p>None.</p>\n"
    head = "".join(f"<th>{each}</th>" for each in heads)
    return f"<h2>{title}</h2><table><tr>{head}</tr>\n{cells}</table>\n"


def _button(start: Seconds, end: Seconds) -> str:
    span = f'data-start="{max(0.0, start - AROUND):.2f}" data-end="{end + AROUND:.2f}"'
    return f'<button {span} aria-label="Play at {clock(start)}">▶ {clock(start)}</button>'


def _counted(many: int, what: str) -> str:
    return f"{many or 'No'} {what}{'' if many == 1 else 's'}"

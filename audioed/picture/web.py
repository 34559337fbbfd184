"""The picture as a page that needs nothing but the recording beside it, and plays from where it is clicked."""

import json
from collections.abc import Sequence
from html import escape

from audioed.config import Mastering
from audioed.model import Episode
from audioed.picture.lanes import LEFT, Lane
from audioed.picture.layout import LEGEND, chart, figures, lanes_of, lasting, narrow_chart, narrow_lanes, subtitle
from audioed.picture.measures import Heard
from audioed.picture.palette import DAY, NIGHT
from audioed.picture.svg import svg
from audioed.timecode import clock

_STYLE = """
:root { color-scheme: light dark; DAY }
@media (prefers-color-scheme: dark) { :root { NIGHT } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); padding-bottom: 5.5rem;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif }
main { max-width: 76rem; margin: 0 auto; padding: 2.5rem 3rem }
h1 { font-size: clamp(1.4rem, 2.6vw, 2rem); line-height: 1.2; margin: 0 0 .35rem; letter-spacing: -.012em;
  text-wrap: balance; font-weight: 700 }
header p { margin: 0; color: var(--muted) }
dl { display: flex; flex-wrap: wrap; gap: .8rem 2.4rem; margin: 1.4rem 0 1.6rem }
dt { font-size: .75rem; color: var(--muted) }
dd { margin: 0; font-weight: 650; font-variant-numeric: tabular-nums }
.scroll { overflow-x: auto; margin-left: -2.75rem }
svg { display: block; width: 100%; min-width: 46rem; height: auto; cursor: crosshair }
svg { font-variant-numeric: tabular-nums }
svg text { pointer-events: none }
.head { stroke: var(--promo); stroke-width: 1.5; pointer-events: none }
ol { list-style: none; margin: 2rem -.5rem 0; padding: 0; columns: 22rem 2; column-gap: 1.5rem }
li { break-inside: avoid }
li button { all: unset; display: grid; grid-template-columns: 1.5rem 3.2rem 1fr auto; gap: .75rem; width: 100%;
  cursor: pointer; padding: .3rem .5rem; border-radius: .4rem; font-size: .9rem; box-sizing: border-box }
li button:hover, li button[aria-current] { background: var(--lane) }
li button:focus-visible { outline: 2px solid var(--target); outline-offset: -2px }
li b { font-variant-numeric: tabular-nums } li span { overflow-wrap: anywhere }
li time { color: var(--muted); font-variant-numeric: tabular-nums; text-align: right }
footer { position: fixed; inset: auto 0 0; background: var(--ground); padding: .6rem 3rem }
footer { border-top: 1px solid var(--faint) }
audio { display: block; width: 100%; max-width: 70rem; margin: 0 auto; height: 2.6rem }
.narrow { display: none }
@media (max-width: 48rem) { main, footer { padding-left: 1.25rem; padding-right: 1.25rem }
  .wide { display: none } .narrow { display: block; margin: 0 -.75rem 0 -1.25rem }
  .narrow svg { min-width: 0; max-width: 32rem } }
"""
_SCRIPT = """
const wide = JSON.parse(document.getElementById("rows").textContent), sound = document.querySelector("audio");
const jump = seconds => { sound.currentTime = seconds; sound.play(); };
const drawn = [".wide svg", ".narrow svg"].map((name, place) => {
  const picture = document.querySelector(name), {rows, left, plot, length} = place ? wide.narrow : wide;
  const head = document.createElementNS("http://www.w3.org/2000/svg", "line");
  head.classList.add("head"); picture.append(head);
  picture.addEventListener("click", event => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
    const row = rows.find(row => at.y >= row.top && at.y <= row.bottom);
    const seconds = row && row.start + (at.x - left) / plot * length;
    if (row && seconds >= row.start - 1 && seconds <= row.end) jump(Math.max(row.start, seconds));
  });
  return now => {
    const row = rows.find(row => now < row.end) || rows[rows.length - 1];
    head.style.display = now || !sound.paused ? "" : "none";
    const x = left + plot * (Math.min(now, row.end) - row.start) / length;
    const place = {x1: x, x2: x, y1: row.top, y2: row.bottom};
    for (const [name, value] of Object.entries(place)) head.setAttribute(name, value);
  };
});
const buttons = [...document.querySelectorAll("li button")];
for (const button of buttons) button.addEventListener("click", () => jump(Number(button.dataset.start)));
const follow = () => {
  const now = sound.currentTime;
  for (const show of drawn) show(now);
  const current = buttons.filter(button => Number(button.dataset.start) <= now).pop();
  for (const button of buttons)
    button === current ? button.setAttribute("aria-current", "true") : button.removeAttribute("aria-current");
};
for (const name of ["timeupdate", "seeking", "seeked", "loadedmetadata"]) sound.addEventListener(name, follow);
follow();
"""
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; media-src 'self' file: http: https:"
)


def web_page(episode: Episode, sound: Heard, limits: Mastering, audio: str) -> str:
    """The page; everything from outside is escaped, and nothing but the recording is loaded."""
    told = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in figures(episode))
    label = f"Waveform and loudness of {episode.title}, {clock(episode.duration)}"
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(episode.title)}</title>\n'
        f"<style>{_style()}</style>\n<body><main><header><h1>{escape(episode.title)}</h1>"
        f"<p>{escape(subtitle(episode))}</p><dl>{told}</dl></header>\n"
        f'<div class="scroll wide">{svg(chart(episode, sound, limits), label)}</div>\n'
        f'<div class="narrow">{svg(narrow_chart(episode, sound, limits), label)}</div>\n'
        f"<ol>{_contents(episode)}</ol></main>\n"
        f'<footer><audio controls preload="metadata" src="{escape(audio)}"></audio></footer>\n'
        f'<script type="application/json" id="rows">{_rows(episode)}</script>\n'
        f"<script>{_SCRIPT}</script></body></html>\n"
    )


def _style() -> str:
    def named(colours: dict[str, str]) -> str:
        return "; ".join(f"--{name}: {value}" for name, value in colours.items())

    return _STYLE.replace("DAY", named(DAY)).replace("NIGHT", named(NIGHT))


def _contents(episode: Episode) -> str:
    rows = zip(episode.chapters, lasting(episode), strict=True)
    return "\n".join(
        f'<li><button data-start="{chapter.start:g}"><b>{number}</b><time>{start}</time><span>{escape(title)}</span>'
        f"<time>{lasts}</time></button></li>"
        for number, (chapter, (start, title, lasts)) in enumerate(rows, start=1)
    )


def _rows(episode: Episode) -> str:
    """Where each row stands and which time it shows, for the script."""
    return json.dumps({**_stand(lanes_of(episode, LEGEND)), "narrow": _stand(narrow_lanes(episode))})


def _stand(found: Sequence[Lane]) -> dict[str, object]:
    rows = [{"top": each.top, "bottom": each.bottom, "start": each.row.start, "end": each.row.end} for each in found]
    return {"rows": rows, "left": LEFT, "plot": found[0].plot, "length": found[0].length}

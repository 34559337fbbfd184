// What is heard of an edition: a sentence, all from a word on, a moment of the recording; and the bar that tells of it.
// @ts-check
import { get, of } from "./api.js";
import { attempt, button, clock, icon, make, tell } from "./dom.js";
import { Player } from "./sound.js";
import { Wave } from "./wave.js";

/** @typedef {import("./api.js").Said} Said */

/** Milliseconds after a reader has scrolled in which the page does not. */
const YIELD = 4000;

export class Listening {
  /** @param {import("./editor.js").Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.sounding = "";
    this.moved = 0;
    /** Where it was stopped. @type {{id: string, offset: number} | null} */
    this.rest = null;
    this.player = new Player({
      now: id => this.light(id),
      stopped: () => { this.light(""); this.bar(); },
      wrong: error => tell(error.message, true),
    });
    this.player.edition = editor.name;
    this.wave = new Wave(editor.name, { go: seconds => this.at(seconds), sentences: () => [...editor.said.values()], where: () => this.moment() });
    this.scrolled = () => { this.moved = performance.now(); };
    addEventListener("wheel", this.scrolled, { passive: true });
    addEventListener("touchmove", this.scrolled, { passive: true });
  }

  close() {
    this.player.stop(false);
    this.wave.close();
    removeEventListener("wheel", this.scrolled);
    removeEventListener("touchmove", this.scrolled);
  }

  controls() {
    const voice = make("select", { id: "voice", "aria-label": "Hear it in", on: { change: () => { this.player.voice = voice.value; } } },
      make("option", { value: "" }, "Own voices"));
    attempt(async () => {
      for (const each of (await this.editor.panel.cards()).filter(card => !card.needs)) voice.append(make("option", { value: each.name }, each.name));
      voice.value = this.player.voice;
    });
    return make("div", { class: "bar", role: "toolbar", "aria-label": "Listening" },
      button(icon("back"), () => this.step(-1), { "aria-label": "Previous sentence", "aria-keyshortcuts": "J", title: "J" }),
      button(icon("play"), () => this.toggle(), { id: "play", "aria-label": "Listen from here", "aria-keyshortcuts": "Space K", title: "Space" }),
      button(icon("ahead"), () => this.step(1), { "aria-label": "Next sentence", "aria-keyshortcuts": "L", title: "L" }),
      make("span", { id: "where" }), voice);
  }

  bar() {
    const play = document.getElementById("play"), where = document.getElementById("where");
    if (!play || !where) return;
    const plays = this.player.isPlaying;
    play.replaceChildren(icon(plays ? "pause" : "play"));
    play.setAttribute("aria-label", plays ? "Pause" : "Listen from here");
    const place = this.editor.order.indexOf(this.sounding || this.editor.chosen), start = this.editor.said.get(this.editor.order[place])?.start;
    this.wave.follow(plays);
    where.textContent = `${place + 1} / ${this.editor.order.length}${typeof start === "number" ? ` · ${clock(start)}` : ""}`;
  }

  async draw() {
    const { recording, chapters, loudness, true_peak: peak } = this.editor.edition;
    if (recording) await this.wave.load(chapters, loudness, peak);
  }

  /** It is asked for before the finger is lifted. @param {Event} event */
  ready(event) {
    const said = this.editor.said.get(this.editor.under(event));
    if (said) this.player.clip(said).catch(() => {});
  }

  /** @param {string} id @param {boolean} [on] whether to listen on */
  hear(id, on = false, offset = 0) {
    const said = this.editor.said.get(id);
    if (!said) return;
    this.rest = null;
    this.player.play(said, on ? each => this.behind(each) : () => null, offset);
    this.bar();
  }

  /** @param {string} id @returns {Said | null} */
  behind(id) { return this.editor.said.get(this.editor.order[this.editor.order.indexOf(id) + 1]) ?? null; }

  /** Listen on from the word that was clicked twice. @param {MouseEvent} event */
  async from(event) {
    const id = this.editor.under(event), span = this.editor.paper.spans.get(id), caret = getSelection()?.anchorNode;
    if (!span || !caret) return;
    const before = (getSelection()?.anchorOffset ?? 0);
    const count = (span.textContent ?? "").slice(0, before).split(/\s+/).filter(Boolean).length;
    getSelection()?.removeAllRanges();
    const { words } = await get(of(this.editor.name, `/utterances/${encodeURIComponent(id)}/words`));
    this.hear(id, true, words[count]?.start ?? 0);
    this.editor.choose(id);
  }

  toggle() {
    if (this.player.isPlaying) {
      this.rest = this.player.where();
      this.player.stop();
    } else if (this.rest && this.editor.said.has(this.rest.id)) this.hear(this.rest.id, true, this.rest.offset);
    else this.hear(this.editor.chosen, true);
    this.bar();
  }

  /** @param {number} by */
  step(by) {
    const from = this.editor.order.indexOf(this.sounding || this.editor.chosen), id = this.editor.order[Math.min(Math.max(0, from + by), this.editor.order.length - 1)];
    const plays = this.player.isPlaying;
    this.editor.choose(id);
    if (plays) this.hear(id, true);
  }

  /** @param {number} seconds */
  skip(seconds) {
    const where = this.player.where() ?? this.rest;
    if (!where) return;
    const offset = where.offset + seconds;
    if (offset < 0) { const place = this.editor.order.indexOf(where.id); this.hear(this.editor.order[Math.max(0, place - 1)], true); }
    else this.hear(where.id, true, offset);
  }

  /** A moment of the recording was clicked. @param {number} seconds */
  at(seconds) {
    const id = this.editor.order.findLast(each => { const { start } = /** @type {Said} */ (this.editor.said.get(each)); return start !== null && start <= seconds; });
    if (!id) return;
    this.editor.choose(id);
    this.hear(id, true, seconds - (this.editor.said.get(id)?.start ?? seconds));
  }

  /** @returns {number | null} the moment of the recording that is heard, or at which the chosen sentence begins */
  moment() {
    const where = this.player.where(), start = this.editor.said.get(where?.id ?? this.editor.chosen)?.start ?? null;
    return start === null ? null : start + (where?.offset ?? 0);
  }

  /** @param {string} id */
  light(id) {
    this.editor.paper.spans.get(this.sounding)?.classList.remove("now");
    this.sounding = id;
    const span = this.editor.paper.spans.get(id);
    span?.classList.add("now");
    if (span && id !== this.editor.chosen && performance.now() - this.moved > YIELD) this.editor.bring(span);
    this.bar();
  }
}

// An edition: read as it will be heard, each sentence a click away from its sound and its text.
// @ts-check
import { get, of } from "./api.js";
import { approval } from "./approval.js";
import { Changing } from "./changing.js";
import { attempt, clock, make, many, unpressed } from "./dom.js";
import { Listening } from "./listening.js";
import { Panel } from "./panel.js";
import { Paper } from "./paper.js";

/** @typedef {import("./api.js").Edition} Edition */
/** @typedef {import("./api.js").Said} Said */

/** @param {MouseEvent} event @returns {number} which letter of a text was clicked, from 1; 0 where nobody knows */
function letter(event) {
  const { clientX: x, clientY: y } = event, all = /** @type {any} */ (document);
  const found = all.caretPositionFromPoint?.(x, y) ?? all.caretRangeFromPoint?.(x, y), node = found?.offsetNode ?? found?.startContainer;
  return node?.nodeType === Node.TEXT_NODE ? (found.offset ?? found.startOffset) + 1 : 0;
}

export class Editor {
  /** @param {HTMLElement} place @param {string} name */
  constructor(place, name) {
    this.place = place;
    this.name = name;
    /** @type {Edition} */
    this.edition = /** @type {any} */ (null);
    /** @type {Map<string, Said>} */
    this.said = new Map();
    /** @type {string[]} */
    this.order = [];
    /** @type {import("./api.js").Doubted[]} */
    this.doubts = [];
    this.chosen = "";
    /** Which of several sentences in one breath was clicked, from 1; 0 for all of them. */
    this.number = 0;
    this.within = /** @type {Highlight} */ ("highlights" in CSS ? new Highlight() : new Set());
    this.gone = false;
    this.waiting = 0;
    this.sheet = make("div", { class: "paper" });
    this.paper = new Paper(this);
    this.listening = new Listening(this);
    this.changing = new Changing(this);
    this.panel = new Panel(this);
  }

  /** Load it and show it. */
  async open() {
    this.edition = await get(of(this.name));
    if (this.gone) return;
    this.show();
    requestAnimationFrame(() => setTimeout(() => { this.paper.finish(); this.measure(); attempt(() => this.panel.again()); }));
    this.timer = setTimeout(() => attempt(() => this.look()), 300);
  }

  close() {
    this.gone = true;
    this.panel.leave();
    this.listening.close();
    clearTimeout(this.timer);
    clearTimeout(this.waiting);
    if ("highlights" in CSS) CSS.highlights.clear();
  }

  /** The text is drawn anew; the panel stays where it is, with what is being typed there. */
  show() {
    document.title = `${this.edition.title} · audioed studio`;
    const isInText = this.sheet.contains(document.activeElement);
    this.sheet.replaceChildren(this.paper.head(), this.listening.wave.element, this.paper.chapters() ?? "", this.paper.script());
    if (!this.sheet.isConnected) this.place.replaceChildren(make("div", { class: "desk" }, this.sheet, this.panel.element), this.listening.controls());
    this.paper.underline();
    this.choose(this.paper.spans.has(this.chosen) ? this.chosen : this.order[0], isInText, false);
    this.listening.bar();
  }

  /** What takes longer, after everything is there to be read. */
  async look() {
    attempt(() => this.listening.draw());
    this.doubts = (await get(of(this.name, "/doubts"))).words;
    if (this.gone) return;
    this.paper.underline();
    this.panel.show();
  }

  /** How long it will be, and how much has changed. */
  async measure() {
    try {
      this.difference = /** @type {import("./api.js").Difference} */ (await get(of(this.name, "/difference")));
    } catch { return; }
    const place = document.getElementById("length"), { duration_before: before, duration, sentences, is_exact: exact } = this.difference;
    if (!place || this.gone) return;
    const now = `${exact ? "" : "about "}${clock(duration)}`;
    const changes = sentences.length ? ` · ${many(sentences.length, "change")}` : "";
    place.textContent = `${before !== null && clock(before) !== clock(duration) ? `${clock(before)} → ${now}` : now}${changes}`;
  }

  /** @param {string} id @param {boolean} [focus] @param {boolean} [bring] whether it has to be brought into sight */
  choose(id, focus = true, bring = focus) {
    if (!this.paper.spans.has(id)) this.paper.finish();
    const before = this.paper.spans.get(this.chosen), span = this.paper.spans.get(id);
    before?.removeAttribute("aria-current");
    before?.setAttribute("tabindex", "-1");
    if (!span) return;
    span.setAttribute("aria-current", "true");
    span.tabIndex = 0;
    if (this.chosen !== id) { this.listening.rest = null; this.panel.leave(); }
    this.chosen = id;
    this.point(0);
    this.panel.show();
    if (focus) span.focus({ preventScroll: true });
    if (bring) this.bring(span);
    this.listening.bar();
  }

  /** @param {HTMLElement} span */
  bring(span) {
    const { top, bottom } = span.getBoundingClientRect();
    const floor = innerHeight - 80 - (innerWidth < 960 ? this.panel.element.offsetHeight : 0);
    if (top < 90 || bottom > floor) span.scrollIntoView({ block: innerWidth < 960 ? "start" : "center", behavior: "auto" });
  }

  /** @param {Event} event @returns {string} */
  under(event) {
    const span = event.target instanceof Element ? event.target.closest(".said") : null;
    return span instanceof HTMLElement ? span.dataset.id ?? "" : "";
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const id = this.under(event);
    if (!id || event.detail > 1 || !getSelection()?.isCollapsed) return;
    this.listening.hear(id, event.shiftKey);
    this.panel.open(true);
    this.choose(id, true, innerWidth < 960);
    this.point(letter(event));
  }

  /** Of several sentences in one breath, the one that holds this letter is meant. @param {number} letter from 1; 0 for all of them */
  point(letter) {
    const sentences = this.said.get(this.chosen)?.sentences ?? [], node = this.paper.spans.get(this.chosen)?.firstChild;
    this.number = 0;
    this.within.clear();
    if (!letter || !node || sentences.join(" ").length !== node.nodeValue?.length) return;
    let start = 0;
    for (const [at, sentence] of sentences.entries()) {
      const end = start + sentence.length;
      if (letter - 1 <= end) {
        this.number = at + 1;
        if ("highlights" in CSS) this.within.add(new StaticRange({ startContainer: node, startOffset: start, endContainer: node, endOffset: end }));
        return;
      }
      start = end + 1;
    }
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const by = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity })[event.key];
    const span = event.target instanceof Element && event.target.closest(".said");
    if (!span || event.ctrlKey || event.metaKey || event.altKey) return;
    if (by) {
      event.preventDefault();
      const place = Math.min(Math.max(0, this.order.indexOf(this.chosen) + by), this.order.length - 1);
      this.choose(this.order[place]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.listening.hear(this.chosen);
    }
  }

  /** @returns {Record<string, () => void>} what the keys of the whole page do here */
  get keys() {
    return {
      " ": () => this.listening.toggle(), k: () => this.listening.toggle(), j: () => this.listening.step(-1), l: () => this.listening.step(1),
      arrowup: () => this.listening.step(-1), arrowdown: () => this.listening.step(1), arrowleft: () => this.listening.skip(-3), arrowright: () => this.listening.skip(3),
      e: () => this.panel.edit("written"), s: () => { attempt(() => this.panel.save()); }, p: () => this.panel.edit("pause"), v: () => this.panel.edit("voice"),
      x: () => { attempt(() => this.changing.leaveOut(this.chosen, this.number)); }, d: () => { attempt(() => approval(this)); },
    };
  }

  /** A sentence is as it was told now. @param {Said} said @param {string} version of the script */
  put(said, version) {
    const before = this.said.get(said.id), span = this.paper.spans.get(said.id);
    const now = { ...said, start: said.start ?? before?.start ?? null, end: said.end ?? before?.end ?? null };
    for (const part of this.edition.segments) part.utterances = part.utterances.map(each => (each.id === said.id ? now : each));
    this.edition.version = version;
    this.said.set(said.id, now);
    if (span) { this.paper.write(now, span); this.paper.mark(said.id); }
    this.later();
  }

  /** The length is told again soon. */
  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.measure(), 600);
  }

  /** Somebody, perhaps we, changed its files. */
  async refresh() {
    if (!this.edition) return;
    const found = /** @type {Edition} */ (await get(of(this.name)));
    if (this.gone) return;
    const order = found.segments.flatMap(part => part.utterances.map(each => each.id)).join();
    const same = order === this.order.join() && found.state === this.edition.state && found.title === this.edition.title
      && found.is_making === this.edition.is_making && found.can_undo === this.edition.can_undo && found.recording === this.edition.recording
      && JSON.stringify(found.articles) === JSON.stringify(this.edition.articles);
    if (!same) {
      if (this.place.matches(":active")) { await unpressed(this.place); await this.refresh(); return; }
      const isOther = found.recording !== this.edition.recording || found.duration !== this.edition.duration;
      this.edition = found;
      this.show();
      this.paper.finish();
      this.measure();
      if (isOther) await this.listening.draw();
      return;
    }
    for (const part of found.segments) {
      for (const said of part.utterances) {
        if (said.version !== this.said.get(said.id)?.version) {
          this.put(said, found.version);
          if (said.id === this.chosen) this.panel.theirs(said);
        }
      }
    }
    this.edition = found;
  }
}

// An edition: read as it will be heard, each sentence a click away from its sound and its text.
// @ts-check
import { get, of, send } from "./api.js";
import { approval } from "./approval.js";
import { asked, attempt, button, clock, dialog, icon, labelled, make, many, tell } from "./dom.js";
import { Panel, READINGS } from "./panel.js";
import { groups, paragraphs, placed } from "./pieces.js";
import { Player } from "./sound.js";
import { Wave } from "./wave.js";

/** @typedef {import("./api.js").Edition} Edition */
/** @typedef {import("./api.js").Said} Said */

export const STATES = /** @type {Record<string, string>} */ ({
  draft: "Draft", published: "Published", changed: "Changed", quarantined: "Held back", removed: "Removed", damaged: "Damaged",
});
const KINDS = /** @type {Record<string, string>} */ ({
  correction: "Correction", opening: "Greeting", title: "Title", body: "Text", headlines: "Headlines", promo: "Promo", closing: "Farewell",
});
/** Milliseconds after a reader has scrolled in which the page does not. */
const YIELD = 4000;
const LETTER = /[\p{L}\p{N}]/u;
/** Sentences that are there at once; those behind them follow when these can be read. */
const FIRST = 60;
/** Pieces that are not read, of so many in a row each is shown. */
const SHOWN = 2;

/** @param {MouseEvent} event @returns {number} which letter of a text was clicked, from 1; 0 where nobody knows */
function letter(event) {
  const { clientX: x, clientY: y } = event, all = /** @type {any} */ (document);
  const found = all.caretPositionFromPoint?.(x, y) ?? all.caretRangeFromPoint?.(x, y), node = found?.offsetNode ?? found?.startContainer;
  return node?.nodeType === Node.TEXT_NODE ? (found.offset ?? found.startOffset) + 1 : 0;
}

const BLANK = make("span", { class: "said", role: "button", tabIndex: -1 });

export class Editor {
  /** @param {HTMLElement} place @param {string} name */
  constructor(place, name) {
    this.place = place;
    this.name = name;
    /** @type {Edition} */
    this.edition = /** @type {any} */ (null);
    /** @type {Map<string, Said>} */
    this.said = new Map();
    /** @type {Map<string, HTMLElement>} */
    this.spans = new Map();
    /** @type {string[]} */
    this.order = [];
    /** @type {import("./api.js").Doubted[]} */
    this.doubts = [];
    /** @type {Generator<void> | null} */
    this.unmade = null;
    this.wavy = /** @type {Highlight} */ ("highlights" in CSS ? new Highlight() : new Set());
    /** Words that may be said wrong, by sentence. @type {Map<string, string[]>} */
    this.risky = new Map();
    this.chosen = "";
    /** Which of several sentences in one breath was clicked, from 1; 0 for all of them. */
    this.number = 0;
    this.within = /** @type {Highlight} */ ("highlights" in CSS ? new Highlight() : new Set());
    this.sounding = "";
    this.moved = 0;
    this.gone = false;
    this.waiting = 0;
    /** Where it was stopped. @type {{id: string, offset: number} | null} */
    this.rest = null;
    this.player = new Player({
      now: id => this.light(id),
      stopped: () => { this.light(""); this.bar(); },
      wrong: error => tell(error.message, true),
    });
    this.player.edition = name;
    this.panel = new Panel(this);
    this.wave = new Wave(name, { go: seconds => this.at(seconds), sentences: () => [...this.said.values()], where: () => this.moment() });
    this.scrolled = () => { this.moved = performance.now(); };
    addEventListener("wheel", this.scrolled, { passive: true });
    addEventListener("touchmove", this.scrolled, { passive: true });
  }

  /** Load it and show it. */
  async open() {
    this.edition = await get(of(this.name));
    if (this.gone) return;
    this.show();
    requestAnimationFrame(() => setTimeout(() => { this.finish(); this.measure(); attempt(() => this.panel.again()); }));
    this.timer = setTimeout(() => attempt(() => this.look()), 300);
  }

  close() {
    this.gone = true;
    this.player.stop(false);
    this.panel.leave();
    this.wave.close();
    clearTimeout(this.timer);
    clearTimeout(this.waiting);
    removeEventListener("wheel", this.scrolled);
    removeEventListener("touchmove", this.scrolled);
    if ("highlights" in CSS) CSS.highlights.clear();
  }

  // ---- what is shown

  show() {
    document.title = `${this.edition.title} · audioed studio`;
    const held = this.panel.hold();
    this.place.replaceChildren(
      make("div", { class: "desk" },
        make("div", { class: "paper" }, this.head(), this.wave.element, this.chapters(), this.script()),
        this.panel.element),
      this.controls());
    this.underline();
    this.choose(this.spans.has(this.chosen) ? this.chosen : this.order[0], false);
    this.panel.take(held);
    this.bar();
  }

  head() {
    const { state, day, number, title, is_making: isMaking } = this.edition;
    return make("header", { class: "head" },
      make("p", { class: "facts" },
        make("span", { class: `state ${state}` }, isMaking ? "Being made" : STATES[state] ?? state),
        ` No. ${number} · ${day} · `, make("span", { id: "length" }, this.edition.duration === null ? "" : clock(this.edition.duration))),
      make("h1", { lang: this.edition.language }, title),
      make("p", { class: "acts" },
        button(state === "draft" ? "Approve…" : "Publish changes…", () => approval(this), { class: "main", id: "approve", "aria-keyshortcuts": "D" }),
        this.edition.can_undo && button("Back to the previous version…", () => this.undo()),
        button("Rename…", () => this.rename()),
        button("Discard all changes…", () => this.revert(""), { title: "Every sentence as it was spoken, or as the draft was written" }),
        state !== "draft" && button("Verify", () => send("POST", of(this.name, "/verify"))),
        state === "draft" && button("Discard…", () => this.discard())));
  }

  /** Where chapters begin; each leads there. */
  chapters() {
    const found = this.edition.segments.filter(part => part.chapter && part.utterances.length);
    if (found.length < 2) return null;
    return make("details", { class: "chapters" }, make("summary", {}, many(found.length, "chapter")), make("ol", {}, ...found.map(({ heading, title, utterances: [first] }) => make("li", {},
      button(heading || title, () => { this.choose(first.id); this.hear(first.id, true); }, { class: "quiet", lang: this.edition.language }), first.start !== null && make("small", {}, clock(first.start))))));
  }

  script() {
    const said = this.edition.segments.flatMap(part => part.utterances);
    this.said = new Map(said.map(each => [each.id, each]));
    this.order = said.map(each => each.id);
    this.spans.clear();
    const script = make("div", { id: "script", lang: this.edition.language });
    script.addEventListener("pointerdown", event => this.ready(event));
    script.addEventListener("click", event => this.clicked(event));
    script.addEventListener("dblclick", event => attempt(() => this.from(event)));
    script.addEventListener("keydown", event => this.pressed(event));
    this.unmade = this.sections(script);
    while (this.spans.size < FIRST && !this.unmade.next().done);
    return script;
  }

  /** The rest of a long edition, once its beginning can be read. */
  finish() {
    for (const _ of this.unmade ?? []);
    this.unmade = null;
    this.underline();
  }

  /** All that is said, part by part. @param {HTMLElement} script @returns {Generator<void>} */
  *sections(script) {
    const { of: pieces, after, left } = placed(this.edition);
    this.pieces = pieces;
    /** @type {Map<string, import("./api.js").Omitted[]>} */
    const gone = new Map();
    for (const each of this.edition.left_out) gone.set(each.after, [...(gone.get(each.after) ?? []), each]);
    if (gone.has("")) script.append(make("p", {}, ...(gone.get("") ?? []).flatMap(each => [this.omitted(each), " "])));
    for (const { article, parts } of groups(this.edition)) {
      const source = this.edition.articles[article - 1];
      const label = source ? source.title : parts[0].kind === "closing" ? "The end" : "The beginning";
      const section = make("section", { class: "article", "aria-label": label });
      script.append(section);
      if (source?.url.startsWith("http")) {
        section.append(make("p", { class: "source" }, make("a", { href: source.url, target: "_blank", rel: "noopener noreferrer" }, source.site || source.url)));
      }
      let cuts = left.get(article);
      for (const part of parts) {
        const box = make("div", { class: `part ${part.kind}`, role: "group", "aria-label": KINDS[part.kind] ?? part.kind });
        if (part.kind !== "body") box.append(make("p", { class: "kind", "aria-hidden": "true" }, KINDS[part.kind] ?? part.kind));
        for (const paragraph of paragraphs(part)) {
          const first = paragraph[0], line = make("p", { class: first.block });
          for (const each of paragraph) {
            line.append(this.sentence(each), " ");
            for (const lost of gone.get(each.id) ?? []) line.append(this.omitted(lost), " ");
          }
          box.append(line);
          const cut = paragraph.flatMap(each => after.get(each.id) ?? []);
          if (cut.length) box.append(this.cut(cut));
        }
        section.append(box);
        if (cuts && part.kind === "title") { section.append(this.cut(cuts)); cuts = undefined; }
        yield;
      }
      if (cuts) section.append(this.cut(cuts));
    }
  }

  /** @param {Said} each */
  sentence(each) {
    const span = /** @type {HTMLElement} */ (BLANK.cloneNode());  // there are a thousand of them
    span.dataset.id = each.id;
    this.spans.set(each.id, span);
    this.write(each, span);
    return span;
  }

  /** @param {Said} each @param {HTMLElement} span */
  write(each, span) {
    span.textContent = each.written || each.spoken;
    if (each.language || span.lang) span.lang = each.language;
    if (each.is_changed || span.classList.contains("changed")) span.classList.toggle("changed", each.is_changed);
  }

  /** A sentence that was left out, where it stood. @param {import("./api.js").Omitted} each */
  omitted(each) {
    return make("span", { class: "omitted", role: "group", "aria-label": "Left out" }, make("del", { lang: each.language || null }, each.written), " ",
      button("Read it again", () => this.revert(each.id), { class: "small", "aria-label": `Read it again: ${each.written}` }));
  }

  /** @param {import("./pieces.js").Placed[]} cuts */
  cut(cuts) {
    const rows = cuts.map(each => {
      const { rule, doubt, text, reason } = each.piece;
      return make("div", { class: "cut" }, make("p", {}, text),
        make("p", { class: "why" }, make("span", { title: [rule, doubt].filter(Boolean).join(" · ") }, reason), " ",
          button("Read it", () => this.read(each, "body"), { class: "small" }),
          ...READINGS.slice(1, -1).map(([reading, name]) => button(name, () => this.read(each, reading), { class: "small quiet", "aria-label": `${name}: what it is read as` }))));
    });
    if (cuts.length <= SHOWN) return make("div", { class: "cuts", role: "group", "aria-label": "Not read" }, ...rows);
    return make("details", { class: "cuts" }, make("summary", {}, `${many(cuts.length, "piece")} not read`), ...rows);
  }

  controls() {
    const voice = make("select", { id: "voice", "aria-label": "Hear it in", on: { change: () => { this.player.voice = voice.value; } } },
      make("option", { value: "" }, "Own voices"));
    attempt(async () => {
      for (const each of (await this.panel.cards()).filter(card => !card.needs)) voice.append(make("option", { value: each.name }, each.name));
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
    const place = this.order.indexOf(this.sounding || this.chosen), start = this.said.get(this.order[place])?.start;
    this.wave.follow(plays);
    where.textContent = `${place + 1} / ${this.order.length}${typeof start === "number" ? ` · ${clock(start)}` : ""}`;
  }

  /** What takes longer, after everything is there to be read. */
  async look() {
    attempt(() => this.draw());
    this.doubts = (await get(of(this.name, "/doubts"))).words;
    if (this.gone) return;
    this.underline();
    this.panel.show();
  }

  async draw() {
    const { recording, chapters, loudness, true_peak: peak } = this.edition;
    if (recording) await this.wave.load(chapters, loudness, peak);
  }

  /** The words that a voice may get wrong, in all sentences. */
  underline() {
    if (!("highlights" in CSS)) return;
    this.wavy.clear();
    this.risky = new Map();
    for (const doubt of this.doubts) for (const id of doubt.utterances) this.risky.set(id, [...(this.risky.get(id) ?? []), doubt.word.toLowerCase()]);
    for (const id of this.risky.keys()) this.mark(id);
    CSS.highlights.set("doubt", this.wavy);
    CSS.highlights.set("within", this.within);
  }

  /** The same in one. @param {string} id */
  mark(id) {
    const node = this.spans.get(id)?.firstChild, text = node?.nodeValue?.toLowerCase() ?? "";
    for (const word of this.risky.get(id) ?? []) {
      for (let at = text.indexOf(word); node && at >= 0; at = text.indexOf(word, at + word.length)) {
        const end = at + word.length;
        if (LETTER.test(text.charAt(at - 1)) || LETTER.test(text.charAt(end))) continue;
        this.wavy.add(new StaticRange({ startContainer: node, startOffset: at, endContainer: node, endOffset: Math.min(end, node.nodeValue?.length ?? 0) }));
      }
    }
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

  // ---- choosing and hearing

  /** @param {string} id @param {boolean} [focus] @param {boolean} [bring] whether it has to be brought into sight */
  choose(id, focus = true, bring = focus) {
    if (!this.spans.has(id)) this.finish();
    const before = this.spans.get(this.chosen), span = this.spans.get(id);
    before?.removeAttribute("aria-current");
    before?.setAttribute("tabindex", "-1");
    if (!span) return;
    span.setAttribute("aria-current", "true");
    span.tabIndex = 0;
    if (this.chosen !== id) { this.rest = null; this.panel.leave(); }
    this.chosen = id;
    this.point(0);
    this.panel.show();
    if (focus) span.focus({ preventScroll: true });
    if (bring) this.bring(span);
    this.bar();
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

  /** It is asked for before the finger is lifted. @param {Event} event */
  ready(event) {
    const said = this.said.get(this.under(event));
    if (said) this.player.clip(said).catch(() => {});
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const id = this.under(event);
    if (!id || event.detail > 1 || !getSelection()?.isCollapsed) return;
    this.hear(id, event.shiftKey);
    this.panel.open(true);
    this.choose(id, true, innerWidth < 960);
    this.point(letter(event));
  }

  /** Of several sentences in one breath, the one that holds this letter is meant. @param {number} letter from 1; 0 for all of them */
  point(letter) {
    const sentences = this.said.get(this.chosen)?.sentences ?? [], node = this.spans.get(this.chosen)?.firstChild;
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

  /** @param {string} id @param {boolean} [on] whether to listen on */
  hear(id, on = false, offset = 0) {
    const said = this.said.get(id);
    if (!said) return;
    this.rest = null;
    this.player.play(said, on ? each => this.behind(each) : () => null, offset);
    this.bar();
  }

  /** @param {string} id @returns {Said | null} */
  behind(id) { return this.said.get(this.order[this.order.indexOf(id) + 1]) ?? null; }

  /** Listen on from the word that was clicked twice. @param {MouseEvent} event */
  async from(event) {
    const id = this.under(event), span = this.spans.get(id), caret = getSelection()?.anchorNode;
    if (!span || !caret) return;
    const before = (getSelection()?.anchorOffset ?? 0);
    const count = (span.textContent ?? "").slice(0, before).split(/\s+/).filter(Boolean).length;
    getSelection()?.removeAllRanges();
    const { words } = await get(of(this.name, `/utterances/${encodeURIComponent(id)}/words`));
    this.hear(id, true, words[count]?.start ?? 0);
    this.choose(id);
  }

  toggle() {
    if (this.player.isPlaying) {
      this.rest = this.player.where();
      this.player.stop();
    } else if (this.rest && this.said.has(this.rest.id)) this.hear(this.rest.id, true, this.rest.offset);
    else this.hear(this.chosen, true);
    this.bar();
  }

  /** @param {number} by */
  step(by) {
    const from = this.order.indexOf(this.sounding || this.chosen), id = this.order[Math.min(Math.max(0, from + by), this.order.length - 1)];
    const plays = this.player.isPlaying;
    this.choose(id);
    if (plays) this.hear(id, true);
  }

  /** @param {number} seconds */
  skip(seconds) {
    const where = this.player.where() ?? this.rest;
    if (!where) return;
    const offset = where.offset + seconds;
    if (offset < 0) { const place = this.order.indexOf(where.id); this.hear(this.order[Math.max(0, place - 1)], true); }
    else this.hear(where.id, true, offset);
  }

  /** A moment of the recording was clicked. @param {number} seconds */
  at(seconds) {
    const id = this.order.findLast(each => { const { start } = /** @type {Said} */ (this.said.get(each)); return start !== null && start <= seconds; });
    if (!id) return;
    this.choose(id);
    this.hear(id, true, seconds - (this.said.get(id)?.start ?? seconds));
  }

  /** @returns {number | null} the moment of the recording that is heard, or at which the chosen sentence begins */
  moment() {
    const where = this.player.where(), start = this.said.get(where?.id ?? this.chosen)?.start ?? null;
    return start === null ? null : start + (where?.offset ?? 0);
  }

  /** @param {string} id */
  light(id) {
    this.spans.get(this.sounding)?.classList.remove("now");
    this.sounding = id;
    const span = this.spans.get(id);
    span?.classList.add("now");
    if (span && id !== this.chosen && performance.now() - this.moved > YIELD) this.bring(span);
    this.bar();
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
      this.hear(this.chosen);
    }
  }

  /** @returns {Record<string, () => void>} what the keys of the whole page do here */
  get keys() {
    return {
      " ": () => this.toggle(), k: () => this.toggle(), j: () => this.step(-1), l: () => this.step(1),
      arrowup: () => this.step(-1), arrowdown: () => this.step(1), arrowleft: () => this.skip(-3), arrowright: () => this.skip(3),
      e: () => this.panel.edit("written"), s: () => { attempt(() => this.panel.save()); }, p: () => this.panel.edit("pause"), v: () => this.panel.edit("voice"),
      x: () => { attempt(() => this.leaveOut(this.chosen, this.number)); }, d: () => { attempt(() => approval(this)); },
    };
  }

  // ---- changing

  /** A sentence is as it was told now. @param {Said} said @param {string} version of the script */
  put(said, version) {
    const before = this.said.get(said.id), span = this.spans.get(said.id);
    const now = { ...said, start: said.start ?? before?.start ?? null, end: said.end ?? before?.end ?? null };
    for (const part of this.edition.segments) part.utterances = part.utterances.map(each => (each.id === said.id ? now : each));
    this.edition.version = version;
    this.said.set(said.id, now);
    if (span) { this.write(now, span); this.mark(said.id); }
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
      const isOther = found.recording !== this.edition.recording || found.duration !== this.edition.duration;
      this.edition = found;
      this.show();
      this.finish();
      this.measure();
      if (isOther) await this.draw();
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

  /** @param {string} id @param {number} [number] of one of several sentences in one breath, from 1; 0 for all of them */
  async leaveOut(id, number = 0) {
    const said = this.said.get(id);
    if (!said) return;
    if (number) { await this.leavePartOut(said, number); return; }
    const next = this.behind(id)?.id ?? this.order[this.order.indexOf(id) - 1];
    await send("DELETE", of(this.name, `/utterances/${encodeURIComponent(id)}`), { version: said.version });
    const before = this.order[this.order.indexOf(id) - 1] ?? "";
    this.chosen = next;
    await this.refresh();
    this.spans.get(next)?.focus();
    tell("Left out.", false, button("Undo", () => this.bringBack(said, before), { class: "small" }));
  }

  /** @param {Said} said @param {number} number */
  async leavePartOut(said, number) {
    await this.panel.save();
    const path = of(this.name, `/utterances/${encodeURIComponent(said.id)}`), { version } = /** @type {Said} */ (this.said.get(said.id));
    const { utterance, version: now } = await send("DELETE", path, { version, sentence: number });
    this.put(utterance, now);
    this.choose(said.id);
    const { written, spoken } = said;
    tell(`Left out: ${said.sentences[number - 1]}`, false, button("Undo", async () => {
      const back = await send("PATCH", path, { version: utterance.version, written, spoken });
      tell("");
      this.put(back.utterance, back.version);
      this.choose(said.id);
    }, { class: "small" }));
  }

  /** A sentence that was left out is said again as it was, with what had been changed of it. @param {Said} said @param {string} before */
  async bringBack(said, before) {
    tell("");
    const known = this.edition.left_out.some(each => each.id === said.id);
    const { utterance } = known ? await send("POST", of(this.name, "/revert"), { utterance: said.id })
      : await send("POST", of(this.name, `/utterances/${encodeURIComponent(before)}/after`), { written: said.written });
    if (said.is_changed) {
      const { written, spoken, pause, voice, role } = said;
      await send("PATCH", of(this.name, `/utterances/${encodeURIComponent(utterance.id)}`), { version: utterance.version, written, spoken, pause, voice, role });
    }
    await this.refresh();
    this.choose(utterance.id);
  }

  /** @param {string} id @param {string} written */
  async add(id, written) {
    const { utterance } = await send("POST", of(this.name, `/utterances/${encodeURIComponent(id)}/after`), { written });
    this.chosen = utterance.id;
    await this.refresh();
    this.choose(utterance.id);
  }

  /** @param {string} id empty for all */
  async revert(id) {
    if (!id && !(await asked("Discard every change in this edition?", "Discard them"))) return;
    const { utterance, version } = await send("POST", of(this.name, "/revert"), { utterance: id });
    if (utterance && this.said.has(id)) { this.put(utterance, version); this.panel.show(); } else await this.refresh();
    if (utterance) this.choose(id);
    tell("Changes undone.");
  }

  /** From now on a piece of an article is read so; what is told of it offers the same for all of its site. @param {import("./pieces.js").Placed} here @param {string} reading */
  async read({ article, piece }, reading) {
    const site = this.edition.articles[article - 1]?.site, name = (READINGS.find(each => each[0] === reading) ?? ["", ""])[1].toLowerCase();
    const choose = async (/** @type {object} */ what, /** @type {string} */ scope) => {
      const done = await send("POST", of(this.name, "/choices"), { article, ...what, reading, scope });
      await this.refresh();
      return done.lost?.length ? ` ${many(done.lost.length, "edit")} lost: the sentence is gone.` : "";
    };
    const more = (/** @type {string} */ text, /** @type {object} */ what) => button(text, async () => { const lost = await choose(what, "site"); tell(`Kept for all of ${site}.${lost}`); }, { class: "small" });
    const lost = await choose({ text: piece.text }, "article");
    tell(`${reading === "cut" ? "Cut" : `Read as ${name}`} whenever this article is read.${lost}`, false, ...(site ? [more(`On all of ${site}`, { text: piece.text })] : []),
      ...(site && piece.rule ? [more(`And all that is cut as “${piece.rule}” there`, { rule: piece.rule })] : []));
  }

  async rename() {
    const title = make("input", { value: this.edition.title, maxLength: 300, required: true });
    if (!(await dialog("Title", [labelled("Title of the edition", title)], "Rename")) || !title.value.trim() || title.value === this.edition.title) return;
    await send("PATCH", of(this.name), { title: title.value, version: this.edition.version });
    await this.refresh();
  }

  async undo() {
    if (!(await asked("Give listeners the previous version again?", "Give it back"))) return;
    await send("POST", of(this.name, "/undo"));
  }

  async discard() {
    if (!(await asked("Discard this draft? Its articles wait again for the next edition.", "Discard it"))) return;
    await send("DELETE", of(this.name));
    location.hash = "#/";
  }
}

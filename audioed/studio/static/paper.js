// The text of an edition: what is said, part by part, and in its place what is not.
// @ts-check
import { of, send } from "./api.js";
import { approval } from "./approval.js";
import { attempt, button, clock, make, many } from "./dom.js";
import { READINGS } from "./panel.js";
import { groups, paragraphs, placed } from "./pieces.js";

/** @typedef {import("./api.js").Said} Said */

export const STATES = /** @type {Record<string, string>} */ ({
  draft: "Draft", published: "Published", changed: "Changed", quarantined: "Held back", removed: "Removed", damaged: "Damaged",
});
const KINDS = /** @type {Record<string, string>} */ ({
  correction: "Correction", opening: "Greeting", title: "Title", body: "Text", headlines: "Headlines", promo: "Promo", closing: "Farewell",
});
const LETTER = /[\p{L}\p{N}]/u;
/** Sentences that are there at once; those behind them follow when these can be read. */
const FIRST = 60;
/** Pieces that are not read, of so many in a row each is shown. */
const SHOWN = 2;
const BLANK = make("span", { class: "said", role: "button", tabIndex: -1 });

export class Paper {
  /** @param {import("./editor.js").Editor} editor */
  constructor(editor) {
    this.editor = editor;
    /** @type {Map<string, HTMLElement>} */
    this.spans = new Map();
    /** The piece of an article that each sentence says. @type {Map<string, import("./pieces.js").Placed>} */
    this.pieces = new Map();
    /** @type {Generator<void> | null} */
    this.unmade = null;
    this.wavy = /** @type {Highlight} */ ("highlights" in CSS ? new Highlight() : new Set());
    /** Words that may be said wrong, by sentence. @type {Map<string, string[]>} */
    this.risky = new Map();
  }

  head() {
    const { state, day, number, title, is_making: isMaking } = this.editor.edition;
    return make("header", { class: "head" },
      make("p", { class: "facts" },
        make("span", { class: `state ${state}` }, isMaking ? "Being made" : STATES[state] ?? state),
        ` No. ${number} · ${day} · `, make("span", { id: "length" }, this.editor.edition.duration === null ? "" : clock(this.editor.edition.duration))),
      make("h1", { lang: this.editor.edition.language }, title),
      make("p", { class: "acts" },
        button(state === "draft" ? "Approve…" : "Publish changes…", () => approval(this.editor), { class: "main", id: "approve", "aria-keyshortcuts": "D" }),
        this.editor.edition.can_undo && button("Back to the previous version…", () => this.editor.changing.undo()),
        button("Rename…", () => this.editor.changing.rename()),
        button("Discard all changes…", () => this.editor.changing.revert(""), { title: "Every sentence as it was spoken, or as the draft was written" }),
        state !== "draft" && button("Verify", () => send("POST", of(this.editor.name, "/verify"))),
        state === "draft" && button("Discard…", () => this.editor.changing.discard())));
  }

  /** Where chapters begin; each leads there. */
  chapters() {
    const found = this.editor.edition.segments.filter(part => part.chapter && part.utterances.length);
    if (found.length < 2) return null;
    return make("details", { class: "chapters" }, make("summary", {}, many(found.length, "chapter")), make("ol", {}, ...found.map(({ heading, title, utterances: [first] }) => make("li", {},
      button(heading || title, () => { this.editor.choose(first.id); this.editor.listening.hear(first.id, true); }, { class: "quiet", lang: this.editor.edition.language }), first.start !== null && make("small", {}, clock(first.start))))));
  }

  script() {
    const said = this.editor.edition.segments.flatMap(part => part.utterances);
    this.editor.said = new Map(said.map(each => [each.id, each]));
    this.editor.order = said.map(each => each.id);
    this.spans.clear();
    const script = make("div", { id: "script", lang: this.editor.edition.language });
    script.addEventListener("pointerdown", event => this.editor.listening.ready(event));
    script.addEventListener("click", event => this.editor.clicked(event));
    script.addEventListener("dblclick", event => attempt(() => this.editor.listening.from(event)));
    script.addEventListener("keydown", event => this.editor.pressed(event));
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
    const { of: pieces, after, left } = placed(this.editor.edition);
    this.pieces = pieces;
    /** @type {Map<string, import("./api.js").Omitted[]>} */
    const gone = new Map();
    for (const each of this.editor.edition.left_out) gone.set(each.after, [...(gone.get(each.after) ?? []), each]);
    if (gone.has("")) script.append(make("p", {}, ...(gone.get("") ?? []).flatMap(each => [this.omitted(each), " "])));
    for (const { article, parts } of groups(this.editor.edition)) {
      const source = this.editor.edition.articles[article - 1];
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
      button("Read it again", () => this.editor.changing.revert(each.id), { class: "small", "aria-label": `Read it again: ${each.written}` }));
  }

  /** @param {import("./pieces.js").Placed[]} cuts */
  cut(cuts) {
    const rows = cuts.map(each => {
      const { rule, doubt, text, reason } = each.piece;
      return make("div", { class: "cut" }, make("p", {}, text),
        make("p", { class: "why" }, make("span", { title: [rule, doubt].filter(Boolean).join(" · ") }, reason), " ",
          button("Read it", () => this.editor.changing.read(each, "body"), { class: "small" }),
          ...READINGS.slice(1, -1).map(([reading, name]) => button(name, () => this.editor.changing.read(each, reading), { class: "small quiet", "aria-label": `${name}: what it is read as` }))));
    });
    if (cuts.length <= SHOWN) return make("div", { class: "cuts", role: "group", "aria-label": "Not read" }, ...rows);
    return make("details", { class: "cuts" }, make("summary", {}, `${many(cuts.length, "piece")} not read`), ...rows);
  }

  /** The words that a voice may get wrong, in all sentences. */
  underline() {
    if (!("highlights" in CSS)) return;
    this.wavy.clear();
    this.risky = new Map();
    for (const doubt of this.editor.doubts) for (const id of doubt.utterances) this.risky.set(id, [...(this.risky.get(id) ?? []), doubt.word.toLowerCase()]);
    for (const id of this.risky.keys()) this.mark(id);
    CSS.highlights.set("doubt", this.wavy);
    CSS.highlights.set("within", this.editor.within);
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
}

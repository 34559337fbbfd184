// What may be changed of the sentence that is chosen: its words, how they sound, the pause behind it, its voice.
// @ts-check
import { get, of, Refused, send, sound } from "./api.js";
import { attempt, button, dialog, icon, labelled, make, many, tell } from "./dom.js";
import { drop, left, put } from "./unsaved.js";

/** @typedef {import("./api.js").Said} Said */
/** Milliseconds after the last key in which what was typed is kept. */
const SOON = 1200;

/** As what a passage may be read. */
export const READINGS = [["body", "Text"], ["heading", "Heading"], ["headlines", "Headlines"], ["promo", "Promo"], ["cut", "Cut"]];

/** @type {Promise<import("./api.js").Card[]> | null} */
let voices = null;

export class Panel {
  /** @param {import("./editor.js").Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.element = make("aside", { class: "panel", "aria-label": "The chosen sentence" });
    this.timer = 0;
    /** What was typed and is not kept yet, by field. @type {Record<string, string>} */
    this.typed = {};
    /** The version of the sentence on which it was typed. */
    this.base = "";
    this.id = "";
    /** What is being kept, or could not be, by sentence. @type {Map<string, {typed: Record<string, string>, base: string}>} */
    this.unkept = new Map();
    /** @type {Promise<void>} */
    this.keeping = Promise.resolve();
  }

  /** @returns {Promise<import("./api.js").Card[]>} */
  cards() {
    voices ??= get("/api/voices").then(found => found.voices);
    return voices;
  }

  /** What was typed and could not be saved, before the studio was killed or the page closed, is saved now, or compared with what stands there. */
  async again() {
    for (const [id, unkept] of left(this.editor.name)) {
      if (!this.editor.said.has(id)) drop(this.editor.name, id);
      else if (id !== this.id || !Object.keys(this.typed).length) this.unkept.set(id, unkept);
    }
    /** @type {string[]} */
    const waiting = [...this.unkept.keys()], clashing = [];
    let saved = 0;
    await this.save();
    for (const id of waiting) {
      try {
        if (await this.keep(id)) saved++;
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 409) throw error;
        clashing.push(id);
      }
    }
    if (clashing.length) {
      this.editor.choose(clashing[0]);
      await this.save();
    } else if (saved) tell(`What you had typed is saved now, in ${many(saved, "sentence")}.`);
  }

  /** @param {string} name @returns {any} */
  field(name) { return this.element.querySelector(`[name="${name}"]`); }

  /** Show the sentence that is chosen; what is being typed stays. */
  show() {
    const { chosen, said } = this.editor, each = said.get(chosen);
    if (!each) return;
    if (this.id === each.id && this.field("written")) { this.fill(each); this.risks(each); return; }
    this.id = each.id;
    this.typed = {};
    const unkept = this.unkept.get(each.id);
    if (unkept) {
      Object.assign(this, unkept);
      this.unkept.delete(each.id);
    }
    const area = (/** @type {string} */ name, /** @type {number} */ rows) => make("textarea", { name, rows, spellcheck: true, lang: each.language || this.editor.edition.language,
      on: { input: () => this.type(name), keydown: (/** @type {KeyboardEvent} */ event) => this.pressed(event) } });
    const pause = make("input", { name: "pause", type: "number", min: "0", max: "60", step: "0.05", inputMode: "decimal",
      on: { input: () => this.type("pause"), keydown: (/** @type {KeyboardEvent} */ event) => this.pressed(event) } });
    const voice = make("select", { name: "voice", on: { change: () => { this.type("voice"); attempt(() => this.save()); } } });
    this.element.replaceChildren(
      make("p", { class: "acts first" },
        button("Hear it", () => this.hear(), { class: "main" }),
        button("Save", () => this.save(), { name: "save", "aria-keyshortcuts": "S", disabled: true }),
        make("span", { class: "kept", role: "status" }),
        button("Done", () => this.open(false), { class: "quiet done" })),
      labelled("Text", area("written", 3), "What captions and pages show."),
      labelled("Said", area("spoken", 3), "What the voice says, if different; [word](/IPA/) sets how a word sounds."),
      make("section", { class: "several", "aria-label": "Its sentences" }),
      make("div", { class: "two" }, labelled("Pause, seconds", pause), labelled("Voice", voice)),
      make("div", { class: "clash", role: "alert" }),
      make("section", { class: "risks", "aria-label": "Words at risk" }, make("h2", { hidden: true }, "Words at risk")),
      this.reading(each) ?? "",
      make("p", { class: "acts" },
        button("Add a sentence…", () => this.more()),
        button("Leave out", () => this.editor.changing.leaveOut(this.id), { name: "out", "aria-keyshortcuts": "X" }),
        button("Undo changes", () => this.editor.changing.revert(this.id), { name: "revert" })));
    attempt(async () => {
      const own = this.id, found = await this.cards();
      if (own !== this.id) return;
      const role = each.voice ? each.role : `${each.role} (${each.speaker})`;
      voice.replaceChildren(make("option", { value: "" }, role), ...found.filter(card => !card.needs).map(card => make("option", { value: card.name }, `${card.name} · ${card.language}`)));
      voice.value = said.get(this.id)?.voice ?? "";
    });
    for (const [name, value] of Object.entries(this.typed)) this.field(name).value = value;
    this.fill(each);
    this.risks(each);
  }

  /** @param {Said} each */
  fill(each) {
    for (const [name, value] of Object.entries({ written: each.written, spoken: each.spoken, pause: String(each.pause), voice: each.voice })) {
      const field = this.field(name);
      if (field && !(name in this.typed) && field.value !== value) field.value = value;
    }
    const count = each.sentences.length, out = this.field("out");
    if (out) out.textContent = count ? `Leave ${count === 2 ? "both" : `all ${count}`} out` : "Leave out";
    this.element.querySelector(".several")?.replaceChildren(...(count ? [make("h2", {}, `${count} sentences, said in one breath`), make("ol", {}, ...each.sentences.map((text, at) => make("li", {}, make("span", { lang: each.language || null }, text), " ",
      button("Leave out", () => this.editor.changing.leaveOut(each.id, at + 1), { class: "small", "aria-label": `Leave out: ${text}` }))))] : []));
    const revert = this.field("revert");
    if (revert) revert.disabled = !each.is_changed;
    this.mark();
  }

  /** The article's piece that it says, and what becomes of that. @param {Said} each */
  reading(each) {
    const here = this.editor.paper.pieces.get(each.id);
    if (!here) return null;
    const now = each.block === "heading" && here.piece.kind === "body" ? "heading" : here.piece.kind;
    return make("section", { class: "passage", "aria-label": "How this passage is read" }, make("h2", {}, "This passage is read as"),
      make("p", { class: "kinds", role: "group", "aria-label": "This passage is read as", title: here.piece.text }, ...READINGS.map(([reading, text]) =>
        button(text, () => this.editor.changing.read(here, reading), { class: "small", "aria-pressed": String(reading === now) }))));
  }

  /** What tells the same as before stays where it is, and so does what somebody is at. @param {Said} each */
  risks(each) {
    const place = this.element.querySelector(".risks");
    if (!place) return;
    const before = /** @type {HTMLElement[]} */ ([...place.querySelectorAll(".risk")]);
    const isInUse = (/** @type {HTMLElement} */ box) => box.contains(document.activeElement) || box.matches(":active") || Boolean(box.querySelector("input")?.value);
    const boxes = this.editor.doubts.filter(doubt => doubt.utterances.includes(each.id)).map(doubt =>
      before.find(box => box.dataset.word === doubt.word && (box.dataset.told === JSON.stringify(doubt) || isInUse(box))) ?? this.risk(doubt, each.id));
    for (const box of before) if (!boxes.includes(box)) { if (isInUse(box)) boxes.push(box); else box.remove(); }
    /** @type {HTMLElement | null} */
    let next = null;
    for (const box of boxes.reverse()) { if (box.parentNode !== place) place.insertBefore(box, next); next = box; }
    /** @type {HTMLElement} */ (place.firstElementChild).hidden = !next;
  }

  /** @param {import("./api.js").Doubted} doubt @param {string} id */
  risk(doubt, id) {
    const how = make("input", { value: "", placeholder: doubt.respelled || doubt.said, maxLength: 200, "aria-label": `How ${doubt.word} sounds` });
    const body = () => ({ word: doubt.word, sound: how.value.trim() || doubt.respelled });
    const keep = async (/** @type {string} */ scope) => {
      if (!how.value.trim()) { how.focus(); tell("Write how it sounds: in letters as ros-KOS-mohs, or as /IPA/.", true); return; }
      const version = this.editor.said.get(id)?.version;
      const done = await send("POST", of(this.editor.name, "/sounds"), { ...body(), scope, replace: true, ...(scope === "here" ? { utterance: id, version } : {}) });
      how.value = "";
      tell(scope === "here" ? "Set for this sentence." : `In the lexicon of ${scope === "show" ? "the show" : "all shows"}: ${done.told}`);
      await this.editor.refresh();
      await this.editor.look();
    };
    const told = [doubt.respelled, doubt.reason, doubt.origin].filter(Boolean).join(" · ");
    return make("div", { class: "risk", data: { word: doubt.word, told: JSON.stringify(doubt) } },
      make("p", {}, make("b", {}, doubt.word), " ", make("span", { class: "why" }, told)),
      make("p", { class: "acts" }, how,
        button(icon("play"), () => this.editor.listening.player.hear(sound(of(this.editor.name, `/utterances/${encodeURIComponent(id)}/sound`), body())), { class: "small", "aria-label": `Hear ${doubt.word} so` }),
        button("Here", () => keep("here"), { class: "small", "aria-label": `Say ${doubt.word} so in this sentence` }),
        button("In the show", () => keep("show"), { class: "small", "aria-label": `Say ${doubt.word} so in the whole show` }),
        button("Always", () => keep("always"), { class: "small", "aria-label": `Say ${doubt.word} so in all shows` })));
  }

  // ---- typing and keeping

  /** @param {string} name */
  type(name) {
    if (!Object.keys(this.typed).length) this.base = this.editor.said.get(this.id)?.version ?? "";
    this.typed[name] = this.field(name).value;
    put(this.editor.name, this.id, this);
    this.mark();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => attempt(() => this.save()), SOON);
  }

  mark() {
    const save = this.field("save"), dirty = Object.keys(this.typed).length > 0;
    if (save) save.disabled = !dirty;
  }

  get isDirty() { return Object.keys(this.typed).length > 0 || this.unkept.size > 0; }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey || target.localName === "input")) {
      event.preventDefault();
      attempt(async () => { await this.save(); this.hear(); });
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.editor.paper.spans.get(this.id)?.focus();
    }
  }

  /** Keep what was typed, behind what is being kept. @param {string} [version] of the sentence, where not the one that is shown */
  async save(version) {
    clearTimeout(this.timer);
    const { id, typed } = this;
    if (!Object.keys(typed).length) return;
    const before = this.unkept.get(id);
    this.typed = {};
    this.unkept.set(id, { typed: { ...before?.typed, ...typed }, base: version ?? before?.base ?? this.base });
    this.mark();
    this.keeping = this.keeping.catch(() => {}).then(async () => { await this.keep(id); });
    await this.keeping;
  }

  /** @param {string} id @returns {Promise<boolean>} whether it is saved; of the sentence that is shown, a clash is shown beside it */
  async keep(id) {
    const { editor } = this, unkept = this.unkept.get(id);
    if (!unkept) return false;
    const { typed, base } = unkept;
    /** @type {Record<string, unknown>} */
    const change = { version: base };
    if (typed.written?.trim()) change.written = typed.written;
    if (typed.spoken?.trim()) change.spoken = typed.spoken;
    if (typed.pause) change.pause = Math.max(0, Number(typed.pause) || 0);
    if (typed.voice !== undefined) change.voice = typed.voice;
    this.unkept.delete(id);
    if (Object.keys(change).length === 1) { drop(editor.name, id); return false; }
    try {
      const done = await send("PATCH", of(editor.name, `/utterances/${encodeURIComponent(id)}`), change);
      editor.put(done.utterance, done.version);
      const more = this.unkept.get(id);
      if (!more && (this.id !== id || !Object.keys(this.typed).length)) drop(editor.name, id);
      if (more) more.base = done.utterance.version;
      if (this.id === id) this.base = done.utterance.version;
      editor.listening.player.clip(/** @type {Said} */ (editor.said.get(id))).catch(() => {});
      if (this.id === id) {
        this.clash("");
        this.fill(done.utterance);
        this.kept("Saved");
      }
      return true;
    } catch (error) {
      if (this.id === id) {
        this.typed = { ...typed, ...this.typed };
        this.base = base;
        this.mark();
        if (error instanceof Refused && error.status === 409) { this.clash(error.message, error.theirs); return false; }
      } else this.unkept.set(id, { typed, base });
      throw error;
    }
  }

  /** @param {string} text */
  kept(text) {
    const place = this.element.querySelector(".kept");
    if (!place) return;
    place.textContent = text;
    setTimeout(() => { place.textContent = ""; }, 2500);
  }

  /** Somebody else changed it meanwhile. @param {string} message @param {Said} [theirs] */
  clash(message, theirs) {
    const place = this.element.querySelector(".clash");
    if (!place) return;
    place.replaceChildren();
    if (!theirs) return;
    place.append(make("p", {}, message), this.versions(theirs), make("p", { class: "acts" },
      button("Take theirs", () => { clearTimeout(this.timer); this.typed = {}; drop(this.editor.name, this.id); this.editor.put(theirs, this.editor.edition.version); this.fill(theirs); this.clash(""); }),
      button("Keep mine", () => this.save(theirs.version))));
  }

  /** What differs, both versions of it side by side; one's own is edited in the fields above. @param {Said} theirs */
  versions(theirs) {
    const names = /** @type {const} */ ({ written: "Text", spoken: "Said", pause: "Pause", voice: "Voice" });
    const mine = this.editor.said.get(this.id), fields = /** @type {(keyof typeof names)[]} */ (Object.keys(names));
    const own = (/** @type {keyof typeof names} */ field) => String(this.typed[field] ?? mine?.[field] ?? "");
    const differ = fields.filter(field => own(field) !== String(theirs[field]));
    return make("div", { class: "versions" }, ...differ.map(field => make("div", { class: "two", role: "group", "aria-label": names[field] },
      make("div", {}, make("small", {}, `${names[field]}, mine`), make("blockquote", { class: "mine" }, own(field) || "(none)")),
      make("div", {}, make("small", {}, `${names[field]}, theirs`), make("blockquote", { class: "theirs" }, String(theirs[field]) || "(none)")))),
    make("p", { class: "why" }, "What you edit in the fields above is what “Keep mine” keeps."));
  }

  /** It was changed elsewhere while it is shown here. @param {Said} said */
  theirs(said) {
    if (!Object.keys(this.typed).length) this.fill(said);
    else if (said.version !== this.base) this.clash("Somebody else has changed this sentence meanwhile.", said);
  }

  /** Another sentence is chosen, or the page is left: what was typed is kept now. */
  leave() {
    attempt(() => this.save());
  }

  async hear() {
    await this.save();
    this.editor.listening.hear(this.id);
  }

  /** On a narrow screen it covers a part of the text, until it is no longer wanted. @param {boolean} is */
  open(is) {
    this.element.classList.toggle("open", is);
    if (!is) this.editor.paper.spans.get(this.id)?.focus();
  }

  /** Go to a field. @param {string} name */
  edit(name) {
    this.open(true);
    const field = this.field(name);
    field?.focus();
    field?.select?.();
  }

  async more() {
    const field = make("textarea", { rows: 2, required: true, maxLength: 2000 }), { id } = this;
    if (await dialog("Add a sentence", [labelled("The sentence that follows this one", field)], "Add it") && field.value.trim()) await this.editor.changing.add(id, field.value);
  }
}

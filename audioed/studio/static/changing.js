// What an author changes of an edition besides the words of a sentence: sentences that come and go, readings, its title, all of it.
// @ts-check
import { of, send } from "./api.js";
import { asked, button, dialog, labelled, make, many, tell } from "./dom.js";
import { READINGS } from "./panel.js";

/** @typedef {import("./api.js").Said} Said */

export class Changing {
  /** @param {import("./editor.js").Editor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** @param {string} id @param {number} [number] of one of several sentences in one breath, from 1; 0 for all of them */
  async leaveOut(id, number = 0) {
    const said = this.editor.said.get(id);
    if (!said) return;
    if (number) { await this.leavePartOut(said, number); return; }
    const next = this.editor.listening.behind(id)?.id ?? this.editor.order[this.editor.order.indexOf(id) - 1];
    await send("DELETE", of(this.editor.name, `/utterances/${encodeURIComponent(id)}`), { version: said.version });
    const before = this.editor.order[this.editor.order.indexOf(id) - 1] ?? "";
    this.editor.chosen = next;
    await this.editor.refresh();
    this.editor.paper.spans.get(next)?.focus();
    tell("Left out.", false, button("Undo", () => this.bringBack(said, before), { class: "small" }));
  }

  /** @param {Said} said @param {number} number */
  async leavePartOut(said, number) {
    await this.editor.panel.save();
    const path = of(this.editor.name, `/utterances/${encodeURIComponent(said.id)}`), { version } = /** @type {Said} */ (this.editor.said.get(said.id));
    const { utterance, version: now } = await send("DELETE", path, { version, sentence: number });
    this.editor.put(utterance, now);
    this.editor.choose(said.id);
    const { written, spoken } = said;
    tell(`Left out: ${said.sentences[number - 1]}`, false, button("Undo", async () => {
      const back = await send("PATCH", path, { version: utterance.version, written, spoken });
      tell("");
      this.editor.put(back.utterance, back.version);
      this.editor.choose(said.id);
    }, { class: "small" }));
  }

  /** A sentence that was left out is said again as it was, with what had been changed of it. @param {Said} said @param {string} before */
  async bringBack(said, before) {
    tell("");
    const known = this.editor.edition.left_out.some(each => each.id === said.id);
    const { utterance } = known ? await send("POST", of(this.editor.name, "/revert"), { utterance: said.id })
      : await send("POST", of(this.editor.name, `/utterances/${encodeURIComponent(before)}/after`), { written: said.written });
    if (said.is_changed) {
      const { written, spoken, pause, voice, role } = said;
      await send("PATCH", of(this.editor.name, `/utterances/${encodeURIComponent(utterance.id)}`), { version: utterance.version, written, spoken, pause, voice, role });
    }
    await this.editor.refresh();
    this.editor.choose(utterance.id);
  }

  /** @param {string} id @param {string} written */
  async add(id, written) {
    const { utterance } = await send("POST", of(this.editor.name, `/utterances/${encodeURIComponent(id)}/after`), { written });
    this.editor.chosen = utterance.id;
    await this.editor.refresh();
    this.editor.choose(utterance.id);
  }

  /** @param {string} id empty for all */
  async revert(id) {
    if (!id && !(await asked("Discard every change in this edition?", "Discard them"))) return;
    const { utterance, version } = await send("POST", of(this.editor.name, "/revert"), { utterance: id });
    if (utterance && this.editor.said.has(id)) { this.editor.put(utterance, version); this.editor.panel.show(); } else await this.editor.refresh();
    if (utterance) this.editor.choose(id);
    tell("Changes undone.");
  }

  /** From now on a piece of an article is read so; what is told of it offers the same for all of its site. @param {import("./pieces.js").Placed} here @param {string} reading */
  async read({ article, piece }, reading) {
    const site = this.editor.edition.articles[article - 1]?.site, name = (READINGS.find(each => each[0] === reading) ?? ["", ""])[1].toLowerCase();
    const choose = async (/** @type {object} */ what, /** @type {string} */ scope) => {
      const done = await send("POST", of(this.editor.name, "/choices"), { article, ...what, reading, scope });
      await this.editor.refresh();
      return done.lost?.length ? ` ${many(done.lost.length, "edit")} lost: the sentence is gone.` : "";
    };
    const more = (/** @type {string} */ text, /** @type {object} */ what) => button(text, async () => { const lost = await choose(what, "site"); tell(`Kept for all of ${site}.${lost}`); }, { class: "small" });
    const lost = await choose({ text: piece.text }, "article");
    tell(`${reading === "cut" ? "Cut" : `Read as ${name}`} whenever this article is read.${lost}`, false, ...(site ? [more(`On all of ${site}`, { text: piece.text })] : []),
      ...(site && piece.rule ? [more(`And all that is cut as “${piece.rule}” there`, { rule: piece.rule })] : []));
  }

  async rename() {
    const title = make("input", { value: this.editor.edition.title, maxLength: 300, required: true });
    if (!(await dialog("Title", [labelled("Title of the edition", title)], "Rename")) || !title.value.trim() || title.value === this.editor.edition.title) return;
    await send("PATCH", of(this.editor.name), { title: title.value, version: this.editor.edition.version });
    await this.editor.refresh();
  }

  async undo() {
    if (!(await asked("Give listeners the previous version again?", "Give it back"))) return;
    await send("POST", of(this.editor.name, "/undo"));
  }

  async discard() {
    if (!(await asked("Discard this draft? Its articles wait again for the next edition.", "Discard it"))) return;
    await send("DELETE", of(this.editor.name));
    location.hash = "#/";
  }
}

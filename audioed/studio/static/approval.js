// What approving would change, and the approval.
// @ts-check
import { get, of, send } from "./api.js";
import { clock, dialog, labelled, make, many } from "./dom.js";

/** Sentences that are listed. */
const MOST = 200;
const FIELDS = /** @type {Record<string, string>} */ ({ written: "text", spoken: "what is said", pause: "pause", voice: "voice", role: "role", language: "language", sound: "sound file" });
/** A word whose sound is set: `[Siobhan](/ʃɪˈvɔːn/)`. */
const SET = /\[([^[\]]{1,200})\]\((\/[^/()[\]]{1,200}\/)\)/g;
const WORDS = new RegExp(`(?:${SET.source}|\\S)+`, "g");

/** @param {import("./editor.js").Editor} editor */
export async function approval(editor) {
  await editor.panel.save();
  const found = /** @type {import("./api.js").Difference} */ (await get(of(editor.name, "/difference")));
  const isDraft = editor.edition.state === "draft";
  const notice = make("input", { maxLength: 300, placeholder: "The bridge opened on Monday, not on Sunday." });
  const note = make("input", { maxLength: 300 });
  const yes = await dialog(isDraft ? "Approve this draft" : "What would change", [
    make("h2", {}, isDraft ? "Approve this draft" : "What would change"),
    make("p", {}, length(found), ` ${found.clips.length ? `${many(found.clips.length, "sentence")} will be spoken.` : "Every sentence has been spoken already."}`),
    sentences(found),
    chapters(found),
    !isDraft && labelled("Said first, as a correction", notice, "Leave both empty if nobody needs to be told, as when only a name is said better."),
    !isDraft && labelled("Or only shown in the notes", note),
  ], isDraft ? "Approve and publish" : "Publish", { no: "Not yet", wide: true, disabled: editor.edition.is_making });
  if (yes) await send("POST", of(editor.name, "/approve"), { ...(notice.value.trim() ? { notice: notice.value } : {}), note: note.value.trim() });
}

/** @param {import("./api.js").Difference} found @returns {string} */
function length({ duration_before: before, duration, is_exact: exact }) {
  const now = `${exact ? "" : "about "}${clock(duration)}`;
  return before === null ? `It lasts ${now}.` : clock(before) === clock(duration) ? `It lasts ${now}, as before.` : `It lasts ${now} instead of ${clock(before)}.`;
}

/** @param {import("./api.js").Difference} found */
function sentences({ sentences: found }) {
  if (!found.length) return make("p", { class: "why" }, "No sentence has changed.");
  const rows = found.slice(0, MOST).map(each => make("li", {},
    ...words(each.before, each.now),
    each.fields.length > 0 && make("small", {}, ` ${each.fields.map(name => FIELDS[name] ?? name).join(", ")}`)));
  const more = found.length - rows.length;
  return make("ol", { class: "changes" }, ...rows, more > 0 && make("li", { class: "why" }, `and ${more} more`));
}

/** Words as they are written, each with how it sounds where that is set. @param {string} text */
const heard = text => (text.match(WORDS) ?? []).map(each => ({ word: each.replace(SET, "$1"), sound: [...each.matchAll(SET)].map(found => found[2]).join(" ") }));

/** What of a sentence is not what it was. @param {string} before @param {string} now @returns {(Node | string)[]} */
function words(before, now) {
  const was = heard(before), is = heard(now), most = Math.min(was.length, is.length);
  const same = (/** @type {number} */ i, /** @type {number} */ j) => was[i].word === is[j].word;
  let first = 0, last = 0;
  while (first < most && same(first, first)) first++;
  while (last < most - first && same(was.length - 1 - last, is.length - 1 - last)) last++;
  const [gone, come] = [was, is].map(each => each.slice(first, each.length - last));
  const kept = (/** @type {number} */ start, /** @type {number} */ end, /** @type {number} */ ago) =>
    is.slice(start, end).flatMap(({ word, sound }, at) => [word, ...sounds(was[start + at - ago].sound, sound)]);
  return spaced([...kept(0, first, 0), gone.length && make("del", {}, ...spaced(gone.flatMap(plain))), come.length && make("ins", {}, ...spaced(come.flatMap(plain))),
    ...kept(is.length - last, is.length, is.length - was.length)].filter(each => each !== 0));
}

/** @param {{word: string, sound: string}} each @returns {(Node | string)[]} */
const plain = ({ word, sound }) => [word, ...sounds(sound, sound)];

/** @param {(Node | string)[]} parts */
const spaced = parts => parts.flatMap((each, at) => (at ? [" ", each] : [each]));

/** How a word sounds, and sounded. @param {string} before @param {string} now @returns {Node[]} */
function sounds(before, now) {
  if (before === now) return now ? [make("small", {}, now)] : [];
  return [...(before ? [make("del", {}, before)] : []), ...(now ? [make("ins", {}, now)] : [])];
}

/** @param {import("./api.js").Difference} found */
function chapters({ chapters_before: before, chapters: now }) {
  if (!before.length || before.map(each => each.title).join("\n") === now.join("\n")) return null;
  return make("p", { class: "why" }, `Chapters: ${now.join(" · ")}`);
}

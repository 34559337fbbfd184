// What approving would change, and the approval.
// @ts-check
import { get, of, send } from "./api.js";
import { clock, dialog, labelled, make, many } from "./dom.js";

/** Sentences that are listed. */
const MOST = 200;
const FIELDS = /** @type {Record<string, string>} */ ({ written: "text", spoken: "what is said", pause: "pause", voice: "voice", role: "role", language: "language" });

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

/** What of a sentence is not what it was. @param {string} before @param {string} now @returns {(Node | string)[]} */
function words(before, now) {
  const [was, is] = [before, now].map(text => text.split(/\s+/).filter(Boolean)), most = Math.min(was.length, is.length);
  let first = 0, last = 0;
  while (first < most && was[first] === is[first]) first++;
  while (last < most - first && was[was.length - 1 - last] === is[is.length - 1 - last]) last++;
  const [gone, come] = [was, is].map(each => each.slice(first, each.length - last).join(" "));
  return [is.slice(0, first).join(" "), gone && make("del", {}, gone), come && make("ins", {}, come), is.slice(is.length - last || is.length).join(" ")]
    .filter(Boolean).flatMap((each, at) => (at ? [" ", each] : [each]));
}

/** @param {import("./api.js").Difference} found */
function chapters({ chapters_before: before, chapters: now }) {
  if (!before.length || before.map(each => each.title).join("\n") === now.join("\n")) return null;
  return make("p", { class: "why" }, `Chapters: ${now.join(" · ")}`);
}

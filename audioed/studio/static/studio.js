// The studio: which of its pages is shown, what keys do, and what happens meanwhile.
// @ts-check
import { get, listen } from "./api.js";
import { attempt, byId, dialog, make, tell } from "./dom.js";
import { Editor } from "./editor.js";
import { front } from "./front.js";
import { settings } from "./settings.js";
import { upload } from "./upload.js";
import { voices } from "./voices.js";

const main = byId("main"), work = byId("work");
/** @type {Editor | null} */
let editor = null;
/** A page that is no edition: what is done when it is left, and what has it show what has changed. @typedef {{page: HTMLElement, left: () => void, refresh: () => Promise<void>}} Shown */
/** @type {Shown | null} */
let other = null;
/** What is told when a piece of work is done, by its number. @type {Map<number, (job: import("./api.js").Job) => void>} */
const waiting = new Map();
let turn = 0;

/** @returns {string[]} what the address names */
const named = () => location.hash.replace(/^#\//, "").split("/").map(decodeURIComponent);

/** @param {string} where @returns {Promise<Shown>} */
async function made(where) {
  if (where === "voices") { const [page, left] = await voices(); return { page, left, refresh: async () => {} }; }
  if (where === "settings") return { left: () => {}, ...(await settings()) };
  return { left: () => {}, ...(await front(waiting)) };
}

async function show() {
  const [where, name] = named(), own = ++turn;
  editor?.close();
  other?.left();
  [editor, other] = [null, null];
  for (const link of document.querySelectorAll("nav a")) {
    if (link.getAttribute("href") === `#/${where === "edition" ? "" : where}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  main.setAttribute("aria-busy", "true");
  scrollTo(0, 0);
  try {
    if (where === "edition") {
      editor = new Editor(main, name);
      await editor.open();
    } else {
      const found = await made(where);
      if (own === turn) { main.replaceChildren(found.page); other = found; document.title = `${found.page.querySelector("h1")?.textContent} · audioed studio`; } else found.left();
    }
  } catch (error) {
    if (own === turn) main.replaceChildren(make("div", { class: "front" }, make("h1", {}, "There is nothing here"), make("p", {}, make("a", { href: "#/" }, "All editions"))));
    throw error;
  } finally {
    if (own === turn) main.removeAttribute("aria-busy");
  }
}

let soon = 0, isBusy = false, isLate = false;
/** Something was changed, here or by somebody else: the page follows soon, once for what comes in a row. */
function changed() {
  isLate = isBusy;
  if (soon || isBusy) return;
  soon = setTimeout(async () => {
    [soon, isBusy, isLate] = [0, true, false];
    await attempt(async () => { await (editor ?? other)?.refresh(); });
    isBusy = false;
    if (isLate) changed();
  }, 300);
}

/** @param {import("./api.js").Job} job */
async function worked(job) {
  const names = /** @type {Record<string, string>} */ ({ approve: "Publishing", undo: "Going back to the previous version", deploy: "Sending", verify: "Verifying", tonight: "Asking the sources" });
  const over = job.state === "done" || job.state === "failed";
  work.hidden = over;
  work.replaceChildren(make("span", {}, `${names[job.kind] ?? job.kind}${job.stage ? `: ${job.stage}` : ""} …`),
    make("progress", { max: 1, value: job.share, "aria-label": "Progress of this stage" }));
  if (!over) return;
  waiting.get(job.id)?.(job);
  waiting.delete(job.id);
  if (job.state === "failed") { if (job.kind !== "tonight") tell(job.error, true); return; }
  if (job.kind === "tonight") return;
  const { result } = await get(`/api/jobs/${job.id}`);
  if (job.kind === "deploy") tell(`Deployed to ${result.target}: ${result.sent.length} files sent.`);
  else if (job.kind === "verify") {
    const wrong = result.rules.filter((/** @type {{wrong: string[]}} */ rule) => rule.wrong.length).length;
    tell(wrong ? `${wrong} of its ${result.rules.length} checks fail; \`audioed verify ${job.edition}\` tells which.` : `All ${result.rules.length} checks passed.`, wrong > 0);
  }
  else if (result.unsent) tell(`Published here, but not deployed: ${result.unsent}`, true);
  else tell("Published and verified.");
  changed();
}

// ---- keys

const HELP = [
  ["Space, K", "listen on, pause"], ["J, L", "previous, next sentence"], ["↑ ↓", "choose a sentence"], ["← →", "three seconds back, forward"],
  ["Enter", "hear the chosen sentence"], ["E", "edit it"], ["P", "its pause"], ["V", "its voice"], ["S", "save it"], ["Ctrl Enter", "save it and hear it"],
  ["Esc", "back to the text"], ["X", "leave it out"], ["D", "what changes, approve"], ["?", "these keys"],
];

const help = () => dialog("Keys", [make("h2", {}, "Keys"),
  make("dl", { class: "keys" }, ...HELP.map(([key, does]) => make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, does)))),
  make("p", { class: "why" }, "A click hears a sentence; a double click listens on from a word."),
], "Close", { no: "" });

document.addEventListener("keydown", event => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.defaultPrevented || event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && editor) {
    event.preventDefault();
    attempt(() => editor?.panel.save());
    return;
  }
  if (event.ctrlKey || event.metaKey || target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  if (event.key === "?") { event.preventDefault(); help(); return; }
  const key = event.key.toLowerCase(), does = editor?.keys[key];
  if (!does || (event.shiftKey && key.length === 1 && key !== " ")) return;
  if (key === " " && target.closest("button, a, summary")) return;
  if (key.startsWith("arrow") && target.closest("summary, [role=toolbar]")) return;
  event.preventDefault();
  does();
});

// ---- here we go

// A file that is dropped beside the page would be opened in its place.
for (const kind of ["dragover", "drop"]) document.addEventListener(kind, event => {
  const { dataTransfer: dropped } = /** @type {DragEvent} */ (event);
  if (!dropped?.types.includes("Files")) return;
  event.preventDefault();
  const file = kind === "drop" && dropped.files[0];
  if (!file) return;
  if (named()[0]) tell("Drop files on the page of all editions.", true);
  else attempt(() => upload(file));
});

byId("help").addEventListener("click", help);
addEventListener("hashchange", () => attempt(show));
addEventListener("beforeunload", event => { if (editor?.panel.isDirty) { attempt(() => editor?.panel.save()); event.preventDefault(); } });
listen({
  show: changed,
  edition: name => { if (editor?.name === name) changed(); },
  job: job => { attempt(() => worked(job)); },
  lost: is => {
    const was = !byId("lost").hidden;
    byId("lost").hidden = !is;
    if (was && !is) { changed(); attempt(() => editor?.panel.again()); }
  },
});
attempt(async () => {
  if (!location.hash) {
    const { first } = await get("/api/show");
    if (first) history.replaceState(null, "", `#/edition/${encodeURIComponent(first)}`);
  }
  await show();
});

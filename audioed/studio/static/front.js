// The show: drafts that wait, the next night, all editions, promos, sources that fail, and what the last nights came to.
// @ts-check
import { get, of, send } from "./api.js";
import { asked, attempt, button, clock, labelled, make, many, tell, unpressed } from "./dom.js";
import { STATES } from "./paper.js";
import { Tonight } from "./tonight.js";
import { upload } from "./upload.js";

/** Editions that are loaded at once. */
const MOST = 60;

/** All that is shown of the show. */
const loaded = async () => {
  const [about, { total, editions }, { promos }, { nights }] = await Promise.all([get("/api/show"), get("/api/editions", { most: MOST }), get("/api/promos"), get("/api/nights")]);
  return { about, total, editions: /** @type {import("./api.js").Row[]} */ (editions), promos, nights };
};

/**
 * The front page, and what has it show what has changed: only the parts that did, and none under somebody's finger.
 * @param {Map<number, (job: import("./api.js").Job) => void>} waiting what is told when a piece of work is done
 * @returns {Promise<{page: HTMLElement, refresh: () => Promise<void>}>}
 */
export async function front(waiting) {
  const next = new Tonight(waiting), above = make("div", { class: "same" }), below = make("div", { class: "same" });
  let shown = "";
  const [first] = await Promise.all([loaded(), attempt(() => next.load())]);
  const page = make("div", { class: "front" }, above, adding(next), next.element, below);
  /** @param {Awaited<ReturnType<typeof loaded>>} found */
  const show = found => {
    const told = JSON.stringify(found);
    if (told === shown) return;
    shown = told;
    const focused = named(document.activeElement), within = [above, below].some(each => each.contains(document.activeElement));
    const open = [...below.querySelectorAll("details[open] > summary")].map(named);
    above.replaceChildren(...top(found));
    below.replaceChildren(...rest(found));
    for (const each of below.querySelectorAll("summary")) if (open.includes(named(each))) /** @type {HTMLDetailsElement} */ (each.parentElement).open = true;
    if (within) [...page.querySelectorAll("a, button, summary")].map(each => /** @type {HTMLElement} */ (each)).find(each => named(each) === focused)?.focus();
  };
  show(first);
  return { page, refresh: async () => {
    const [found] = await Promise.all([loaded(), next.reload()]);
    await unpressed(page);
    show(found);
  } };
}

/** By what a link or a button is known when it is made anew. @param {Element | null} each */
const named = each => `${each?.localName} ${each?.getAttribute("aria-label") ?? each?.textContent}`;

/** @param {Awaited<ReturnType<typeof loaded>>} found @returns {HTMLElement[]} */
function top({ about, editions }) {
  const drafts = editions.filter(each => each.state === "draft");
  const head = make("header", { class: "head" },
    make("h1", {}, about.title),
    make("p", { class: "facts" }, [many(about.episodes, "episode"), about.drafts && many(about.drafts, "draft"), about.removed && `${about.removed} removed`, about.is_reviewed && "nights stop at drafts"].filter(Boolean).join(" · ")));
  if (!drafts.length) return [head];
  return [head, make("section", { class: "box waits" }, make("h2", {}, drafts.length === 1 ? "A draft waits for you" : `${drafts.length} drafts wait for you`), make("ol", { class: "rows" }, ...drafts.map(row)))];
}

/** @param {Awaited<ReturnType<typeof loaded>>} found @returns {HTMLElement[]} */
function rest({ about, total, editions, promos, nights }) {
  const others = editions.filter(each => each.state !== "draft"), list = make("ol", { class: "rows" }, ...others.map(row));
  let count = editions.length;
  const more = button("Older ones", async () => {
    const found = await get("/api/editions", { first: count, most: MOST });
    count += found.editions.length;
    list.append(...found.editions.map(row));
    more.hidden = count >= total;
  });
  more.hidden = count >= total;
  return [
    make("section", {}, make("h2", {}, "Editions"), others.length ? list : make("p", { class: "why" }, "There are none yet; open an article above."), more),
    health(about),
    promos.length > 0 && make("section", {}, make("h2", {}, "Promos"), make("ul", { class: "rows" }, ...promos.map(promo))),
    nights.length > 0 && make("section", {}, make("h2", {}, "Nights"), make("ul", { class: "rows" }, ...nights.map(night))),
    about.targets.length > 0 && make("p", { class: "acts" }, ...about.targets.map((/** @type {string} */ name) => button(`Deploy to ${name}`, async () => { await send("POST", "/api/deploy", { target: name }); }))),
  ].filter(each => each instanceof HTMLElement);
}

/** What the last night said, and which sources fail. @param {import("./api.js").About} about */
function health(about) {
  if (!about.failing.length && !about.notes.length) return null;
  return make("section", { class: "box" },
    ...(about.failing.length ? [make("h2", {}, "Sources that fail"), make("ul", { class: "rows" }, ...about.failing.map(each => make("li", {},
      make("div", {}, make("h3", {}, each.name), make("p", { class: "facts" }, `since ${each.since} · ${each.aside ? "set aside, asked again" : "asked again"} on ${each.next}`), make("p", { class: "why" }, each.reason)))))] : []),
    ...(about.notes.length ? [make("h2", {}, `The night of ${about.night}`), make("ul", {}, ...about.notes.map(each => make("li", {}, each)))] : []));
}

/** @param {import("./api.js").Promo} each */
function promo(each) {
  const states = /** @type {Record<string, string>} */ ({ runs: "Runs", "to come": "To come", over: "Over", gone: "Gone from the settings" });
  const facts = [each.today && "today", each.state === "runs" && `${Math.round(each.share * 100)} % of reads`, each.episodes ? `in ${many(each.episodes, "episode")}` : "in no episode yet"];
  return make("li", {}, make("div", {}, make("h3", {}, each.name), make("p", { class: "facts" },
    make("span", { class: `state ${each.state === "runs" ? "published" : ""}` }, states[each.state]), ` ${facts.filter(Boolean).join(" · ")}`),
  each.promo && make("p", { class: "why" }, each.promo.text)));
}

/** @param {import("./api.js").Night} each */
function night(each) {
  const facts = [each.duration > 0 && clock(each.duration), each.articles > 0 && many(each.articles, "article"), each.skips > 0 && `${each.skips} not read`];
  const bad = each.result === "failed" || each.result === "stopped" || each.result === "partial";
  return make("li", {}, make("div", {}, make("h3", {}, make("a", { href: `/api/nights/${encodeURIComponent(each.night)}`, target: "_blank", rel: "noopener" }, each.day)),
    make("p", { class: "facts" }, make("span", { class: `state ${bad ? "damaged" : each.result === "built" ? "published" : ""}` }, each.told), ` ${[each.title, ...facts].filter(Boolean).join(" · ")}`),
    each.error && make("p", { class: "why" }, each.error)));
}

/** @param {import("./api.js").Row} each */
function row(each) {
  const broken = each.state === "removed" || each.state === "damaged";
  const facts = [each.number && `No. ${each.number}`, each.day, each.minutes !== null && `about ${clock(each.minutes * 60)}`, each.corrections && many(each.corrections, "correction")];
  const title = broken ? make("span", {}, each.title) : make("a", { href: `#/edition/${encodeURIComponent(each.name)}` }, each.title);
  return make("li", {},
    make("div", {}, make("h3", {}, title), make("p", { class: "facts" },
      make("span", { class: `state ${each.state}` }, each.is_making ? "Being made" : STATES[each.state] ?? each.state), ` ${facts.filter(Boolean).join(" · ")}`),
      each.problem && make("p", { class: "why" }, each.problem)),
    each.state === "removed" ? button("Restore", () => act(each, "/restore"), { class: "small", "aria-label": `Restore ${each.title}` })
      : (each.state === "published" || each.state === "changed") && button("Remove…", () => act(each, "/remove", "Take this episode out of the feed? It can be restored."), { class: "small quiet", "aria-label": `Remove ${each.title}` }));
}

/** @param {import("./api.js").Row} each @param {string} path @param {string} [question] */
async function act(each, path, question) {
  if (question && !(await asked(question, "Remove it"))) return;
  tell((await send("POST", of(each.name, path))).told);
}

/** @param {Tonight} next */
function adding(next) {
  const field = make("input", { name: "article", placeholder: "https://example.com/article", required: true, maxLength: 2000, autocomplete: "off" });
  const go = make("button", { class: "main" }, "Open as a draft");
  const files = make("input", { type: "file", "aria-label": "A file from this computer, to be read, or heard as a promo", on: { change: () => attempt(async () => {
    const file = files.files?.[0];
    files.value = "";
    if (file) await upload(file);
  }) } });
  const form = make("form", { class: "adding" }, labelled("An article: its address, or a file in the show's folder", field), make("p", { class: "acts" }, go,
    button("Read it tonight", async () => {
      if (!form.reportValidity()) return;
      const { new: found } = await send("POST", "/api/queue", { article: field.value });
      tell(found.length ? "The next night will read it." : "It is in the queue already.");
      field.value = "";
      next.stale();
    }), make("span", { class: "why" }, "or drop a file here:"), files));
  form.addEventListener("submit", event => {
    event.preventDefault();
    go.disabled = true;
    tell("The article is being read …");
    attempt(async () => {
      const done = await send("POST", "/api/editions", { article: field.value });
      tell(done.told);
      location.hash = `#/edition/${encodeURIComponent(done.edition)}`;
    }).finally(() => { go.disabled = false; });
  });
  return form;
}

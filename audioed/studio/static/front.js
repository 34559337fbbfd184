// The show: its editions and how each stands, what the next night reads, and what the last one said.
// @ts-check
import { get, of, send } from "./api.js";
import { asked, attempt, button, clock, labelled, make, many, tell } from "./dom.js";
import { STATES } from "./editor.js";

/** Editions that are loaded at once. */
const MOST = 60;

/** @returns {Promise<HTMLElement>} */
export async function front() {
  const about = /** @type {import("./api.js").About} */ (await get("/api/show"));
  const { total, editions } = await get("/api/editions", { most: MOST });
  const list = make("ol", { class: "rows" }, ...editions.map(row));
  const more = button("Older ones", async () => {
    const found = await get("/api/editions", { first: list.children.length, most: MOST });
    list.append(...found.editions.map(row));
    more.hidden = list.children.length >= total;
  });
  more.hidden = list.children.length >= total;
  const failing = about.failing.map(each => Object.values(each).filter(value => typeof value === "string" && value).join(": "));
  const told = [...about.notes, ...failing];
  return make("div", { class: "front" },
    make("header", { class: "head" },
      make("h1", {}, about.title),
      make("p", { class: "facts" }, [many(about.episodes, "episode"), about.drafts && many(about.drafts, "draft"), about.removed && `${about.removed} removed`, about.is_reviewed && "nights stop at drafts"].filter(Boolean).join(" · "))),
    adding(),
    told.length > 0 && make("section", { class: "box" }, make("h2", {}, about.night ? `The night of ${about.night}` : "To look at"), make("ul", {}, ...told.map(each => make("li", {}, each)))),
    make("section", {}, make("h2", {}, "Editions"), editions.length ? list : make("p", { class: "why" }, "There is none yet; open an article above."), more),
    about.targets.length > 0 && make("p", { class: "acts" }, ...about.targets.map(name => button(`Send the show to ${name}`, async () => { await send("POST", "/api/deploy", { target: name }); }))));
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

function adding() {
  const field = make("input", { name: "article", placeholder: "https://example.com/article", required: true, maxLength: 2000, autocomplete: "off" });
  const go = make("button", { class: "main" }, "Open as a draft");
  const form = make("form", { class: "adding" }, labelled("An article: its address, or a file in the show's folder", field), make("p", { class: "acts" }, go,
    button("Read it tonight", async () => {
      if (!form.reportValidity()) return;
      const { new: found } = await send("POST", "/api/queue", { article: field.value });
      tell(found.length ? "It is put aside for the next night." : "It waits already.");
      field.value = "";
    })));
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

/** @param {Map<number, (job: import("./api.js").Job) => void>} waiting @returns {HTMLElement} */
export function tonight(waiting) {
  const found = make("div", { "aria-live": "polite" }, make("p", { class: "why" }, "The sources are asked what a night would read now; nothing is spoken or written."));
  const ask = button("Ask the sources", async () => {
    ask.disabled = true;
    found.replaceChildren(make("p", { class: "why" }, "Asking …"));
    const job = await send("POST", "/api/tonight");
    waiting.set(job.id, async done => {
      ask.disabled = false;
      if (done.state === "failed") { found.replaceChildren(make("p", { class: "why" }, done.error)); return; }
      found.replaceChildren(...rundown((await get(`/api/jobs/${job.id}`)).result));
    });
  }, { class: "main" });
  return make("div", { class: "front" }, make("header", { class: "head" }, make("h1", {}, "Tonight"), make("p", { class: "acts" }, ask)), found);
}

/** @param {import("./api.js").Tonight} plan */
function rundown(plan) {
  if (!plan.title) return [make("p", {}, "Nothing is new."), ...listed("Passed over", plan.skips), ...listed("Notes", plan.notes)];
  return [
    make("h2", {}, plan.title), make("p", { class: "facts" }, `about ${clock(plan.minutes * 60)}`),
    make("ol", { class: "rundown" }, ...plan.rundown.map(each => make("li", {}, make("time", {}, clock(each.start)), " ", each.title))),
    ...(plan.articles.length ? [make("h2", {}, "Articles"), make("ul", { class: "plain" }, ...plan.articles.map(([title, address]) => make("li", {},
      address.startsWith("http") ? make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, title || address) : title || address, " ",
      button("Open as a draft", async () => {
        tell("The article is being read …");
        location.hash = `#/edition/${encodeURIComponent((await send("POST", "/api/editions", { article: address })).edition)}`;
      }, { class: "small", "aria-label": `Open ${title || address} as a draft` }))))] : []),
    ...listed("Passed over", plan.skips), ...listed("Notes", plan.notes),
  ];
}

/** @param {string} head @param {string[]} lines */
const listed = (head, lines) => (lines.length ? [make("h2", {}, head), make("ul", { class: "plain why" }, ...lines.map(each => make("li", {}, each)))] : []);

// The next night: what it would read, in which order, what is held back from it; tonight.txt keeps what is set here.
// @ts-check
import { get, Refused, send } from "./api.js";
import { asked, attempt, button, clock, make, many, tell } from "./dom.js";

/** @typedef {import("./api.js").Reading} Reading */
/** @typedef {import("./api.js").Arranged} Arranged */

export class Tonight {
  /** @param {Map<number, (job: import("./api.js").Job) => void>} waiting what is told when a piece of work is done */
  constructor(waiting) {
    this.waiting = waiting;
    /** @type {import("./api.js").Tonight | null} */
    this.plan = null;
    /** @type {Arranged} */
    this.said = { version: "", order: [], hold: [], job: 0 };
    /** @type {Reading[]} */
    this.read = [];
    /** @type {Reading[]} */
    this.held = [];
    /** Whether what is read may be other than what is shown. */
    this.isOld = false;
    this.ask = button("Ask the sources", () => this.asking(), { class: "main" });
    this.body = make("div", { class: "tonight" });
    this.element = make("section", { "aria-labelledby": "tonight" }, make("header", { class: "acts" }, make("h2", { id: "tonight" }, "Tonight"), this.ask), this.body);
  }

  /** What tonight.txt says, and what was asked last. */
  async load() {
    this.said = await get("/api/tonight");
    if (!this.said.job) { this.draw(); return; }
    const job = await get(`/api/jobs/${this.said.job}`);
    if (job.state === "done") this.take(job.result);
    else if (job.state === "failed") this.failed(job.error);
    else this.follow(job.id);
  }

  /** The same again where somebody, perhaps we, has changed tonight.txt, or asked. */
  async reload() {
    const seen = this.said, said = /** @type {Arranged} */ (await get("/api/tonight"));
    while (this.element.matches(":active") || this.element.querySelector(".dragged")) await new Promise(done => setTimeout(done, 100));
    if (this.said !== seen || JSON.stringify(said) === JSON.stringify(seen)) return;
    const isAsked = said.job !== seen.job;
    this.said = said;
    if (isAsked) { await this.load(); return; }
    this.follows();
    this.draw();
  }

  async asking() {
    const { id } = await send("POST", "/api/tonight");
    this.follow(id);
  }

  /** @param {number} id */
  follow(id) {
    this.ask.disabled = true;
    this.body.replaceChildren(make("p", { class: "why", role: "status" }, "Asking the sources …"));
    const done = async (/** @type {import("./api.js").Job} */ job) => {
      this.ask.disabled = false;
      if (job.state === "failed") { this.failed(job.error); return; }
      this.said = await get("/api/tonight");
      this.take((await get(`/api/jobs/${id}`)).result);
    };
    this.waiting.set(id, job => { attempt(() => done(job)); });
    attempt(async () => {
      const job = await get(`/api/jobs/${id}`);  // it may be over before anybody waits for it
      if ((job.state === "done" || job.state === "failed") && this.waiting.delete(id)) await done(job);
    });
  }

  /** Something was put aside for the night, which was not there when the sources were asked. */
  stale() {
    this.isOld = true;
    this.draw();
  }

  /** @param {string} why */
  failed(why) { this.body.replaceChildren(make("p", { class: "why" }, why)); }

  /** @param {import("./api.js").Tonight} plan */
  take(plan) {
    this.plan = plan;
    this.isOld = false;
    this.read = [...plan.articles];
    this.held = [...plan.held];
    this.follows();
    this.draw();
  }

  /** What is shown is brought to what tonight.txt says, which may have changed since the sources were asked. */
  follows() {
    const all = new Map([...this.read, ...this.held].map(each => [each.name, each])), held = new Set(this.said.hold);
    const first = this.said.order.filter(name => all.has(name) && !held.has(name)), early = new Set(first);
    const before = this.read.map(each => each.name).join("\n");
    this.read = [...first, ...[...all.keys()].filter(name => !early.has(name) && !held.has(name))].map(name => /** @type {Reading} */ (all.get(name)));
    this.held = this.said.hold.flatMap(name => all.get(name) ?? []);
    if (before !== this.read.map(each => each.name).join("\n")) this.isOld = true;
  }

  /** @param {string[]} order @param {string[]} hold */
  async set(order, hold) {
    try {
      this.said = await send("PATCH", "/api/tonight", { order, hold, version: this.said.version });
    } catch (error) {
      if (!(error instanceof Refused && error.status === 409)) throw error;
      const yes = await asked("Somebody else has arranged tonight meanwhile. Keep your order in place of theirs?", "Keep mine");
      this.said = error.theirs;
      if (yes) this.said = await send("PATCH", "/api/tonight", { order, hold, version: error.theirs.version });
    }
    this.follows();
    this.draw();
  }

  /** Lines of tonight.txt for what is not shown here stay. @param {string[]} lines @param {Reading[]} shown */
  others(lines, shown) { return lines.filter(name => !shown.some(each => each.name === name)); }

  /** @param {string} name @param {number} to its new place @param {boolean} [focus] */
  async move(name, to, focus = false) {
    const from = this.read.findIndex(each => each.name === name), at = Math.max(0, Math.min(this.read.length - 1, to));
    if (from < 0 || from === at) return;
    const order = this.read.map(each => each.name);
    order.splice(at, 0, ...order.splice(from, 1));
    await this.set([...order, ...this.others(this.said.order, this.read)], this.said.hold);
    tell(`${this.read[at]?.title ?? "It"} is number ${at + 1} of ${this.read.length}.`);
    if (focus) this.focus(name, to < from ? "up" : "down");
  }

  /** @param {string} name @param {string} way */
  focus(name, way) {
    const row = [...this.body.querySelectorAll("li")].find(each => each.dataset.name === name);
    const wanted = /** @type {HTMLButtonElement | null} */ (row?.querySelector(`[data-way=${way}]:enabled`) ?? row?.querySelector("[data-way]:enabled"));
    wanted?.focus();
  }

  /** @param {Reading} each */
  async hold(each) {
    await this.set(this.said.order.filter(name => name !== each.name), [...this.said.hold, each.name]);
    tell(`${each.title} waits for the night after.`);
  }

  /** @param {Reading} each */
  async release(each) {
    await this.set(this.said.order, this.said.hold.filter(name => name !== each.name));
    tell(`${each.title} is read tonight, if there is room.`);
  }

  draw() {
    const { plan, said } = this;
    if (!plan) {
      const lines = [said.order.length && `${many(said.order.length, "article")} in your order`, said.hold.length && `${said.hold.length} held back`].filter(Boolean).join(", ");
      this.body.replaceChildren(make("p", { class: "why" }, lines ? `tonight.txt has ${lines}. ` : "", "Ask what a night would read now; nothing is spoken or kept."));
      return;
    }
    const told = this.isOld ? "Changed since the sources were asked; ask again for the exact length." : `About ${clock(plan.minutes * 60)}`;
    this.body.replaceChildren(...[
      make("p", { class: "facts" }, this.read.length ? told : this.isOld ? told : "Nothing is new."),
      this.read.length > 0 && make("ol", { class: "rows order" }, ...this.read.map((each, at) => this.row(each, at))),
      ...this.kept(),
      ...listed("Waits", plan.waits.filter(title => !this.held.some(each => each.title === title))), ...listed("Passed over", plan.skips), ...listed("Notes", plan.notes),
    ].filter(each => each instanceof Node));
  }

  kept() {
    if (!this.held.length) return [];
    return [make("h3", {}, "Held back until the night after"), make("ul", { class: "rows" }, ...this.held.map(each => make("li", {}, make("div", {}, named(each)),
      button("Read it tonight", () => this.release(each), { class: "small", "aria-label": `Read ${each.title} tonight` }))))];
  }

  /** @param {Reading} each @param {number} at */
  row(each, at) {
    const last = this.read.length - 1;
    const move = (/** @type {number} */ by, /** @type {string} */ way, /** @type {string} */ sign) => button(sign, () => this.move(each.name, at + by, true),
      { class: "small", data: { way }, disabled: by < 0 ? at === 0 : at === last, "aria-label": `${each.title}: move ${way}` });
    const line = make("li", { draggable: true, data: { name: each.name } },
      make("div", {}, named(each), make("p", { class: "facts" }, `about ${clock(each.minutes * 60)}`)),
      make("span", { class: "acts" }, move(-1, "up", "↑"), move(1, "down", "↓"),
        button("Hold back", () => this.hold(each), { class: "small", "aria-label": `Hold ${each.title} back` }),
        button("Draft", async () => {
          tell("The article is being read …");
          location.hash = `#/edition/${encodeURIComponent((await send("POST", "/api/editions", { article: each.url || each.name })).edition)}`;
        }, { class: "small quiet", "aria-label": `Open ${each.title} as a draft` })));
    this.dragged(line, each, at);
    return line;
  }

  /** @param {HTMLElement} line @param {Reading} each @param {number} at */
  dragged(line, each, at) {
    const kind = "application/x-audioed-article";
    line.addEventListener("dragstart", event => { event.dataTransfer?.setData(kind, each.name); line.classList.add("dragged"); });
    line.addEventListener("dragend", () => line.classList.remove("dragged"));
    line.addEventListener("dragover", event => { if (event.dataTransfer?.types.includes(kind)) { event.preventDefault(); line.classList.add("over"); } });
    line.addEventListener("dragleave", () => line.classList.remove("over"));
    line.addEventListener("drop", event => {
      event.preventDefault();
      line.classList.remove("over");
      const name = event.dataTransfer?.getData(kind);
      if (name) attempt(() => this.move(name, at));
    });
  }
}

/** @param {Reading} each */
function named(each) {
  const title = each.title || each.name, isWeb = /^https?:\/\//i.test(each.url);
  return make("h3", {}, isWeb ? make("a", { href: each.url, target: "_blank", rel: "noopener noreferrer" }, title) : title);
}

/** @param {string} head @param {string[]} lines */
const listed = (head, lines) => (lines.length ? [make("details", {}, make("summary", {}, `${head} (${lines.length})`), make("ul", { class: "plain why" }, ...lines.map(each => make("li", {}, each))))] : []);

// The show's settings with their help; each is checked before audioed.toml has it.
// @ts-check
import { get, send } from "./api.js";
import { attempt, button, labelled, make, tell } from "./dom.js";

/** @typedef {import("./api.js").Setting} Setting */
/** @typedef {import("./api.js").Table} Table */

/** @returns {Promise<HTMLElement>} */
export async function settings() {
  const found = await get("/api/settings");
  const known = { version: found.version };
  const search = make("input", { type: "search", "aria-label": "Find a setting", placeholder: "Find a setting" });
  /** @type {Map<string, HTMLElement>} */
  const sections = new Map();
  /** @type {[HTMLElement, string][]} */
  const rows = [];
  for (const each of /** @type {Setting[]} */ (found.settings)) {
    const name = each.key.split(".").slice(0, -1).join(".");
    const section = sections.get(name) ?? make("section", {}, make("h2", {}, `[${name}]`));
    sections.set(name, section);
    const line = row(each, known);
    rows.push([line, `${each.key} ${each.help}`.toLowerCase()]);
    section.append(line);
  }
  search.addEventListener("input", () => {
    const wanted = search.value.toLowerCase().trim();
    for (const [line, text] of rows) line.hidden = !text.includes(wanted);
    for (const section of sections.values()) section.hidden = [...section.querySelectorAll(".setting")].every(line => /** @type {HTMLElement} */ (line).hidden);
  });
  return make("div", { class: "front" },
    make("header", { class: "head" }, make("h1", {}, "Settings"), make("p", { class: "facts" }, found.path), search),
    ...sections.values(),
    ...found.tables.map((/** @type {Table} */ each) => table(each, known)));
}

/** Promos, targets or tags: as many as there are, and one more. @param {Table} each @param {{version: string}} known */
function table(each, known) {
  const isList = each.key === "show.tags", rows = make("div", { class: "tables" });
  const set = async (/** @type {string} */ key, /** @type {unknown} */ value) => {
    const done = await send("PATCH", "/api/settings", { key, value, version: known.version });
    known.version = done.version;
    draw(done.tables.find((/** @type {Table} */ one) => one.key === each.key));
    tell(value === null ? `${key} is gone.` : `${key} is set.`);
  };
  /** @param {Table} now */
  const draw = now => {
    const whole = now.entries.map(([, values]) => values);
    /** @param {string} name @param {number} at @param {Record<string, any>} values */
    const form = (name, at, values) => {
      const isNew = at === whole.length, named = make("input", { required: true, pattern: "[A-Za-z0-9][A-Za-z0-9_\\-]*", maxLength: 60 });
      const controls = now.fields.map(one => /** @type {const} */ ([one, ...control({ ...one, value: values[one.key] ?? one.default })]));
      const read = () => Object.fromEntries(controls.map(([one, , value]) => [one.key, value()]).filter(([key, value]) => value !== undefined && (value !== "" || String(key) in values)));
      const key = () => (isList ? each.key : `${each.key}.${name || named.value}`);
      const made = make("form", { class: "table" },
        isNew && !isList && labelled("Its name", named, "Letters, digits and hyphens."),
        ...controls.map(([one, field]) => labelled(one.key, field, one.help.replaceAll("`", ""))),
        make("p", { class: "acts" }, make("button", { class: "main" }, isNew ? "Add it" : "Save"),
          !isNew && button("Take it out", () => set(key(), isList ? whole.filter((_, place) => place !== at) : null), { "aria-label": `Take ${name || values.tag} out` })));
      made.addEventListener("submit", event => {
        event.preventDefault();
        attempt(() => set(key(), isList ? [...whole.slice(0, at), read(), ...whole.slice(at + 1)] : read()));
      });
      return make("details", {}, make("summary", {}, isNew ? "Another…" : name || String(values.tag ?? "")), made);
    };
    rows.replaceChildren(...now.entries.map(([name, values], at) => form(name, at, values)), form("", whole.length, {}));
  };
  draw(each);
  return make("section", { "aria-label": each.key }, make("h2", {}, `[${each.key}]`), make("p", { class: "why" }, each.help), rows);
}

/** @param {Setting} each @param {{version: string}} known */
function row(each, known) {
  const name = each.key.split(".").pop() ?? each.key, id = `set-${each.key}`, [field, read] = control(each);
  field.id = id;
  field.setAttribute("aria-describedby", `${id}-help`);
  const reset = button("Default", () => set(null), { class: "small quiet", "aria-label": `${name}: back to the default` });
  reset.hidden = !each.is_set;
  const set = async (/** @type {unknown} */ value) => {
    const done = await send("PATCH", "/api/settings", { key: each.key, value, version: known.version });
    known.version = done.version;
    const now = done.settings?.find((/** @type {Setting} */ one) => one.key === each.key);
    reset.hidden = value === null;
    if (value === null) fill(field, now ? now.value : each.default);
    tell(value === null ? `${each.key} has its default.` : `${each.key} is set.`);
  };
  field.addEventListener("change", () => attempt(() => set(read())));
  return make("div", { class: "setting" }, make("label", { htmlFor: id }, name), make("div", { class: "with" }, field, reset), make("small", { id: `${id}-help` }, ...each.help.split("`").map((text, at) => (at % 2 ? make("code", {}, text) : text))));
}

/** @param {any} field @param {any} value */
function fill(field, value) {
  if (field.type === "checkbox") field.checked = Boolean(value);
  else if (field.localName === "textarea") field.value = lines(value);
  else field.value = value ?? "";
}

/** @param {any} value */
const lines = value => (Array.isArray(value) ? value.join("\n") : Object.entries(value ?? {}).map(([key, one]) => `${key} = ${one}`).join("\n"));

/** @param {Setting} each @returns {[HTMLElement, () => unknown]} */
function control(each) {
  const plain = each.kind.replace(/ \| None$/, "");
  if (each.options.length) {
    const field = make("select", {}, ...each.options.map(one => make("option", { value: String(one) }, String(one) || "(none)")));
    field.value = String(each.value ?? "");
    return [field, () => each.options.find(one => String(one) === field.value)];
  }
  if (plain === "bool") {
    const field = make("input", { type: "checkbox", checked: Boolean(each.value) });
    return [field, () => field.checked];
  }
  if (/^(tuple|Mapping|list|dict)/.test(plain)) {
    const isMap = /^(Mapping|dict)/.test(plain), isNumber = /float|int/.test(plain);
    const field = make("textarea", { rows: 2, value: lines(each.value), placeholder: isMap ? "name = value" : "one a line" });
    return [field, () => {
      const told = field.value.split("\n").map(line => line.trim()).filter(Boolean);
      return isMap ? Object.fromEntries(told.map(line => { const [key, ...rest] = line.split("="), text = rest.join("=").trim(); return [key.trim(), isNumber ? Number(text) : text]; })) : told;
    }];
  }
  if (/^date/.test(plain)) {
    const field = make("input", { type: "date", value: each.value ?? "" });
    return [field, () => field.value];
  }
  const isNumber = typeof each.default === "number" || plain === "int" || plain === "float";
  const field = make("input", isNumber ? { type: "number", step: "any", min: each.least === null ? undefined : String(each.least), max: each.most === null ? undefined : String(each.most) } : { type: "text" });
  field.value = each.value ?? "";
  return [field, () => (isNumber ? (field.value === "" ? null : Number(field.value)) : field.value)];
}

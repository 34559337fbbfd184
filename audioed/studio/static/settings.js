// The show's settings with their help; each is checked before audioed.toml has it, and nobody's change is written over.
// @ts-check
import { get, Refused, send } from "./api.js";
import { attempt, button, labelled, make, tell } from "./dom.js";

/** @typedef {import("./api.js").Setting} Setting */
/** @typedef {import("./api.js").Table} Table */
/** @typedef {import("./api.js").Settings} Settings */

/** @returns {Promise<{page: HTMLElement, refresh: () => Promise<void>}>} the page, and what has it show what somebody else has set */
export async function settings() {
  const found = /** @type {Settings} */ (await get("/api/settings"));
  const search = make("input", { type: "search", "aria-label": "Find a setting", placeholder: "Find a setting" });
  /** @type {Map<string, HTMLElement>} */
  const sections = new Map();
  const rows = found.settings.map(each => {
    const name = each.key.split(".").slice(0, -1).join(".");
    const section = sections.get(name) ?? make("section", {}, make("h2", {}, `[${name}]`));
    sections.set(name, section);
    const made = row(each, found.versions[each.key] ?? "");
    section.append(made.line);
    return { ...made, text: `${each.key} ${each.help}`.toLowerCase() };
  });
  const tables = found.tables.map(each => table(each, found.versions));
  search.addEventListener("input", () => {
    const wanted = search.value.toLowerCase().trim();
    for (const { line, text } of rows) line.hidden = !text.includes(wanted);
    for (const section of sections.values()) section.hidden = [...section.querySelectorAll(".setting")].every(line => /** @type {HTMLElement} */ (line).hidden);
  });
  const page = make("div", { class: "front" },
    make("header", { class: "head" }, make("h1", {}, "Settings"), make("p", { class: "facts" }, found.path), search),
    ...sections.values(), ...tables.map(each => each.section));
  return { page, refresh: async () => {
    const now = /** @type {Settings} */ (await get("/api/settings"));
    now.settings.forEach((each, at) => rows[at].take(each, now.versions[each.key] ?? ""));
    now.tables.forEach((each, at) => tables[at].follow(each, now.versions));
  } };
}

/** Set it; where somebody else has meanwhile, both values are shown. @param {string} key @param {unknown} value @param {string} version @returns {Promise<Settings>} */
const set = (key, value, version) => send("PATCH", "/api/settings", { key, value, version });

/**
 * Somebody else has set it meanwhile.
 * @param {HTMLElement} place @param {unknown} error @param {(theirs: any) => void} take @param {(version: string) => Promise<void>} keep
 */
function clash(place, error, take, keep) {
  if (!(error instanceof Refused) || error.status !== 409) throw error;
  const { value, version } = error.theirs;
  place.replaceChildren(make("p", {}, error.message), make("p", {}, "Theirs: ", make("code", {}, value === null ? "(the default)" : told(value))), make("p", { class: "acts" },
    button("Take theirs", () => { place.replaceChildren(); take(error.theirs); }, { class: "small" }),
    button("Keep mine", async () => { place.replaceChildren(); await keep(version); }, { class: "small" })));
}

/** @param {any} value */
const told = value => (value !== null && typeof value === "object" ? JSON.stringify(value) : String(value));

/** Promos, targets or tags: as many as there are, and one more. @param {Table} first @param {Record<string, string>} versions */
function table(first, versions) {
  const isList = first.key === "show.tags", rows = make("div", { class: "tables" });
  const state = { now: first, versions };
  /** What is being filled in, and stays when the others are drawn anew. @type {Map<string, HTMLDetailsElement>} */
  const typed = new Map();
  /** What is shown of each, and what that tells. @type {Map<string, {box: HTMLDetailsElement, mark: string}>} */
  const boxes = new Map();
  const whole = () => state.now.entries.map(([, values]) => values);
  /** @param {string} id @param {string} name @param {number} at @param {Record<string, any>} values */
  const form = (id, name, at, values) => {
    const isNew = id === "", named = make("input", { required: true, pattern: "[A-Za-z0-9][A-Za-z0-9_\\-]*", maxLength: 60 });
    const controls = state.now.fields.map(one => /** @type {const} */ ([one, ...control({ ...one, value: values[one.key] ?? one.default })]));
    const read = () => Object.fromEntries(controls.map(([one, , value]) => [one.key, value()]).filter(([key, value]) => value !== undefined && (value !== "" || String(key) in values)));
    const key = () => (isList ? first.key : `${first.key}.${name || named.value}`), place = make("div", { class: "clash", role: "alert" });
    let seen = state.versions[isList ? first.key : `${first.key}.${name}`] ?? "";
    /** @param {() => unknown} value @param {string} [version] @returns {Promise<void>} */
    const keep = async (value, version = seen) => {
      const given = value(), own = key();
      try {
        const done = await set(own, given, version);
        typed.delete(id);
        take(/** @type {Table} */ (done.tables.find(one => one.key === first.key)), done.versions);
        tell(given === null ? `${own} is gone.` : `${own} is set.`);
      } catch (error) {
        clash(place, error, () => { typed.delete(id); attempt(async () => { const now = /** @type {Settings} */ (await get("/api/settings")); take(/** @type {Table} */ (now.tables.find(one => one.key === first.key)), now.versions); }); },
          async theirs => { if (isList) state.now.entries = (await get("/api/settings")).tables.find((/** @type {Table} */ one) => one.key === first.key).entries; seen = theirs; await keep(value, theirs); });
      }
    };
    const mine = () => (isList ? [...whole().slice(0, at), read(), ...whole().slice(at + 1)] : read());
    const made = make("form", { class: "table" },
      isNew && !isList && labelled("Its name", named, "Letters, digits and hyphens."),
      ...controls.map(([one, field]) => labelled(one.key, field, one.help.replaceAll("`", ""))),
      place,
      make("p", { class: "acts" }, make("button", { class: "main" }, isNew ? "Add it" : "Save"),
        !isNew && button("Take it out", () => keep(() => (isList ? whole().filter((_, other) => other !== at) : null)), { "aria-label": `Take ${name || values.tag} out` })));
    const box = make("details", {}, make("summary", {}, isNew ? "Another…" : name || String(values.tag ?? "")), made);
    made.addEventListener("input", () => typed.set(id, box));
    made.addEventListener("submit", event => { event.preventDefault(); attempt(() => keep(mine)); });
    return box;
  };
  /** @param {Table} now @param {Record<string, string>} known */
  const take = (now, known) => {
    Object.assign(state, { now, versions: known });
    const names = now.entries.map(([name, values], at) => name || `${at} ${values.tag ?? ""}`);
    const lost = [...typed].filter(([id]) => id && !names.includes(id)).map(([, box]) => box);  // somebody else took it out while it is filled in
    /** What shows the same stays where it is, and what somebody has opened stays open. @param {string} id @param {string} name @param {number} at @param {Record<string, any>} values */
    const drawn = (id, name, at, values) => {
      const before = boxes.get(id), mark = JSON.stringify([at, values, known[isList ? first.key : `${first.key}.${name}`] ?? ""]);
      const kept = typed.get(id) ?? (before?.mark === mark ? before.box : null), box = kept ?? form(id, name, at, values);
      if (!kept && before) box.open = before.box.open;
      boxes.set(id, { box, mark });
      return box;
    };
    const all = [...now.entries.map(([name, values], at) => drawn(names[at], name, at, values)), ...lost, drawn("", "", names.length, {})];
    if (all.length !== rows.children.length || all.some((box, at) => box !== rows.children[at])) rows.replaceChildren(...all);
  };
  /** The same where somebody, perhaps we, has changed it. @param {Table} now @param {Record<string, string>} known */
  const follow = (now, known) => {
    if (JSON.stringify(now.entries) === JSON.stringify(state.now.entries) || rows.matches(":active")) return;
    take(now, known);
  };
  take(first, versions);
  return { section: make("section", { "aria-label": first.key }, make("h2", {}, `[${first.key}]`), make("p", { class: "why" }, first.help), rows), follow };
}

/** @param {Setting} each @param {string} version */
function row(each, version) {
  const name = each.key.split(".").pop() ?? each.key, id = `set-${each.key}`, [field, read] = control(each);
  field.id = id;
  field.setAttribute("aria-describedby", `${id}-help`);
  const place = make("div", { class: "clash", role: "alert" });
  const reset = button("Default", () => keep(null), { class: "small quiet", "aria-label": `${name}: back to the default` });
  let isTyped = false, seen = version;
  /** @param {Setting} now @param {string} known @param {boolean} [always] */
  const take = (now, known, always = false) => {
    if (!always && (isTyped || field === document.activeElement)) return;
    isTyped = false;
    seen = known;
    reset.hidden = !now.is_set;
    fill(field, now.value);
  };
  /** @param {unknown} value @param {string} [against] @returns {Promise<void>} */
  const keep = async (value, against = seen) => {
    isTyped = true;
    try {
      const done = await set(each.key, value, against);
      place.replaceChildren();
      take(/** @type {Setting} */ (done.settings.find(one => one.key === each.key)), done.versions[each.key] ?? "", true);
      tell(value === null ? `${each.key} has its default.` : `${each.key} is set.`);
    } catch (error) {
      clash(place, error, theirs => take({ ...each, value: theirs.value ?? each.default, is_set: theirs.value !== null }, theirs.version, true), theirs => keep(value, theirs));
    }
  };
  reset.hidden = !each.is_set;
  field.addEventListener("input", () => { isTyped = true; });
  field.addEventListener("change", () => attempt(() => keep(read())));
  const help = make("small", { id: `${id}-help` }, ...each.help.split("`").map((text, at) => (at % 2 ? make("code", {}, text) : text)));
  return { line: make("div", { class: "setting" }, make("label", { htmlFor: id }, name), make("div", { class: "with" }, field, reset), place, help), take };
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
  if (plain.startsWith("date")) {
    const field = make("input", { type: "date", value: each.value ?? "" });
    return [field, () => field.value];
  }
  const isNumber = typeof each.default === "number" || plain === "int" || plain === "float";
  const field = make("input", isNumber ? { type: "number", step: "any", min: each.least === null ? undefined : String(each.least), max: each.most === null ? undefined : String(each.most) } : { type: "text" });
  field.value = each.value ?? "";
  return [field, () => (isNumber ? (field.value === "" ? null : Number(field.value)) : field.value)];
}

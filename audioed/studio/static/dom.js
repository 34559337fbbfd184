// What pages are made of; whatever strangers wrote becomes text, never markup.
// @ts-check

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, any>} [given] properties; `data`, `aria` and `class` as attributes, `on` as listeners
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, given = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") made.className = value;
    else if (key === "data") Object.assign(made.dataset, value);
    else if (key === "on") for (const [event, does] of Object.entries(value)) made.addEventListener(event, /** @type {EventListener} */ (does));
    else if (key === "role" || key === "for" || key === "list" || key.startsWith("aria-")) made.setAttribute(key, value);
    else /** @type {any} */ (made)[key] = value;
  }
  for (const child of children) if (child || child === "") made.append(child);
  return made;
}

/** @param {string | Node} text @param {() => unknown} does @param {Record<string, any>} [given] @returns {HTMLButtonElement} */
export const button = (text, does, given = {}) => make("button", { type: "button", on: { click: () => { attempt(does); } }, ...given }, text);

const ICONS = /** @type {Record<string, string>} */ ({
  play: "M7 4.5v15l13-7.5z", pause: "M6 4.5h4.5v15H6zM13.5 4.5H18v15h-4.5z", back: "M6 5h2.5v14H6zM20 5v14L9.5 12z", ahead: "M15.5 5H18v14h-2.5zM4 5v14l10.5-7z",
});

/** @param {string} name @returns {SVGSVGElement} */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg", made = document.createElementNS(space, "svg"), path = document.createElementNS(space, "path");
  made.setAttribute("viewBox", "0 0 24 24");
  made.setAttribute("class", "icon");
  made.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  made.append(path);
  return made;
}

let fields = 0;
/** A field with its name, and perhaps what helps to fill it in. @param {string} text @param {HTMLElement} field @param {string} [help] @returns {HTMLElement} */
export function labelled(text, field, help) {
  field.id ||= `field-${++fields}`;
  if (help) field.setAttribute("aria-describedby", `${field.id}-help`);
  return make("div", { class: "field" }, make("label", { for: field.id }, text), field, help && make("small", { id: `${field.id}-help` }, help));
}

/** @param {number} seconds @returns {string} as 1:02:03 */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds)), two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** @param {number} count @param {string} noun @returns {string} */
export const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** @param {string} id @returns {HTMLElement} */
export const byId = id => /** @type {HTMLElement} */ (document.getElementById(id));

/** Wait until nothing in it is pressed: what is drawn anew under a finger loses the click. @param {HTMLElement} place */
export async function unpressed(place) {
  while (place.matches(":active")) await new Promise(done => setTimeout(done, 50));
}

let fading = 0;
/**
 * Tell whoever looks or listens.
 * @param {string} text @param {boolean} [wrong] what is wrong stays until something else is told
 * @param {HTMLButtonElement[]} acts take back what is told of, or do more of it; that stays longer, so that they can be reached
 */
export function tell(text, wrong = false, ...acts) {
  const place = byId(wrong ? "wrong" : "told");
  byId(wrong ? "told" : "wrong").textContent = "";
  place.replaceChildren(text, ...acts.flatMap(each => [" ", each]));
  clearTimeout(fading);
  if (!wrong) fading = setTimeout(() => { place.textContent = ""; }, acts.length ? 20000 : 5000);
}

/** Do it; what is wrong is told. @param {() => unknown} does @returns {Promise<void>} */
export async function attempt(does) {
  try {
    await does();
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    tell(error instanceof Error ? error.message : String(error), true);
  }
}

/**
 * Ask something in front of the page. Gives whether the answer was yes.
 * @param {string} label @param {(Node | string | null | undefined | false)[]} content @param {string} yes
 * @param {{no?: string, wide?: boolean, disabled?: boolean}} [how]
 * @returns {Promise<boolean>}
 */
export function dialog(label, content, yes, { no = "Cancel", wide = false, disabled = false } = {}) {
  const deny = make("button", { type: "button", autofocus: !content.some(each => each instanceof HTMLElement && each.className === "field") }, no);
  const box = make("dialog", { "aria-label": label, class: wide ? "wide" : "" }, make("form", { method: "dialog" }, ...content,
    make("p", { class: "acts" }, make("button", { class: "main", value: "yes", disabled }, yes), no && deny)));
  deny.addEventListener("click", () => box.close(""));
  document.body.append(box);
  box.showModal();
  return new Promise(done => {
    box.addEventListener("close", () => { box.remove(); done(box.returnValue === "yes"); });
  });
}

/** @param {string} question @param {string} yes @returns {Promise<boolean>} */
export const asked = (question, yes) => dialog("Are you sure?", [make("p", {}, question)], yes);

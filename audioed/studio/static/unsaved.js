// What was typed and is not saved yet, kept by the browser: a studio that is killed, or a tab that is closed, costs no word of it.
// @ts-check

/** @typedef {{typed: Record<string, string>, base: string}} Typed what was typed, by field, and the version of the sentence on which it was */
const PREFIX = "audioed-typed ";
/** Milliseconds after which nobody types it any more: another tab may be about to save it. */
const LEFT = 5000;

/** @param {string} edition @param {string} id @returns {string} */
const key = (edition, id) => `${PREFIX}${JSON.stringify([edition, id])}`;

/** @param {string} edition @param {string} id @param {Typed} unsaved */
export function put(edition, id, { typed, base }) {
  try {
    localStorage.setItem(key(edition, id), JSON.stringify({ typed, base, at: Date.now() }));
  } catch { /* a browser that keeps nothing: the page has it as long as it is open */ }
}

/** @param {string} edition @param {string} id */
export function drop(edition, id) {
  try {
    localStorage.removeItem(key(edition, id));
  } catch { /* then nothing is there */ }
}

/** What was left of an edition, by sentence. @param {string} edition @returns {Map<string, Typed>} */
export function left(edition) {
  const found = new Map();
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(PREFIX)) continue;
      const [of, id] = JSON.parse(name.slice(PREFIX.length)), { typed, base, at } = JSON.parse(localStorage.getItem(name) ?? "");
      if (of === edition && Date.now() - at > LEFT) found.set(id, { typed, base });
    }
  } catch { /* nothing that can be read */ }
  return found;
}

// A file of an author's own, chosen or dropped: an article becomes a draft, a sound a promo.
// @ts-check
import { get, send } from "./api.js";
import { dialog, labelled, make, tell } from "./dom.js";

/** Bytes of a file. */
const LARGEST = 32e6;

/** @param {File} file */
export async function upload(file) {
  if (file.size > LARGEST) throw new Error(`${file.name} is larger than ${LARGEST / 1e6} MB; use a smaller file, or put it into the show's folder.`);
  tell(`${file.name} is being read …`);
  const found = /** @type {{file: string, kind: string}} */ (await send("POST", "/api/files", { name: file.name, data: await encoded(file) }));
  if (found.kind === "sound") { await promo(found.file); return; }
  const done = await send("POST", "/api/editions", { article: found.file });
  tell(done.told);
  location.hash = `#/edition/${encodeURIComponent(done.edition)}`;
}

/** @param {File} file @returns {Promise<string>} its bytes in base 64 */
const encoded = file => new Promise((done, never) => {
  const reader = new FileReader();
  reader.addEventListener("load", () => done(String(reader.result).replace(/^[^,]*,?/, "")));
  reader.addEventListener("error", () => never(new Error(`${file.name} cannot be read; choose it again.`)));
  reader.readAsDataURL(file);
});

/** @param {string} sound a file in the show's folder */
async function promo(sound) {
  const { versions } = /** @type {import("./api.js").Settings} */ (await get("/api/settings"));
  const name = make("input", { required: true, maxLength: 60, pattern: "[A-Za-z0-9][A-Za-z0-9_\\-]*", value: sound.replace(/^.*\/|\.[^.]*$/g, "") });
  const text = make("textarea", { rows: 3, required: true, maxLength: 2000 });
  tell(`${sound} is in the show's folder.`);
  if (!(await dialog("A promo", [make("h2", {}, "Make it a promo"), labelled("Its name", name, "Letters, digits and hyphens."), labelled("What is heard in it", text, "For captions and pages.")], "Make it a promo", { no: "Not now" }))) return;
  const key = `promos.${name.value}`;
  if (key in versions) throw new Error(`There is a promo ${name.value} already; set its sound to ${sound} in the settings, or choose another name.`);
  await send("PATCH", "/api/settings", { key, value: { text: text.value.trim(), sound }, version: "" });
  tell(`${key} is set; [promos] in the settings says when it runs.`);
}

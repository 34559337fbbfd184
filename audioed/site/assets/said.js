// When each word of a transcript sounds: a page carries it in letters (audioed/site/timing.py), here they are read.
// @ts-check
"use strict";
/** Has every sentence of a transcript in a <span data-start data-end data-words>, each word's step in hundredths of a second. */
function readAlong(/** @type {ParentNode} */ page) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("#transcript [data-words]"))) {
    const [, from, letters] = /^([\d.]*) ?(.*)$/.exec(place.dataset.words || "") || [];
    let at = Math.round(100 * Number(from || place.id.slice(2)));
    const told = letters.split(" ").map((group, number) => {
      const steps = [];
      let step = 0;
      for (const letter of group) {
        step += letter.charCodeAt(0) - 63;
        if (letter !== "~") { steps.push(step); step = 0; }
      }
      if (number) at += steps.shift() || 0;
      const start = at;
      for (const each of steps) at += each;
      return { start, end: at, steps: steps.slice(0, -1) };
    });
    /** @param {HTMLElement} span @param {{start: number, end: number, steps: number[]}} sentence */
    const timed = (span, { start, end, steps }) => {
      Object.assign(span.dataset, { start: start / 100, end: end / 100 }, steps.length ? { words: steps.join(" ") } : {});
      return span;
    };
    const made = () => place.ownerDocument.createElement("span"), text = place.textContent || "";
    const words = [...text.matchAll(/\S+/g)], known = told.reduce((sum, { steps }) => sum + steps.length, 0);
    delete place.dataset.words;
    if (told.length > 1 && known === words.length) {
      let next = 0;
      place.replaceChildren(...told.flatMap((sentence, number) => {
        const first = words[next], final = words[(next += sentence.steps.length) - 1], span = timed(made(), sentence);
        span.textContent = text.slice(first.index, final.index + final[0].length);
        return number ? [" ", span] : [span];
      }));
    } else {
      const whole = { start: told[0].start, end: at, steps: known === words.length ? told[0].steps : [] };
      const span = place.localName === "span" ? place : made();
      if (span !== place) { span.append(...place.childNodes); place.append(span); }
      timed(span, whole);
    }
  }
}
/** Puts the next part of a long text where the link to it stands. Gives whether there was one. */
async function readOn(/** @type {Document} */ page, /** @type {string} */ base, load = (/** @type {string} */ address) => fetch(address)) {
  const link = page.querySelector("#transcript .further a");
  if (!link) return false;
  const answer = await load(new URL(link.getAttribute("href") || "", base).href);
  if (!answer.ok) throw new Error(answer.statusText);
  const part = new DOMParser().parseFromString(await answer.text(), "text/html");
  readAlong(part);
  link.parentElement?.replaceWith(...(part.querySelector("#transcript")?.childNodes || []));
  return true;
}
/** The text of this page, of which further parts are loaded when a reader, a listener or an address comes near them. */
function longText(/** @type {(sentences: HTMLElement[]) => void} */ changed) {
  /** When the first part begins that is not here. */
  let pending = Infinity;
  const nearing = new IntersectionObserver(found => { if (found.some(each => each.isIntersecting)) reach(pending); }, { rootMargin: "1500px" });
  const taken = () => {
    const next = /** @type {HTMLElement | null} */ (document.querySelector("#transcript .further"));
    pending = next ? Number(next.dataset.from) : Infinity;
    nearing.disconnect();
    if (next) nearing.observe(next);
    changed([.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#transcript [data-start]"))]);
  };
  /** @type {Promise<void> | null} */
  let coming = null;
  /** @param {number} to all up to a minute after this moment is wanted; what cannot be had is asked for again in ten seconds */
  const reach = async to => {
    while (to + 60 >= pending) {
      coming ??= readOn(document, document.baseURI).then(taken, () => { pending = Infinity; setTimeout(taken, 10000); }).finally(() => { coming = null; });
      await coming;
    }
  };
  readAlong(document);
  taken();
  const all = () => { reach(Number.MAX_VALUE); };
  addEventListener("beforeprint", all);
  addEventListener("keydown", event => {  // whoever looks for a word, or prints, means the whole text
    if ((event.ctrlKey || event.metaKey) && ["f", "g", "p"].includes(event.key.toLowerCase())) all();
  });
  return { reach, has: (/** @type {number} */ moment) => moment < pending };
}

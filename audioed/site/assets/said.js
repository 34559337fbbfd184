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

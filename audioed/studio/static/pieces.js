// Where each piece of an article is said, and between which sentences what is cut would stand.
// @ts-check

/** @typedef {import("./api.js").Edition} Edition */
/** @typedef {import("./api.js").Part} Part */
/** @typedef {import("./api.js").Piece} Piece */
/** @typedef {{article: number, piece: Piece}} Placed */
/** @typedef {{article: number, parts: Part[]}} Group */

/** Boundaries after which a paragraph goes on. */
const INSIDE = new Set(["clause", "sentence"]);
/** Parts that say no piece of an article, though one may begin with the same words. */
const AROUND = new Set(["opening", "title", "closing", "correction"]);
/** Letters by which the start of a sentence is known. */
const START = 60;
/** And by which one that was changed still is. */
const LIKE = 20;

/** @param {string} text */
const bare = text => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** The parts of an edition, by the article that they read; 0 is what is said around them. @param {Edition} edition @returns {Group[]} */
export function groups(edition) {
  /** @type {Group[]} */
  const found = [];
  let article = 0;
  for (const part of edition.segments) {
    const place = part.kind === "title" ? Math.min(++article, edition.articles.length) : part.kind === "closing" ? 0 : article;
    const last = found[found.length - 1];
    if (last && last.article === place && part.kind !== "title") last.parts.push(part);
    else found.push({ article: place, parts: [part] });
  }
  return found;
}

/** Sentences that stand in one paragraph. @param {Part} part @returns {import("./api.js").Said[][]} */
export function paragraphs(part) {
  /** @type {import("./api.js").Said[][]} */
  const found = [[]];
  for (const each of part.utterances) {
    found[found.length - 1].push(each);
    if (!INSIDE.has(each.boundary)) found.push([]);
  }
  return found.filter(each => each.length);
}

/**
 * @param {Edition} edition
 * @returns {{of: Map<string, Placed>, after: Map<string, Placed[]>, left: Map<number, Placed[]>}} the piece that a sentence says, by its id;
 *   what is cut behind a sentence, by that one's id; what is cut and stands before all that is said, by the number of its article
 */
export function placed(edition) {
  const of = new Map(), after = new Map(), left = new Map();
  for (const { article, parts } of groups(edition)) {
    const source = edition.articles[article - 1];
    if (!source) continue;
    const said = parts.filter(part => !AROUND.has(part.kind)).flatMap(part => part.utterances), texts = said.map(each => bare(each.written));
    let at = 0, last = "";
    for (const piece of source.pieces) {
      const here = { article, piece };
      if (piece.kind === "") {
        if (piece.rule === "title") continue;
        if (last) after.set(last, [...(after.get(last) ?? []), here]);
        else left.set(article, [...(left.get(article) ?? []), here]);
        continue;
      }
      const text = bare(piece.text);
      let first = texts.findIndex((each, place) => place >= at && each && begins(text, each));
      if (first < 0) first = texts.findIndex((each, place) => each && !of.has(said[place].id) && begins(text, each));
      if (first < 0) continue;
      let place = first;
      for (let length = 0; place < said.length && length < text.length && (texts[place] === "" || text.includes(texts[place]) || place === first); place++) {
        of.set(said[place].id, here);
        length += texts[place].length;
      }
      if (first >= at) at = place;
      last = said[place - 1].id;
    }
  }
  return { of, after, left };
}

/** Whether a piece begins with a sentence, or with what was made of it by hand. @param {string} whole @param {string} sentence @returns {boolean} */
const begins = (whole, sentence) => whole.startsWith(sentence.slice(0, START))
  || (whole.length > 3 && sentence.startsWith(whole.slice(0, START)))
  || (sentence.length > LIKE && (whole.startsWith(sentence.slice(0, LIKE)) || whole.includes(sentence)));

// What the studio asks its server, and what it is told.
// @ts-check

/**
 * @typedef {{id: string, version: string, written: string, spoken: string, sentences: string[], role: string, voice: string, speaker: string, pause: number,
 *   boundary: string, block: string, language: string, url: string, start: number | null, end: number | null, is_changed: boolean}} Said
 * @typedef {{kind: string, title: string, heading: string, chapter: boolean, url: string, utterances: Said[]}} Part
 * @typedef {{text: string, kind: string, rule: string, reason: string, doubt: string}} Piece
 * @typedef {{id: string, written: string, language: string, after: string}} Omitted
 * @typedef {{place: number, title: string, url: string, known_as: string, site: string, byline: string, pieces: Piece[]}} Source
 * @typedef {{title: string, start: number}} Mark
 * @typedef {{name: string, state: string, version: string, title: string, day: string, number: number, language: string, is_making: boolean,
 *   can_undo: boolean, guid: string, recording: string, duration: number | null, loudness: number | null, true_peak: number | null,
 *   chapters: Mark[], articles: Source[], segments: Part[], left_out: Omitted[]}} Edition
 * @typedef {{name: string, state: string, title: string, day: string, number: number, minutes: number | null, corrections: number,
 *   problem: string, is_making: boolean}} Row
 * @typedef {{title: string, folder: string, feed: string, language: string, is_reviewed: boolean, targets: string[], deploy: string,
 *   first: string, episodes: number, drafts: number, removed: number, night: string, notes: string[],
 *   failing: Failing[]}} About
 * @typedef {{word: string, reason: string, origin: string, times: number, said: string, respelled: string, language: string,
 *   voices: string[], utterances: string[]}} Doubted
 * @typedef {{name: string, language: string, engine: string, description: string, licence: string, roles: string[], needs: string}} Card
 * @typedef {{id: string, before: string, now: string, fields: string[]}} Altered
 * @typedef {{sentences: Altered[], clips: string[], chapters_before: Mark[], chapters: string[], duration_before: number | null,
 *   duration: number, is_exact: boolean}} Difference
 * @typedef {{id: number, kind: string, edition: string, state: string, stage: string, share: number, result: any, error: string,
 *   notes: string[]}} Job
 * @typedef {{key: string, kind: string, help: string, value: any, default: any, options: any[], least: number | null, most: number | null,
 *   is_set: boolean}} Setting
 * @typedef {{key: string, help: string, fields: Setting[], entries: [string, Record<string, any>][]}} Table
 * @typedef {{path: string, versions: Record<string, string>, settings: Setting[], tables: Table[]}} Settings
 * @typedef {{name: string, title: string, url: string, minutes: number}} Reading
 * @typedef {{title: string, minutes: number, rundown: Mark[], articles: Reading[], held: Reading[], waits: string[], skips: string[],
 *   notes: string[]}} Tonight
 * @typedef {{version: string, order: string[], hold: string[], job: number}} Arranged
 * @typedef {{kind: string, name: string, since: string, next: string, reason: string, aside: boolean}} Failing
 * @typedef {{name: string, promo: {text: string} | null, state: string, share: number, today: boolean, episodes: number}} Promo
 * @typedef {{night: string, day: string, result: string, told: string, edition: string, title: string, duration: number, articles: number,
 *   skips: number, error: string}} Night
 */

/** What was asked could not be done; the message is a sentence for whoever asked. */
export class Refused extends Error {
  /** @param {string} message @param {number} status @param {any} theirs what stands there now, where somebody else changed it */
  constructor(message, status, theirs) {
    super(message);
    this.status = status;
    this.theirs = theirs;
  }
}

/** @param {string} path @param {RequestInit} [how] @returns {Promise<Response>} */
async function answer(path, how = {}) {
  let found;
  try {
    found = await fetch(path, how);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refused("The studio does not answer; is it still running in the terminal?", 0, null);
  }
  if (found.ok) return found;
  const told = await found.json().catch(() => ({}));
  throw new Refused(told.error || `The studio answered ${found.status}.`, found.status, told.theirs);
}

/** @param {string} path @param {Record<string, string | number>} [query] @returns {Promise<any>} */
export async function get(path, query = {}) {
  const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
  return (await answer(asked ? `${path}?${asked}` : path)).json();
}

/** @param {string} method @param {object} body @returns {RequestInit} */
const sending = (method, body) => ({
  method, body: JSON.stringify(body), headers: { "Content-Type": "application/json", "X-Audioed-Studio": "1" },
});

/** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
export async function send(method, path, body = {}) {
  return (await answer(path, sending(method, body))).json();
}

/** Sound, by its address, or as the answer to what is sent. @param {string} path @param {object} [body] @returns {Promise<ArrayBuffer>} */
export async function sound(path, body) {
  return (await answer(path, body ? sending("POST", body) : {})).arrayBuffer();
}

/** @param {string} edition @param {string} [more] @returns {string} the address of an edition's actions */
export const of = (edition, more = "") => `/api/editions/${encodeURIComponent(edition)}${more}`;

/** Milliseconds after which a stream that was refused is asked for again. */
const AGAIN = 2000;

/**
 * What happens, as it happens. A page that nobody sees lets go of the stream, for a browser has six to a server and no more; seen again,
 * it is told what it missed.
 * @param {{show: () => void, edition: (name: string) => void, job: (job: Job) => void, lost: (is: boolean) => void}} on
 */
export function listen(on) {
  /** @type {EventSource | null} */
  let stream = null;
  let last = "", timer = 0;
  const open = () => {
    clearTimeout(timer);
    if (stream || document.hidden) return;
    const own = stream = new EventSource(`/api/events${last && `?since=${encodeURIComponent(last)}`}`);
    const told = (/** @type {string} */ kind, /** @type {(data: any) => void} */ does) => own.addEventListener(kind, event => {
      last = event.lastEventId || last;
      does(JSON.parse(event.data));
    });
    told("here", () => on.lost(false));
    told("show", () => on.show());
    told("edition", data => on.edition(data.edition));
    told("job", data => on.job(data));
    own.addEventListener("error", () => {
      on.lost(true);
      if (own.readyState !== EventSource.CLOSED || stream !== own) return;
      stream = null;
      timer = setTimeout(open, AGAIN);
    });
  };
  const close = () => { stream?.close(); stream = null; clearTimeout(timer); };
  document.addEventListener("visibilitychange", () => { if (document.hidden) close(); else open(); });
  addEventListener("pagehide", close);
  open();
}

// Sentences one after another, joined in the sound card: no gap but the pause that is set, and no click.
// @ts-check
import { of, sound } from "./api.js";

/** Seconds in which a sentence that is broken off, or begun within, fades: what is cut at once clicks. */
const FADE = 0.006;
/** Seconds before the end of a sentence in which the next one is made ready. */
const AHEAD = 0.4;
/** Clips that are kept decoded. */
const KEPT = 80;
/** Sentences that are spoken before they are wanted. */
const NEXT = 3;

/** One for all, since it takes a while to wake. @type {AudioContext | null} */
let shared = null;
/** The sound card, woken by the first click or key anywhere; browsers allow no sound before. @returns {AudioContext} */
function woken() {
  shared ??= new AudioContext({ latencyHint: "interactive" });
  if (shared.state === "suspended") shared.resume();
  return shared;
}
for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, woken, { capture: true, once: true });

/** @typedef {{id: string, version: string, pause: number}} Sentence */

export class Player {
  /**
   * @param {{now: (id: string) => void, stopped: () => void, wrong: (error: Error) => void}} on
   */
  constructor(on) {
    this.on = on;
    this.edition = "";
    /** A voice in place of each sentence's own; empty for none. */
    this.voice = "";
    /** @type {Map<string, Promise<AudioBuffer>>} */
    this.clips = new Map();
    /** @type {{source: AudioBufferSourceNode, gain: GainNode, id: string, start: number, offset: number, end: number}[]} */
    this.playing = [];
    /** Counts what was asked for, so that what comes late is not heard. */
    this.turn = 0;
    this.timer = 0;
    /** @type {(id: string) => Sentence | null} */
    this.after = () => null;
  }

  get isPlaying() { return this.playing.length > 0 || this.timer > 0; }

  /** @param {Sentence} sentence @returns {string} */
  key(sentence) { return `${this.edition} ${sentence.id} ${sentence.version} ${this.voice}`; }

  /** Have a sentence spoken and decoded. @param {Sentence} sentence @returns {Promise<AudioBuffer>} */
  clip(sentence) {
    const key = this.key(sentence), voice = this.voice ? `?voice=${encodeURIComponent(this.voice)}` : "";
    let found = this.clips.get(key);
    if (!found) {
      found = sound(`${of(this.edition, `/utterances/${encodeURIComponent(sentence.id)}/sound`)}${voice}`).then(data => woken().decodeAudioData(data));
      found.catch(() => this.clips.delete(key));
      this.clips.set(key, found);
      for (const old of this.clips.keys()) if (this.clips.size > KEPT) this.clips.delete(old); else break;
    }
    return found;
  }

  /** Hear this sentence, and those behind it. @param {Sentence} sentence @param {(id: string) => Sentence | null} after @param {number} [offset] in seconds */
  async play(sentence, after, offset = 0) {
    this.stop(false);
    this.after = after;
    const turn = this.turn, card = woken();
    try {
      const clip = await this.clip(sentence);
      if (turn === this.turn) this.put(sentence, clip, card.currentTime, Math.min(offset, clip.duration));
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    }
  }

  /** Hear some sound by itself. @param {Promise<ArrayBuffer>} data */
  async hear(data) {
    this.stop(false);
    this.after = () => null;
    const turn = this.turn, card = woken();
    const clip = await card.decodeAudioData(await data);
    if (turn === this.turn) this.put({ id: "", version: "", pause: 0 }, clip, card.currentTime, 0);
  }

  /** @param {Sentence} sentence @param {AudioBuffer} clip @param {number} at of the sound card's time @param {number} offset */
  put(sentence, clip, at, offset) {
    const card = woken(), source = card.createBufferSource(), gain = card.createGain();
    source.buffer = clip;
    source.connect(gain).connect(card.destination);
    const start = Math.max(at, card.currentTime), end = start + clip.duration - offset;
    if (offset) {
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(1, start + FADE);
    }
    source.start(start, offset);
    const piece = { source, gain, id: sentence.id, start, offset, end };
    this.playing.push(piece);
    source.addEventListener("ended", () => {
      this.playing = this.playing.filter(each => each !== piece);
      if (!this.isPlaying) this.on.stopped();
    });
    const turn = this.turn, wait = Math.max(0, start - card.currentTime);
    setTimeout(() => { if (turn === this.turn && sentence.id) this.on.now(sentence.id); }, 1000 * wait);
    const next = this.after(sentence.id);
    if (!next) return;
    for (let each = /** @type {Sentence | null} */ (next), count = 0; each && count < NEXT; each = this.after(each.id), count++) this.clip(each).catch(() => {});
    this.timer = setTimeout(async () => {
      try {
        const following = await this.clip(next);
        if (turn !== this.turn) return;
        this.timer = 0;
        this.put(next, following, end + sentence.pause, 0);
      } catch (error) {
        if (turn === this.turn) { this.timer = 0; this.fail(error); }
      }
    }, 1000 * Math.max(0, end + Math.min(0, sentence.pause) - AHEAD - card.currentTime));
  }

  /** @param {unknown} error */
  fail(error) {
    this.stop();
    if (error instanceof Error) this.on.wrong(error);
  }

  /** Which sentence sounds, and how far it is. @returns {{id: string, offset: number} | null} */
  where() {
    const now = shared?.currentTime ?? 0;
    const piece = this.playing.find(each => each.start <= now && now < each.end) ?? this.playing[0];
    return piece ? { id: piece.id, offset: Math.max(0, now - piece.start + piece.offset) } : null;
  }

  /** @param {boolean} [told] */
  stop(told = true) {
    this.turn++;
    clearTimeout(this.timer);
    this.timer = 0;
    const card = shared;
    for (const { source, gain } of this.playing.splice(0)) {
      if (!card) continue;
      gain.gain.cancelScheduledValues(card.currentTime);
      gain.gain.setValueAtTime(gain.gain.value, card.currentTime);
      gain.gain.linearRampToValueAtTime(0, card.currentTime + FADE);
      source.stop(card.currentTime + FADE);
    }
    if (told) this.on.stopped();
  }

  /** What was decoded of a sentence is not what it says now. */
  forget() { this.clips.clear(); }
}

// The waveform of a recording: where something is loud, where chapters begin, and a click goes there.
// @ts-check
import { make } from "./dom.js";

export class Wave {
  /** @param {(seconds: number) => void} go */
  constructor(go) {
    this.element = make("canvas", { class: "wave", width: 1600, height: 120, hidden: true, "aria-hidden": "true" });
    this.duration = 0;
    this.element.addEventListener("click", event => go((event.offsetX / this.element.clientWidth) * this.duration));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint());
  }

  /** @param {{duration: number, peaks: number[]}} shape @param {import("./api.js").Mark[]} chapters */
  draw(shape, chapters) {
    Object.assign(this, { shape, chapters, duration: shape.duration });
    this.element.hidden = false;
    this.element.title = "Listen from here";
    this.paint();
  }

  paint() {
    const pen = this.element.getContext("2d"), { width, height } = this.element;
    const { shape, chapters } = /** @type {any} */ (this);
    if (!pen || !shape) return;
    const colours = getComputedStyle(document.documentElement);
    pen.clearRect(0, 0, width, height);
    pen.fillStyle = colours.getPropertyValue("--accent");
    const wide = width / shape.peaks.length;
    shape.peaks.forEach((/** @type {number} */ peak, /** @type {number} */ at) => {
      const high = Math.max(2, peak * height * 0.94);
      pen.fillRect(at * wide, (height - high) / 2, Math.max(1, wide - 0.6), high);
    });
    pen.fillStyle = colours.getPropertyValue("--ink");
    for (const { start } of chapters) pen.fillRect((start / shape.duration) * width, 0, 2, height);
  }
}

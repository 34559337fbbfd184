// The waveform of a recording: where something is loud, where chapters begin, and a click goes there.
// @ts-check
import { attempt, make } from "./dom.js";

export class Wave {
  /** @param {(seconds: number) => void} go */
  constructor(go) {
    this.canvas = make("canvas", { class: "wave", width: 1600, height: 120, hidden: true, "aria-hidden": "true" });
    this.button = make("button", { type: "button", class: "small", hidden: true }, "Draw the waveform");
    this.element = make("div", { class: "drawn" }, this.button, this.canvas);
    this.duration = 0;
    this.canvas.addEventListener("click", event => go((event.offsetX / this.canvas.clientWidth) * this.duration));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.paint());
  }

  /** @param {() => Promise<void>} does what has it drawn */
  ask(does) {
    this.button.hidden = false;
    this.button.addEventListener("click", () => {
      this.button.disabled = true;
      this.button.textContent = "Drawing …";
      attempt(does).finally(() => { this.button.hidden = true; });
    });
  }

  /** @param {{duration: number, peaks: number[]}} shape @param {import("./api.js").Mark[]} chapters */
  draw(shape, chapters) {
    Object.assign(this, { shape, chapters, duration: shape.duration });
    this.button.hidden = true;
    this.canvas.hidden = false;
    this.canvas.title = "Listen from here";
    this.paint();
  }

  paint() {
    const pen = this.canvas.getContext("2d"), { width, height } = this.canvas;
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

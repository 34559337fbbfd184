// The recording: all of it in a line, how loud it is, where chapters begin; and below, larger, the stretch around what is heard.
// @ts-check
import { get, of } from "./api.js";
import { clock, make } from "./dom.js";

/** @typedef {{duration: number, start: number, end: number, levels: number[], loudness: number[]}} Shape */
/** @typedef {import("./api.js").Said} Said */

/** Columns of the line. */
const COLUMNS = 900;
/** Seconds that are asked for at once, and columns of each second: one for each frame of an MP3. */
const PART = 60, FINE = 40;
/** Pixels of a second in the stretch. */
const SECOND = 44;
/** LUFS between which loudness is drawn. */
const LOUD = -8, QUIET = -36;
/** Milliseconds between two pictures of what sounds. */
const TICK = 80;

export class Wave {
  /**
   * @param {string} edition
   * @param {{go: (seconds: number) => void, sentences: () => Said[], where: () => number | null}} on what a click does, what is said when, and which
   *   moment of the recording is heard or chosen
   */
  constructor(edition, on) {
    this.edition = edition;
    this.on = on;
    const canvas = (/** @type {string} */ name) => make("canvas", { class: name, "aria-hidden": "true", title: "Listen from here" });
    this.line = canvas("line");
    this.near = canvas("near");
    this.told = make("figcaption", { class: "why" });
    this.element = make("figure", { class: "wave", hidden: true, "aria-label": "The recording" }, this.line, this.near, this.told);
    /** @type {Shape | null} */
    this.whole = null;
    /** @type {Map<number, Shape | null>} */
    this.parts = new Map();
    this.timer = 0;
    this.first = 0;
    this.line.addEventListener("click", event => on.go((event.offsetX / this.line.clientWidth) * (this.whole?.duration ?? 0)));
    this.near.addEventListener("click", event => on.go(this.first + event.offsetX / SECOND));
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    /** What tells the line that is drawn from another. */
    this.drawn = "";
    this.paints = () => this.paint();
    this.anew = () => { this.drawn = ""; this.paint(); };
    this.dark.addEventListener("change", this.anew);
    this.seen = new ResizeObserver(this.anew);
    for (const each of [this.line, this.near]) this.seen.observe(each);
  }

  /** @param {import("./api.js").Mark[]} chapters @param {number | null} loudness of the whole, LUFS @param {number | null} peak dBTP */
  async load(chapters, loudness, peak) {
    this.whole = /** @type {Shape} */ (await get(of(this.edition, "/waveform"), { columns: COLUMNS }));
    Object.assign(this, { chapters, loudness });
    this.parts.clear();
    const heard = this.whole.loudness.filter(each => each > QUIET), lufs = (/** @type {number} */ each) => each.toFixed(1).replace("-", "−");
    this.told.textContent = [loudness !== null && `${lufs(loudness)} LUFS`, heard.length > 0 && `three seconds at a time ${lufs(Math.min(...heard))} to ${lufs(Math.max(...heard))}`, peak !== null && `peaks ${lufs(peak)} dBTP`].filter(Boolean).join(" · ");
    this.element.hidden = false;
    this.anew();
  }

  close() {
    clearInterval(this.timer);
    this.seen.disconnect();
    this.dark.removeEventListener("change", this.anew);
  }

  /** Whether something sounds, and the picture has to keep up with it. @param {boolean} is */
  follow(is) {
    clearInterval(this.timer);
    this.timer = is && this.whole ? setInterval(this.paints, TICK) : 0;
    this.paint();
  }

  paint() {
    if (!this.whole || this.element.hidden) return;
    const at = this.on.where() ?? 0;
    this.paintNear(at);
    this.paintLine(at);
  }

  /** @param {HTMLCanvasElement} canvas @returns {{pen: CanvasRenderingContext2D, width: number, height: number, colour: (name: string) => string}} */
  pen(canvas) {
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")), { clientWidth: width, clientHeight: height } = canvas, sharp = devicePixelRatio;
    if (canvas.width !== Math.round(width * sharp) || canvas.height !== Math.round(height * sharp)) [canvas.width, canvas.height] = [Math.round(width * sharp), Math.round(height * sharp)];
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    pen.clearRect(0, 0, width, height);
    const colours = getComputedStyle(this.element);
    return { pen, width, height, colour: name => colours.getPropertyValue(name) };
  }

  /** @param {number} at */
  paintLine(at) {
    const whole = /** @type {Shape} */ (this.whole), wide = this.line.clientWidth;
    const key = [at, this.first].map(each => Math.round((each / whole.duration) * wide * devicePixelRatio)).join();
    if (key === this.drawn) return;  // in a long recording seconds pass until it has to be drawn again
    this.drawn = key;
    const { pen, width, height, colour } = this.pen(this.line);
    const x = (/** @type {number} */ seconds) => (seconds / whole.duration) * width;
    pen.fillStyle = colour("--lit");
    pen.fillRect(x(this.first), 0, Math.max(2, x(this.near.clientWidth / SECOND)), height);
    pen.globalAlpha = 0.5;
    this.bars(pen, whole, width, height, colour("--accent"), x);
    pen.globalAlpha = 1;
    this.curve(pen, whole, height, colour("--headlines"), x);
    pen.fillStyle = colour("--ink");
    for (const { start } of /** @type {any} */ (this).chapters) pen.fillRect(x(start), 0, 1.5, height);
    pen.fillStyle = colour("--fault");
    pen.fillRect(x(at) - 1, 0, 2, height);
  }

  /** @param {number} at */
  paintNear(at) {
    const whole = /** @type {Shape} */ (this.whole), { pen, width, height, colour } = this.pen(this.near), span = width / SECOND;
    if (at < this.first + span * 0.1 || at > this.first + span * 0.9) this.first = at - span * 0.25;
    this.first = Math.max(0, Math.min(this.first, whole.duration - span));
    const { first } = this, x = (/** @type {number} */ seconds) => (seconds - first) * SECOND;
    this.on.sentences().forEach((said, place) => {
      if (said.start === null || said.end === null || said.end < first || said.start > first + span) return;
      pen.fillStyle = said.start <= at && at < said.end ? colour("--lit") : place % 2 ? colour("--shade-even") : colour("--shade-odd");
      pen.fillRect(x(said.start), 0, x(said.end) - x(said.start), height);
    });
    for (let part = Math.floor(first / PART); part * PART < Math.min(first + span, whole.duration); part++) {
      const shape = this.part(part);
      if (!shape) continue;
      this.bars(pen, shape, width, height, colour("--accent"), x);
      this.curve(pen, shape, height, colour("--headlines"), x);
    }
    pen.fillStyle = colour("--quiet");
    pen.font = "11px system-ui, sans-serif";
    for (let second = Math.ceil(first / 5) * 5; second < first + span; second += 5) {
      pen.fillRect(x(second), height - 4, 1, 4);
      if (x(second) < width - 40) pen.fillText(clock(second), x(second) + 3, height - 2);
    }
    pen.fillStyle = colour("--fault");
    pen.fillRect(x(at) - 1, 0, 2, height);
  }

  /** A minute of it, as fine as it was measured; it is asked for when it is first drawn. @param {number} part @returns {Shape | null} */
  part(part) {
    if (!this.parts.has(part)) {
      this.parts.set(part, null);
      const start = part * PART, end = Math.min(start + PART, this.whole?.duration ?? 0);
      get(of(this.edition, "/waveform"), { start, end, columns: Math.max(1, Math.round((end - start) * FINE)) })
        .then(found => { this.parts.set(part, found); this.paint(); }, () => this.parts.delete(part));
    }
    return this.parts.get(part) ?? null;
  }

  /** @param {CanvasRenderingContext2D} pen @param {Shape} shape @param {number} width @param {number} height @param {string} colour @param {(seconds: number) => number} x */
  bars(pen, shape, width, height, colour, x) {
    const most = Math.max(0.05, ...(this.whole?.levels ?? []), shape === this.whole ? 0 : 0.3), step = (shape.end - shape.start) / shape.levels.length;
    pen.fillStyle = colour;
    shape.levels.forEach((level, at) => {
      const left = x(shape.start + at * step), wide = x(shape.start + (at + 1) * step) - left;
      if (left + wide < 0 || left > width) return;
      const high = Math.max(1, Math.min(1, level / most) * height * 0.92);
      pen.fillRect(left, (height - high) / 2, Math.max(0.7, wide - 0.25), high);
    });
  }

  /** How loud it is, over three seconds. @param {CanvasRenderingContext2D} pen @param {Shape} shape @param {number} height @param {string} colour @param {(seconds: number) => number} x */
  curve(pen, shape, height, colour, x) {
    const step = (shape.end - shape.start) / shape.loudness.length;
    pen.strokeStyle = colour;
    pen.lineWidth = 1.5;
    pen.beginPath();
    shape.loudness.forEach((loud, at) => pen.lineTo(x(shape.start + (at + 0.5) * step), height * Math.min(1, Math.max(0, (LOUD - loud) / (LOUD - QUIET)))));
    pen.stroke();
  }
}

/** A minute, one point a second. */
const POINTS = 60;

/**
 * The course of one figure as a line with a soft fill; the newest value is at the right edge.
 *
 * Colours come from the canvas's own `color`, so that it follows the theme.
 */
export class Sparkline {
  #canvas;
  #values = [];

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    new ResizeObserver(() => this.#draw()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  /** @param {number} value */
  push(value) {
    this.#values.push(value);
    if (this.#values.length > POINTS) this.#values.shift();
    this.#draw();
  }

  clear() {
    this.#values = [];
    this.#draw();
  }

  #draw() {
    const canvas = this.#canvas;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (width === 0) return;
    const scale = devicePixelRatio;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const context = canvas.getContext('2d');
    context.scale(scale, scale);
    if (this.#values.length < 2) return;
    const color = getComputedStyle(canvas).color;
    const line = this.#path(width, height);
    context.lineWidth = 1.75;
    context.lineJoin = 'round';
    context.strokeStyle = color;
    context.stroke(line);
    line.lineTo(width, height);
    line.lineTo(width - (this.#values.length - 1) * (width / (POINTS - 1)), height);
    context.globalAlpha = 0.12;
    context.fillStyle = color;
    context.fill(line);
  }

  #path(width, height) {
    const top = Math.max(...this.#values, 1) * 1.15;
    const step = width / (POINTS - 1);
    const left = width - (this.#values.length - 1) * step;
    const path = new Path2D();
    this.#values.forEach((value, i) => path.lineTo(left + i * step, height - 1 - (value / top) * (height - 3)));
    return path;
  }
}

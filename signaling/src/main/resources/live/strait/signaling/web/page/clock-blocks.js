/**
 * A running clock as 32 black and white cells along the lower edge of a picture: what a computer reads where people
 * read digits. Drawn by the host and read back at the viewer, it gives the delay from glass to glass.
 *
 *     | 24 bits: milliseconds since 1970, modulo 2^24 | 8 bits: check |
 *
 * Cells are a thirty-second of the width, so that they survive the smallest layer and a poor bitrate.
 */

const CELLS = 32;
const MODULUS = 2 ** 24;

/** Any picture without cells reads as zeros or ones: neither passes. */
const check = (time) => ((time >> 16) ^ (time >> 8) ^ time ^ 0xa5) & 0xff;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} atMs since 1970
 */
export function drawClock(context, atMs) {
  const { width, height } = context.canvas;
  const time = Math.floor(atMs) % MODULUS;
  const word = time * 256 + check(time);
  const cell = width / CELLS;
  for (let i = 0; i < CELLS; i++) {
    const isOne = Math.floor(word / 2 ** (CELLS - 1 - i)) % 2 === 1;
    context.fillStyle = isOne ? '#fff' : '#000';
    context.fillRect(i * cell, height - cell, Math.ceil(cell), cell);
  }
}

/** Reads the clock of the picture that a video shows. */
export class ClockReader {
  #context = new OffscreenCanvas(CELLS * 4, 4).getContext('2d', { willReadFrequently: true });

  /**
   * @param {HTMLVideoElement} video
   * @param {number} nowMs since 1970, by the clock of the same machine
   * @returns {number | null} age of the picture in milliseconds, or null when it carries no clock
   */
  ageMs(video, nowMs) {
    const { videoWidth: width, videoHeight: height } = video;
    const cell = width / CELLS;
    const strip = this.#context.canvas;
    this.#context.drawImage(video, 0, height - cell, width, cell, 0, 0, strip.width, strip.height);
    const { data } = this.#context.getImageData(0, 0, strip.width, strip.height);
    let word = 0;
    for (let i = 0; i < CELLS; i++) word = word * 2 + (this.#brightness(data, i) > 127 ? 1 : 0);
    const time = Math.floor(word / 256);
    if (check(time) !== word % 256) return null;
    const age = (Math.floor(nowMs) - time) % MODULUS;
    return age < 0 ? age + MODULUS : age;
  }

  /** Mean of the four pixels in the middle of a cell: its edges have run into its neighbours. */
  #brightness(data, cell) {
    let sum = 0;
    for (const y of [1, 2]) for (const x of [1, 2]) sum += data[4 * (y * CELLS * 4 + cell * 4 + x) + 1];
    return sum / 4;
  }
}

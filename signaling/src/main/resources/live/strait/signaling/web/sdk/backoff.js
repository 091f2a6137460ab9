/**
 * The ceiling where a node was heard before: one that was started anew has its people back within 3 s, and the jitter
 * still spreads a thousand of them over hundreds of milliseconds.
 */
export const RETURN_WAIT_MS = 1500;

/** Waiting times between attempts: they double up to a ceiling, and jitter keeps many viewers from coming back at once. */
export class Backoff {
  #attempts = 0;

  /**
   * @param {number} firstMs ceiling of the first wait: a short hiccup should cost a viewer nothing to speak of
   * @param {number} maxMs ceiling of every later wait: a server that is back is found within it
   */
  constructor(firstMs = 250, maxMs = 8000) {
    this.firstMs = firstMs;
    this.maxMs = maxMs;
  }

  /**
   * The next wait, between a half and the whole of its ceiling.
   *
   * @returns {number} milliseconds
   */
  nextMs() {
    const ceilingMs = Math.min(this.maxMs, this.firstMs * 2 ** Math.min(this.#attempts, 16));
    this.#attempts += 1;
    return ceilingMs * (0.5 + Math.random() / 2);
  }

  /** Starts over: called once a connection has really come up. */
  reset() {
    this.#attempts = 0;
  }
}

/** Exchanges that are kept: enough to have met a quiet moment of the network, few enough to follow a clock that drifts. */
const SAMPLES = 8;

/** What a millisecond clock rounds away. */
const ROUNDING_MS = 2;

/**
 * This computer's time in milliseconds since 1970, with fractions. It never jumps, as no one sets it: only its distance
 * to the node's clock has a meaning.
 */
export const localNow = () => performance.timeOrigin + performance.now();

/**
 * The node's clock as seen from here (RFC 5905 section 8).
 *
 * Of the newest exchanges the one with the shortest round trip counts: queues only ever add delay, so that it is the one
 * whose halves are most alike. Its error is at most half of its round trip.
 */
export class NodeClock {
  #samples = [];
  #roughOffsetMs = 0;

  /** Milliseconds that the node's clock is ahead of {@link localNow}. */
  get offsetMs() {
    return this.#best()?.offsetMs ?? this.#roughOffsetMs;
  }

  /** The shortest round trip of late, or null before the first exchange. */
  get rttMs() {
    return this.#best()?.rttMs ?? null;
  }

  now() {
    return this.toNode(localNow());
  }

  /** @param {number} localMs as {@link localNow} gave it */
  toNode(localMs) {
    return localMs + this.offsetMs;
  }

  /** A time that the node has just told: good until the first exchange. */
  set(nodeMs) {
    this.#roughOffsetMs = nodeMs - localNow();
  }

  /**
   * @param {{t0Ms: number, t1Ms: number, t2Ms: number}} reply
   * @param {number} t3Ms when it has come, by {@link localNow}
   */
  push({ t0Ms, t1Ms, t2Ms }, t3Ms = localNow()) {
    const sample = { offsetMs: (t1Ms - t0Ms + t2Ms - t3Ms) / 2, rttMs: t3Ms - t0Ms - (t2Ms - t1Ms) };
    if (!(sample.rttMs >= 0)) return; // A reply to something that was never asked.
    const best = this.#best();
    // Two exchanges that cannot both be right: a computer that slept, or another node.
    if (best && Math.abs(best.offsetMs - sample.offsetMs) > (best.rttMs + sample.rttMs) / 2 + ROUNDING_MS) this.#samples = [];
    this.#samples.push(sample);
    if (this.#samples.length > SAMPLES) this.#samples.shift();
  }

  #best() {
    return this.#samples.reduce((best, sample) => (best && best.rttMs <= sample.rttMs ? best : sample), null);
  }
}

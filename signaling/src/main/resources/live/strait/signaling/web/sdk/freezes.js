/** Frames whose intervals make the usual one; a second at 30 frames per second. */
const USUAL_FRAMES = 30;

/** A frame is late when it takes three usual intervals, and at least this much more than one. */
const LATE_BY_MS = 150;

/** What people call stuck rather than jerky. */
const STUCK_MS = 500;

/**
 * Accounts for frozen time from the frames that were really shown.
 *
 * The browser's own figures say 0 % for a picture that never came and stop counting where a slow picture becomes the
 * usual one; here a gap between two shown frames is frozen when it exceeds max(3 x usual interval, usual interval +
 * 150 ms), and the gap that is still open counts too. Time during which no picture is owed (hidden page, paused
 * video, no host) is left out.
 */
export class FreezeMeter {
  #intervals = [];
  #lastFrameMs = null;
  #lastPresented = 0;
  #watchedMs = 0;
  #frozenMs = 0;
  #stuckMs = 0;
  #freezes = 0;
  #longestGapMs = 0;
  #frames = 0;

  /** True once a frame was shown. */
  get hasPicture() {
    return this.#frames > 0;
  }

  /**
   * @param {number} atMs when the frame was shown
   * @param {number} presentedFrames of the video element so far; a busy page misses callbacks but not frames
   */
  onFrame(atMs, presentedFrames) {
    const shown = Math.max(1, presentedFrames - this.#lastPresented);
    this.#lastPresented = presentedFrames;
    this.#frames += shown;
    if (this.#lastFrameMs !== null) {
      const gapMs = atMs - this.#lastFrameMs;
      this.#watchedMs += gapMs;
      for (let i = 0; i < shown; i++) this.#account(gapMs / shown);
    }
    this.#lastFrameMs = atMs;
  }

  /** No picture is owed from now on: the open gap does not count, and the next frame starts a new one. */
  suspend() {
    this.#lastFrameMs = null;
  }

  /**
   * @param {number} nowMs
   */
  snapshot(nowMs) {
    const openMs = this.#lastFrameMs === null ? 0 : Math.max(0, nowMs - this.#lastFrameMs);
    const openIsFrozen = this.#isFrozen(openMs);
    const watchedMs = this.#watchedMs + (openIsFrozen ? openMs : 0);
    const frozenMs = this.#frozenMs + (openIsFrozen ? openMs : 0);
    const stuckMs = this.#stuckMs + (openMs > STUCK_MS ? openMs : 0);
    const share = (ms) => (watchedMs > 0 ? (100 * ms) / watchedMs : 0);
    return {
      framesShown: this.#frames,
      watchedMs,
      freezes: this.#freezes + (openIsFrozen ? 1 : 0),
      frozenMs,
      frozenPercent: share(frozenMs),
      stuckPercent: share(stuckMs),
      longestGapMs: Math.max(this.#longestGapMs, openIsFrozen ? openMs : 0),
      pictureAgeMs: this.#lastFrameMs === null ? null : openMs,
    };
  }

  #account(gapMs) {
    this.#longestGapMs = Math.max(this.#longestGapMs, gapMs);
    if (gapMs > STUCK_MS) this.#stuckMs += gapMs;
    if (this.#isFrozen(gapMs)) {
      this.#frozenMs += gapMs;
      this.#freezes += 1;
      return;
    }
    this.#intervals.push(gapMs);
    if (this.#intervals.length > USUAL_FRAMES) this.#intervals.shift();
  }

  #isFrozen(gapMs) {
    const usualMs = this.#usualIntervalMs();
    return gapMs > Math.max(3 * usualMs, usualMs + LATE_BY_MS);
  }

  #usualIntervalMs() {
    if (this.#intervals.length === 0) return 1000 / 30;
    return this.#intervals.reduce((sum, ms) => sum + ms, 0) / this.#intervals.length;
  }
}

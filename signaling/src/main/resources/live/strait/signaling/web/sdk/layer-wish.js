/** What a viewer wants of the host's video, and whether the relay knows. */
export class LayerWish {
  #wish = { encodingId: null, videoPaused: false };
  #isKnown = true;
  #telling = null;
  #resource;

  /** @param {() => (import('./resource.js').SessionResource | null | undefined)} resource of the moment */
  constructor(resource) {
    this.#resource = resource;
  }

  get now() {
    return this.#wish;
  }

  /** A session that knows of no wish yet. */
  onOpened() {
    this.#isKnown = this.#wish.encodingId === null && !this.#wish.videoPaused;
    if (!this.#isKnown) this.tell({}).catch(() => {});
  }

  /**
   * One request at a time, and the last wish wins: a person who plays with the menu must not end on an earlier choice.
   *
   * @param {{encodingId?: string | null, videoPaused?: boolean}} change
   * @returns {Promise<void>} when the relay knows
   */
  async tell(change) {
    this.#wish = { ...this.#wish, ...change };
    this.#isKnown = false;
    this.#telling ??= this.#tellUntilKnown().finally(() => (this.#telling = null));
    return this.#telling;
  }

  async #tellUntilKnown() {
    while (!this.#isKnown) {
      const resource = this.#resource();
      if (!resource) return; // Told once there is a session: onOpened().
      this.#isKnown = true;
      try {
        await resource.selectLayer(this.#wish);
      } catch (error) {
        this.#isKnown = false;
        if (resource === this.#resource()) throw error;
      }
    }
  }
}

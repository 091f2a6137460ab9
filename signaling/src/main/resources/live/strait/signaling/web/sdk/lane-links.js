/** What a person can do before anybody is there to hear it. */
const MAX_QUEUE = 200;

/** The links of one lane that are open now, and which of them a message takes. */
export class LaneLinks {
  #links = new Set();
  #queue = [];

  /** Whether some link is through to the node. */
  get isReady() {
    return this.ready().length > 0;
  }

  /** @returns {import('./lane-link.js').LaneLink[]} */
  ready() {
    return [...this.#links].filter((link) => link.isReady);
  }

  /** The channel while its connection stands, else the WebSocket: that order is the node's, too. */
  best() {
    const ready = this.ready();
    const usable = ready.filter((link) => link.isUsable);
    // A channel whose path is being repaired keeps what it is given.
    return usable.find((link) => link.kind === 'data-channel') ?? usable[0] ?? ready[0];
  }

  /** Sends what must arrive; kept until there is a link. @param {object} message */
  tell(message) {
    const link = this.best();
    if (link) link.sendSurely(message);
    else if (this.#queue.length < MAX_QUEUE) this.#queue.push(message);
  }

  /** Sends by every link at once. @param {object} message */
  tellAll(message) {
    for (const link of this.ready()) link.send(message);
  }

  /** Sends one copy ahead of everything, where a link has such a way. @param {object} message */
  tellFast(message) {
    for (const link of this.ready()) link.sendFast(message);
  }

  /** A link is open; it carries nothing until it is ready. @param {import('./lane-link.js').LaneLink} link */
  add(link) {
    this.#links.add(link);
  }

  /** What was kept goes out. */
  flush() {
    for (const message of this.#queue.splice(0)) this.tell(message);
  }

  /** What may have been lost with a link goes by another. @param {import('./lane-link.js').LaneLink} link */
  remove(link) {
    if (!this.#links.delete(link)) return;
    link.isReady = false;
    for (const message of link.unconfirmed()) this.tell(message);
  }

  clear() {
    for (const link of [...this.#links]) this.remove(link);
  }
}

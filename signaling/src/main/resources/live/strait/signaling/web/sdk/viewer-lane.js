import { randomId } from './device.js';
import { Lane } from './lane.js';
import { LaneItem } from './lane-item.js';
import { localNow } from './node-clock.js';
import { race } from './race.js';

/** A wish to cut in now is none after a minute; the node thinks so, too. */
const INTERRUPT_EXPIRES_MS = 60_000;

/** No answer to a question within this, at first: something is wrong with the link. */
const INSIST_AFTER_MS = 1500;

/** Items that are over are kept for the page to show, as many as anybody looks at. */
const KEPT = 50;

/**
 * The lane of somebody who watches: asks, cuts in, reacts.
 *
 * Every question and interrupt is kept here until its terminal state and sent again, under the same id, on each new link;
 * the node knows it again. It also outlives a reload of the page in the same tab.
 *
 * Events beyond those of {@link Lane}: `ack` (`detail`: the {@link LaneItem} whose state has changed), `stage-invite`,
 * `stage-leave`.
 */
export class ViewerLane extends Lane {
  /** One's own, oldest first. @type {Map<string, LaneItem>} */
  items = new Map();

  #storageKey;

  /** @param {import('./lane.js').LaneOptions} options */
  constructor(options) {
    super('viewer', options);
    this.#storageKey = `strait.items ${options.url}`;
    this.#restore();
  }

  /** The interrupt that is not over yet, if there is one. @returns {LaneItem | null} */
  get openInterrupt() {
    return [...this.items.values()].find((item) => item.kind === 'interrupt' && !item.isOver) ?? null;
  }

  /** Asks the host. @param {string} text of at most 280 characters @returns {LaneItem} */
  ask(text) {
    const item = this.#add('question', text);
    if (this.isReady) this.tell(this.#message(item)); // Else by onReady().
    this.#insist(item, INSIST_AFTER_MS);
    return item;
  }

  /**
   * Asks to cut in now. There is one at a time: while it is open, it is returned again.
   *
   * @param {string} [text] of at most 140 characters
   * @returns {LaneItem}
   */
  interrupt(text = '') {
    if (this.openInterrupt) return this.openInterrupt;
    const item = this.#add('interrupt', text);
    this.#race(item);
    setTimeout(() => item.state === 'sent' && this.#take(item, { state: 'expired' }), INTERRUPT_EXPIRES_MS);
    return item;
  }

  /** A product card was clicked. @param {string} product its id */
  clickProduct(product) {
    this.tell({ type: 'product-click', product });
  }

  /** @param {string} invite @param {boolean} camera */
  acceptStage(invite, camera) {
    this.tell({ type: 'stage-accept', invite, camera });
  }

  onReady(link, { mine }) {
    for (const ack of mine ?? []) this.#onAck(ack);
    for (const item of this.items.values()) if (!item.isOver) link.send(this.#message(item));
  }

  onMessage(message) {
    if (message.type === 'ack') return this.#onAck(message);
    const item = message.type === 'error' && this.items.get(message.id);
    if (item) this.#take(item, { state: 'refused', text: message.reason, cause: message.code }); // As it is, it would be refused again.
    super.onMessage(message);
  }

  /** A channel whose node has died looks alive for seconds: who gets no answer by the best link asks by all. */
  #insist(item, waitMs) {
    setTimeout(() => {
      if (item.state !== 'sent') return;
      this.tellAll(this.#message(item));
      this.#insist(item, 2 * waitMs);
    }, waitMs);
  }

  #race(item) {
    race({
      surely: () => this.tellAll(this.#message(item)),
      fast: () => this.tellFast(this.#message(item)),
      isDone: () => item.state !== 'sent',
    });
  }

  #add(kind, text) {
    const item = new LaneItem({ id: randomId(), kind, text, atLocalMs: localNow() });
    this.items.set(item.id, item);
    this.#keep();
    return item;
  }

  #message({ id, kind, text, atLocalMs }) {
    return { type: kind, id, text: text || undefined, atMs: this.clock.toNode(atLocalMs) };
  }

  #onAck(ack) {
    let item = this.items.get(ack.id);
    if (!item) {
      // Asked by this person elsewhere, or before this page could keep it.
      item = new LaneItem({ id: ack.id, kind: ack.kind, text: '', atLocalMs: localNow() });
      this.items.set(ack.id, item);
    }
    this.#take(item, ack);
  }

  #take(item, ack) {
    if (!item.take(ack)) return;
    this.#keep();
    this.emit('ack', item);
  }

  #keep() {
    for (const [id, item] of this.items) if (this.items.size > KEPT && item.isOver) this.items.delete(id);
    const kept = [...this.items.values()].map(({ id, kind, text, atLocalMs, state, answer, cause }) =>
      ({ id, kind, text, atLocalMs, state, answer, cause }));
    try {
      sessionStorage.setItem(this.#storageKey, JSON.stringify(kept));
    } catch {
      // Storage is off or full: kept as long as the page.
    }
  }

  #restore() {
    try {
      for (const kept of JSON.parse(sessionStorage.getItem(this.#storageKey) ?? '[]')) {
        const item = Object.assign(new LaneItem(kept), { state: kept.state, answer: kept.answer, cause: kept.cause });
        const isStale = item.kind === 'interrupt' && localNow() - item.atLocalMs > INTERRUPT_EXPIRES_MS;
        if (!isStale || item.isOver) this.items.set(item.id, item);
      }
    } catch {
      // Nothing that could be read was kept.
    }
  }
}

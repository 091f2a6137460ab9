import { localNow } from './node-clock.js';

/**
 * One way to the node, from its opening to its end: a WebSocket, or the two data channels of a session.
 *
 * A link can end with messages still on their way. As it delivers in order, the answer to a `clock` says that all that
 * was sent before it has arrived; what was not said to be there is given back at the end ({@link LaneLink#unconfirmed}).
 * One such question is on its way at most, so that a page that says much does not double it.
 */
export class LaneLink {
  /** True from the node's `ready`. */
  isReady = false;
  /** The code of the last error that the node has told by it: the reason, when it closes it. */
  lastError = '';

  #pending = [];
  #askedMs = null;
  #askedFor = 0;
  #transmit;
  #transmitFast;
  #isHealthy;

  /**
   * @param {'data-channel' | 'websocket'} kind
   * @param {object} transport
   * @param {(text: string) => void} transport.transmit in order, and without loss while the link lives
   * @param {((text: string) => void) | null} [transport.transmitFast] at once or never; null where there is no such way
   * @param {() => boolean} [transport.isHealthy] false while it is open but known to be interrupted
   */
  constructor(kind, { transmit, transmitFast = null, isHealthy = () => true }) {
    this.kind = kind;
    this.#transmit = transmit;
    this.#transmitFast = transmitFast;
    this.#isHealthy = isHealthy;
  }

  get isUsable() {
    return this.isReady && this.#isHealthy();
  }

  get hasFast() {
    return this.#transmitFast !== null;
  }

  /** @param {object} message */
  send(message) {
    this.#transmit(JSON.stringify(message));
  }

  /** Where there is a fast way: by it, and only by it. @param {object} message */
  sendFast(message) {
    this.#transmitFast?.(JSON.stringify(message));
  }

  /** Sends what must arrive, and sees to its being confirmed. @param {object} message */
  sendSurely(message) {
    this.#pending.push(message);
    this.send(message);
    this.#confirm();
  }

  /** The answer to a `clock` of ours is here. */
  onClock({ t0Ms }) {
    if (t0Ms !== this.#askedMs) return;
    this.#pending.splice(0, this.#askedFor);
    this.#askedMs = null;
    this.#confirm();
  }

  /** What may have been lost with this link, oldest first. */
  unconfirmed() {
    return [...this.#pending];
  }

  #confirm() {
    if (this.#askedMs !== null || this.#pending.length === 0) return;
    this.#askedMs = localNow();
    this.#askedFor = this.#pending.length;
    this.send({ type: 'clock', t0Ms: this.#askedMs });
  }
}

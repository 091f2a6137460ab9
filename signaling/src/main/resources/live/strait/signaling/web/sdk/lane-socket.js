import { Backoff, RETURN_WAIT_MS } from './backoff.js';
import { LaneLink } from './lane-link.js';

/** A server that never opened a lane may have none. */
const MAX_WAIT_UNKNOWN_MS = 15_000;

/** An attempt that hangs longer met an outage; TCP alone would try again only after many seconds. */
const CONNECT_TIMEOUT_MS = 4000;

/** The node answers our clock every 10 s: a socket this quiet hangs on a network that is gone. */
const QUIET_MS = 14_000;

/** The lane's WebSocket, opened again whenever it ends. */
export class LaneSocket {
  #url;
  #owner;
  #socket = null;
  #timer = 0;
  #closed = false;
  #backoff = new Backoff(250, MAX_WAIT_UNKNOWN_MS);

  /**
   * @param {string} url
   * @param {{onLink(link: LaneLink): void, onText(link: LaneLink, text: string): void, onLost(link: LaneLink): void,
   *     onRefused(code: string): boolean}} owner `onRefused` says whether to try again
   */
  constructor(url, owner) {
    this.#url = url;
    this.#owner = owner;
    this.#connect();
  }

  /** Tries again now instead of later. */
  nudge() {
    if (this.#socket || this.#closed) return;
    clearTimeout(this.#timer);
    this.#connect();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close(1000);
  }

  #connect() {
    const socket = new WebSocket(this.#url, 'strait.lane.1');
    this.#socket = socket;
    const link = new LaneLink('websocket', { transmit: (text) => socket.readyState === WebSocket.OPEN && socket.send(text) });
    let over = false;
    const end = (code) => {
      if (over) return;
      over = true;
      socket.close();
      this.#socket = null;
      clearTimeout(this.#timer);
      this.#owner.onLost(link);
      if (this.#closed || (code && !this.#owner.onRefused(code))) return;
      this.#timer = setTimeout(() => this.#connect(), this.#backoff.nextMs());
    };
    this.#watch(CONNECT_TIMEOUT_MS, end);
    socket.onopen = () => {
      this.#backoff.maxMs = RETURN_WAIT_MS;
      this.#backoff.reset();
      this.#watch(QUIET_MS, end);
      this.#owner.onLink(link);
    };
    socket.onmessage = ({ data }) => {
      if (over || this.#closed) return;
      this.#watch(QUIET_MS, end);
      this.#owner.onText(link, data);
    };
    // 1008: refused, with the lane's code as the reason; any other end is one of the network or of the node.
    socket.onclose = ({ code, reason }) => end(code === 1008 ? reason : '');
  }

  #watch(ms, end) {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => end(''), ms);
  }
}

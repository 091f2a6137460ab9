/** The node's end of every WebSocket that the page opens while this stands in for `WebSocket`. */
export class FakeLane {
  /** What has come, over all sockets: `{socket, message}`. */
  received = [];
  sockets = [];

  /** False: connections are refused. */
  isUp = true;

  #real = globalThis.WebSocket;

  constructor() {
    const lane = this;
    globalThis.WebSocket = class FakeSocket extends EventTarget {
      static OPEN = 1;
      readyState = 0;
      onopen = () => {};
      onmessage = () => {};
      onclose = () => {};

      constructor(url, protocol) {
        super();
        Object.assign(this, { url, protocol });
        lane.sockets.push(this);
        setTimeout(() => (lane.isUp ? this.#open() : this.drop()));
      }

      #open() {
        if (this.readyState !== 0) return;
        this.readyState = 1;
        this.onopen();
      }

      send(text) {
        const message = JSON.parse(text);
        lane.received.push({ socket: this, message });
        if (message.type === 'clock') this.tell({ type: 'clock', t0Ms: message.t0Ms, t1Ms: message.t0Ms + 5000, t2Ms: message.t0Ms + 5000 });
      }

      close() {
        this.drop();
      }

      /** To the page. */
      tell(message) {
        setTimeout(() => this.readyState === 1 && this.onmessage({ data: JSON.stringify(message) }));
      }

      /** Ends it from the node's side. */
      drop(code = 1006, reason = '') {
        if (this.readyState === 3) return;
        this.readyState = 3;
        setTimeout(() => this.onclose({ code, reason }));
      }
    };
  }

  restore() {
    globalThis.WebSocket = this.#real;
  }

  get socket() {
    return this.sockets.at(-1);
  }

  /** Messages of a type, of all sockets or of one. */
  of(type, socket = null) {
    return this.received.filter((r) => r.message.type === type && (!socket || r.socket === socket)).map((r) => r.message);
  }

  /** Answers the newest socket's hello. */
  ready(more = {}) {
    const room = { version: 7, viewers: 3, pins: [], stage: [], rules: {} };
    this.socket.tell({ type: 'ready', v: 1, viewer: 'anna', role: 'viewer', nowMs: 0, room, mine: [], ...more });
  }
}

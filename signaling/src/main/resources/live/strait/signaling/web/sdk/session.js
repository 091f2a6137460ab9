import { Backoff } from './backoff.js';
import { Link } from './link.js';
import { onNetworkChange } from './network.js';
import { Refusal } from './resource.js';
import { RoomFeed } from './room-feed.js';

/** How often the browser's statistics are read; a second is what people can follow and what rates need. */
const SAMPLE_INTERVAL_MS = 1000;

/**
 * @typedef {'connecting' | 'live' | 'reconnecting' | 'ended' | 'failed'} SessionState
 *
 * - `connecting`: the first link is being made
 * - `live`: media can flow (a viewer is live in a waiting room, too: the link is up)
 * - `reconnecting`: it was live and will be again
 * - `ended`: closed here, or the room has ended
 * - `failed`: the server has refused for good; `error` says why
 */

/**
 * @typedef {object} SessionOptions
 * @property {string} [room] name of the room; or else
 * @property {string | URL} [url] of the WHIP or WHEP endpoint
 * @property {string | URL} [server] origin of the relay for `room`; the page's own by default
 * @property {string | null} [token] sent as `Authorization: Bearer`
 * @property {RTCIceServer[]} [iceServers] beyond those that the server names
 * @property {boolean} [lane] false for media alone; with `url` in place of `room` there is no lane
 * @property {boolean} [status] false where the room's status is not of interest
 * @property {string} [name] that others see in the room
 * @property {string} [language] of what is said; the browser's by default
 */

/**
 * What a publisher and a viewer have in common: a link that is replaced when it is lost, the room's status, and
 * statistics once a second.
 *
 * Events: `state` (`detail: {state, reason, error}`), `room` (`detail:` {@link RoomStatus}), `stats` (`detail`: what
 * `stats()` gives).
 */
export class Session extends EventTarget {
  /** @type {SessionState} */
  #state = 'connecting';
  #room = null;
  #link = null;
  #feed = null;
  #run = null;
  #backoff = new Backoff();
  #wake = () => {};
  #sampler = 0;
  #listeners = new AbortController();

  /**
   * @param {'whip' | 'whep'} protocol
   * @param {new (options: import('./lane.js').LaneOptions) => import('./lane.js').Lane} LaneOfRole
   * @param {SessionOptions} options
   */
  constructor(protocol, LaneOfRole, { room, url, server, token = null, iceServers = [], lane = true, status = true, name, language }) {
    super();
    if (!room && !url) throw new TypeError('Either room or url is needed.');
    const base = new URL(server ?? '/', document.baseURI);
    /** Where the offer goes. */
    this.endpoint = url ? new URL(url, document.baseURI).href : new URL(`/${protocol}/${encodeURIComponent(room)}`, base).href;
    this.token = token;
    this.iceServers = iceServers;
    this.followsStatus = status;
    /** What is said in the room, or null. */
    this.lane = null;
    if (room && lane) {
      const address = new URL(`/rooms/${encodeURIComponent(room)}/lane`, base);
      address.protocol = address.protocol.replace('http', 'ws');
      this.lane = new LaneOfRole({ url: address.href, token, name, language: language ?? navigator.language });
    }
    /** The problem that ended the session in `failed`. @type {Error | null} */
    this.error = null;
  }

  /** @returns {SessionState} */
  get state() {
    return this.#state;
  }

  /** The last known status of the room, or null. @returns {import('./room-feed.js').RoomStatus | null} */
  get room() {
    return this.#room;
  }

  /** The link of the moment, or null. For subclasses and the curious. @returns {Link | null} */
  get link() {
    return this.#link;
  }

  /** The peer connection of the moment, or null. @returns {RTCPeerConnection | null} */
  get peerConnection() {
    return this.#link?.pc ?? null;
  }

  /** Ends the session for good. */
  close() {
    this.#listeners.abort();
    this.#feed?.close();
    this.#halt('ended', 'closed here');
    this.lane?.halt();
  }

  // --- for subclasses ---

  /** Adds what is to be sent or received to a fresh peer connection. @param {RTCPeerConnection} _pc @returns {void | Promise<void>} */
  prepare(_pc) {}

  /** The last word on our offer. @param {string} sdp */
  localSdp(sdp) {
    return sdp;
  }

  /** The last word on the server's answer. @param {string} sdp */
  remoteSdp(sdp) {
    return sdp;
  }

  /** A link has its session on the server. */
  onOpened() {}

  /** Statistics, or null while there is no link. @returns {Promise<object | null>} */
  async stats() {
    return null;
  }

  /** The room's status has come. Returns true when it means the end of this session. */
  endsWith(_status, _before) {
    return false;
  }

  /** Begins; called once by the factory functions, after the caller had the chance to add listeners. */
  start() {
    const { signal } = this.#listeners;
    if (signal.aborted) return;
    this.lane?.addEventListener('back', () => this.#onServerBack(), { signal });
    const events = this.endpoint.match(/^(.*)\/(?:whip|whep)\/([^/?#]+)\/?$/);
    if (events && this.followsStatus) {
      const url = `${events[1]}/rooms/${events[2]}/events`;
      this.#feed = new RoomFeed(url, this.token, (status) => this.#onRoom(status), () => this.#onServerBack());
    }
    window.addEventListener('pagehide', () => this.#leavePage(), { signal });
    window.addEventListener('pageshow', (event) => event.persisted && this.#begin('reconnecting'), { signal });
    onNetworkChange(() => this.#nudge(), signal);
    this.#begin('connecting');
  }

  // --- the life of links ---

  #begin(state) {
    if (this.#run) return;
    const run = new AbortController();
    this.#run = run;
    this.#setState(state, 'started');
    this.lane?.open();
    this.#backoff.reset();
    this.#keepLinked(run.signal);
    this.#sampler = setInterval(() => this.#sample(), SAMPLE_INTERVAL_MS);
  }

  #halt(state, reason, error = null) {
    this.#run?.abort();
    this.#run = null;
    clearInterval(this.#sampler);
    this.#wake();
    this.#link?.close();
    this.#link = null;
    this.error = error;
    this.#setState(state, reason);
  }

  /** The browser may keep the page and bring it back: `pageshow`. */
  #leavePage() {
    this.#halt('reconnecting', 'the page is hidden');
    this.lane?.halt();
  }

  async #keepLinked(signal) {
    while (!signal.aborted) {
      let waitMs = null;
      let reason;
      const link = this.#newLink();
      this.#link = link;
      try {
        await link.open();
        if (signal.aborted) break;
        this.onOpened();
        reason = await link.lost;
      } catch (error) {
        if (signal.aborted) break;
        if (error instanceof Refusal && error.isFinal) return this.#halt('failed', error.message, error);
        reason = error.message;
        waitMs = error.retryAfterMs;
      }
      if (signal.aborted) break;
      link.close();
      this.#setState(this.#state === 'connecting' ? 'connecting' : 'reconnecting', reason);
      await this.#pause(waitMs ?? this.#backoff.nextMs());
    }
  }

  #newLink() {
    let leaveLane;
    const link = new Link({
      endpoint: this.endpoint,
      token: this.token,
      iceServers: this.iceServers,
      media: {
        prepare: (pc) => {
          leaveLane = this.lane?.attach(pc);
          return this.prepare(pc);
        },
        localSdp: (sdp) => this.localSdp(sdp),
        remoteSdp: (sdp) => this.remoteSdp(sdp),
      },
      onConnected: () => {
        this.#backoff.reset();
        this.#setState('live', 'connected');
      },
      onInterrupted: () => this.#state === 'live' && this.#setState('reconnecting', 'the connection is interrupted'),
    });
    link.lost.then(() => leaveLane?.());
    return link;
  }

  #pause(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #nudge() {
    this.#feed?.nudge();
    this.lane?.nudge();
    this.#wake();
    this.#link?.nudge();
  }

  /** The feed or the lane had lost the server and has found it again, by which it may have forgotten everything. */
  #onServerBack() {
    this.#backoff.reset();
    this.#wake();
    this.#link?.verify();
  }

  #onRoom(status) {
    const before = this.#room;
    this.#room = status;
    this.dispatchEvent(new CustomEvent('room', { detail: status }));
    if (this.#state === 'failed') return;
    if (this.endsWith(status, before)) this.#halt('ended', 'the room has ended');
    else if (this.#state === 'ended' && status.phase !== 'ended' && !this.#listeners.signal.aborted) this.#begin('connecting');
  }

  async #sample() {
    const stats = await this.stats();
    if (stats) this.dispatchEvent(new CustomEvent('stats', { detail: stats }));
  }

  #setState(state, reason) {
    if (state === this.#state && reason !== 'started') return;
    this.#state = state;
    this.dispatchEvent(new CustomEvent('state', { detail: { state, reason, error: this.error } }));
  }
}

import { deviceOf, randomId, rememberDevice } from './device.js';
import { openLaneChannels } from './lane-channels.js';
import { LaneLinks } from './lane-links.js';
import { LaneSocket } from './lane-socket.js';
import { localNow, NodeClock } from './node-clock.js';
import { RoomState } from './room-state.js';

/** A burst at the start finds a quiet moment of the network, one each 10 s follows the drift of the clocks. */
const FIRST_CLOCKS_MS = [0, 60, 150, 400, 1000, 3000];
const CLOCK_INTERVAL_MS = 10_000;

/** Refusals that asking again does not change; an ended room is opened again by its session when it goes on. */
const isFinal = (code) => ['version', 'banned', 'room-ended'].includes(code) || code.startsWith('token-');

/**
 * @typedef {object} LaneOptions
 * @property {string} url of the WebSocket
 * @property {string | null} token
 * @property {string} [name] that others see
 * @property {string} [language] of the texts that are sent; the browser's by default
 */

/**
 * What people say in a room rather than show: one participant of it, over a WebSocket and over the data channels of as many
 * sessions as it is attached to, at the same time. The messages are those of `docs/lane.md`.
 *
 * Nothing is lost around readiness: what is sent before the node's `ready`, or on a link that dies, goes out on the next one.
 *
 * Events, each with the message as its `detail`: `ready`, `room` (all of {@link Lane#room}), `comments`, `reactions`,
 * `notice`, `error`, `state` (`{isReady}`), and `back`: a WebSocket has replaced one that was lost, perhaps to a node that
 * was started anew.
 */
export class Lane extends EventTarget {
  clock = new NodeClock();

  #options;
  #role;
  #client = randomId();
  #state = new RoomState();
  #links = new LaneLinks();
  #socket = null;
  #clockTimer = 0;
  #wasReady = false;
  #hadSocket = false;

  /** @param {'viewer' | 'host' | 'monitor'} role as a wish @param {LaneOptions} options */
  constructor(role, options) {
    super();
    this.#role = role;
    this.#options = { language: navigator.language, ...options };
    this.server = new URL(options.url).origin;
    /** The public name that the node has given to this participant, and what it may do. */
    this.self = { viewer: null, role: null };
  }

  /** @returns {import('./room-state.js').LaneRoom} */
  get room() {
    return this.#state.now;
  }

  /** Whether some link is through to the node now. */
  get isReady() {
    return this.#links.isReady;
  }

  /** The time on the node's clock, in milliseconds since 1970. */
  nodeNow() {
    return this.clock.now();
  }

  /** @param {'heart' | 'laugh' | 'wow' | 'clap' | 'fire'} kind */
  react(kind) {
    this.#links.best()?.send({ type: 'reaction', kind });
  }

  /** Ends one's own part on the stage, or as a host somebody's. @param {string} [viewer] */
  leaveStage(viewer) {
    this.tell({ type: 'stage-leave', viewer });
  }

  // --- for sessions ---

  /** Opens the WebSocket, and keeps it open. */
  open() {
    this.#socket ??= new LaneSocket(this.#options.url, this.#owner());
    this.#clockTimer ||= setInterval(() => this.#askClock(), CLOCK_INTERVAL_MS);
  }

  /** Until opened again. What was not yet confirmed is kept. */
  halt() {
    this.#socket?.close();
    this.#socket = null;
    clearInterval(this.#clockTimer);
    this.#clockTimer = 0;
    this.#links.clear();
    this.#tellState();
  }

  /** The network has changed. */
  nudge() {
    this.#socket?.nudge();
  }

  /**
   * Joins a peer connection that has not offered yet.
   *
   * @param {RTCPeerConnection} pc
   * @returns {() => void} to be called when it is given up
   */
  attach(pc) {
    return openLaneChannels(pc, this.#owner());
  }

  // --- for subclasses ---

  /** Sends what must arrive, by the best link; kept until there is one. */
  tell(message) {
    this.#links.tell(message);
  }

  /** Sends by every link at once. */
  tellAll(message) {
    this.#links.tellAll(message);
  }

  /** Sends one copy ahead of everything, where a link has such a way. */
  tellFast(message) {
    this.#links.tellFast(message);
  }

  readyLinks() {
    return this.#links.ready();
  }

  /** A link has become ready. @param {import('./lane-link.js').LaneLink} _link @param {object} _ready @param {boolean} _isFirst no other link is ready */
  onReady(_link, _ready, _isFirst) {}

  /** A message has come that is not the lane's own business. Does nothing with types that it does not know. */
  onMessage(message) {
    this.emit(message.type, message);
  }

  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  // --- links ---

  #owner() {
    return {
      onLink: (link) => {
        this.#links.add(link);
        this.#hello(link);
      },
      onText: (link, text) => this.#onText(link, text),
      onLost: (link) => {
        this.#links.remove(link);
        this.#tellState();
      },
      onRefused: (code) => {
        if (isFinal(code)) this.#socket = null;
        return !isFinal(code);
      },
      mayReturn: (link) => !isFinal(link.lastError),
    };
  }

  #hello(link) {
    const { token, name, language } = this.#options;
    const device = deviceOf(this.server);
    const mayNeedToken = link.kind === 'websocket' ? (token ?? undefined) : undefined;
    link.send({ type: 'hello', v: 1, client: this.#client, token: mayNeedToken, device, role: this.#role, name, language });
  }

  #onText(link, text) {
    const message = JSON.parse(text);
    switch (message.type) {
      case 'ready':
        return this.#onReady(link, message);
      case 'clock':
        link.onClock(message);
        return this.clock.push(message);
      case 'room':
        return this.#onRoom(link, message);
      case 'error':
        link.lastError = message.code;
        return this.onMessage(message);
      default:
        return this.onMessage(message);
    }
  }

  #onReady(link, ready) {
    const isFirst = !this.isReady;
    const isNew = !link.isReady;
    link.isReady = true;
    this.self = { viewer: ready.viewer, role: ready.role };
    if (ready.device) rememberDevice(this.server, ready.device);
    if (this.clock.rttMs === null) this.clock.set(ready.nowMs);
    this.#state.replace(ready.room);
    if (isNew) {
      for (const ms of FIRST_CLOCKS_MS) setTimeout(() => this.#askClock(link), ms);
      this.#links.flush();
    }
    const isBack = isNew && link.kind === 'websocket' && this.#hadSocket;
    this.#hadSocket ||= link.kind === 'websocket';
    this.onReady(link, ready, isFirst);
    this.emit('ready', ready);
    this.emit('room', this.room);
    this.#tellState();
    if (isBack) this.emit('back', ready);
  }

  #onRoom(link, change) {
    const outcome = this.#state.apply(change);
    if (outcome === 'changed') this.emit('room', this.room);
    else if (outcome === 'gap') this.#hello(link);
  }

  #askClock(only = null) {
    for (const link of only ? [only] : this.readyLinks()) {
      if (!link.isReady) continue;
      const clock = { type: 'clock', t0Ms: localNow() };
      // A resend in order would be measured as a long way; lost copies do not matter here.
      if (link.hasFast) link.sendFast(clock);
      else link.send(clock);
    }
  }

  #tellState() {
    if (this.isReady === this.#wasReady) return;
    this.#wasReady = this.isReady;
    this.emit('state', { isReady: this.isReady });
  }
}

import { FreezeMeter } from './freezes.js';
import { LayerWish } from './layer-wish.js';
import { Places } from './places.js';
import { withStereoOpus } from './sdp.js';
import { Session } from './session.js';
import { Stage } from './stage.js';
import { RateWindow, receiving } from './stats.js';
import { ViewerLane } from './viewer-lane.js';

/** Guests that a stage has at most, unless the room says fewer. */
const MAX_GUESTS = 3;

/**
 * @typedef {import('./session.js').SessionOptions & {
 *   video?: HTMLVideoElement,
 *   stereo?: boolean,
 *   jitterBufferTargetMs?: number,
 *   guests?: number,
 * }} WatchOptions
 *
 * - `video`: element to play in; without one, take `viewer.stream`
 * - `stereo`: decode two channels where the host sends them
 * - `jitterBufferTargetMs`: least delay that the browser keeps as a cushion; 0 lets it follow the network alone
 * - `guests`: people on stage beside the host that there is room for; three with `room`, none with `url`
 *
 * @typedef {{viewer: string, name?: string, place: number, live: boolean, isOwn: boolean, stream: MediaStream}} Guest
 *     somebody on stage beside the host; `stream` is one's own for oneself
 */

/**
 * Watches one room. Made by {@link watch}.
 *
 * The streams stay the same objects over reconnections; only their tracks are replaced. Besides the events of
 * {@link Session} there are `picture`, once, with the first frame shown (`detail: {afterMs}`), and `guests` (`detail`:
 * {@link Viewer#guests}) whenever somebody comes on stage or leaves it.
 */
export class Viewer extends Session {
  /** One's own way onto the stage; null without a lane. @type {Stage | null} */
  stage = null;

  #places;
  #video;
  #stereo;
  #jitterBufferTargetMs;
  #wish = new LayerWish(() => this.link?.resource);
  #freezes = new FreezeMeter();
  #rates = new RateWindow();
  #ratesOf = null;
  #bornMs = performance.now();

  /**
   * @param {WatchOptions} options
   * @param {typeof ViewerLane | typeof import('./host-lane.js').HostLane} LaneOfRole of a host for a {@link Desk}, which
   *     is spared its own picture
   */
  constructor({ video, stereo = false, jitterBufferTargetMs = 0, guests, ...session }, LaneOfRole = ViewerLane) {
    super('whep', LaneOfRole, session);
    const watches = LaneOfRole === ViewerLane;
    this.#places = new Places(guests ?? (session.room ? MAX_GUESTS : 0), watches);
    this.lane?.addEventListener('room', () => this.#tellGuests());
    if (this.lane && watches) {
      const { room, server } = session;
      this.stage = new Stage({ room, server, iceServers: this.iceServers }, this.lane);
      this.stage.addEventListener('state', () => this.#tellGuests());
    }
    this.#video = video ?? null;
    this.#stereo = stereo;
    this.#jitterBufferTargetMs = jitterBufferTargetMs;
    if (video) {
      video.playsInline = true;
      afterLoad(() => {
        video.srcObject = this.stream;
        video.play().catch(() => {}); // Refused with sound on before a gesture: the page's to resolve.
      });
      this.#countFrames(video);
    }
  }

  /** The host's picture and sound, for the lifetime of the viewer. @returns {MediaStream} */
  get stream() {
    return this.#places.streams[0];
  }

  /** Who is on stage beside the host, by place. @returns {Guest[]} */
  get guests() {
    const { streams } = this.#places;
    return (this.lane?.room.stage ?? [])
      .filter(({ place }) => place > 0 && place < streams.length)
      .map((guest) => {
        const isOwn = guest.place === this.stage?.place;
        return { ...guest, isOwn, stream: (isOwn && this.stage.stream) || streams[guest.place] };
      })
      .sort((a, b) => a.place - b.place);
  }

  /** The layer asked for, or null for the best that the network carries. @returns {string | null} */
  get selected() {
    return this.#wish.now.encodingId;
  }

  /** @returns {boolean} */
  get isVideoPaused() {
    return this.#wish.now.videoPaused;
  }

  /**
   * Asks for a layer by its rid, as in the room's `layers`; null leaves the choice to the relay.
   *
   * @param {string | null} rid
   * @returns {Promise<void>} when the relay knows
   */
  select(rid) {
    return this.#wish.tell({ encodingId: rid });
  }

  /**
   * Stops or resumes video on its way to us; sound goes on.
   *
   * @param {boolean} paused
   * @returns {Promise<void>} when the relay knows
   */
  pauseVideo(paused) {
    if (paused) this.#freezes.suspend();
    return this.#wish.tell({ videoPaused: paused });
  }

  /** Rates over the last two seconds, totals of the link, and frozen time since the first picture. */
  async stats() {
    const pc = this.peerConnection;
    if (!pc || pc.connectionState === 'closed') return null;
    const report = await pc.getStats();
    if (pc !== this.#ratesOf) this.#rates.clear();
    this.#ratesOf = pc;
    this.#rates.push(report, performance.now());
    if (!this.#owesPicture()) this.#freezes.suspend();
    return { ...receiving(report, this.#rates, this.#places.trackIds(0)), frozen: this.#freezes.snapshot(performance.now()) };
  }

  prepare(pc) {
    this.#places.offer(pc, (place, receiver) => {
      keepLow(receiver, this.#jitterBufferTargetMs);
      if (place > 0) this.#tellGuests();
      else if (this.#video?.srcObject) this.#video.play().catch(() => {});
    });
  }

  localSdp(sdp) {
    return this.#stereo ? withStereoOpus(sdp) : sdp;
  }

  onOpened() {
    this.#wish.onOpened();
  }

  endsWith(status) {
    if (status.phase !== 'live') this.#freezes.suspend();
    return status.phase === 'ended';
  }

  close() {
    this.stage?.leave();
    super.close();
  }

  #tellGuests() {
    this.dispatchEvent(new CustomEvent('guests', { detail: this.guests }));
  }

  #owesPicture() {
    const onAir = this.room === null || this.room.phase === 'live';
    return onAir && !document.hidden && !this.isVideoPaused && !this.#video?.paused;
  }

  #countFrames(video) {
    if (!('requestVideoFrameCallback' in video)) return;
    const onFrame = (_now, frame) => {
      const isFirst = !this.#freezes.hasPicture;
      if (!this.#owesPicture()) this.#freezes.suspend();
      this.#freezes.onFrame(frame.presentationTime, frame.presentedFrames);
      if (isFirst) {
        const afterMs = performance.now() - this.#bornMs;
        this.dispatchEvent(new CustomEvent('picture', { detail: { afterMs } }));
      }
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
  }
}

/** Until its first picture an element holds up the `load` event: in a waiting room the page would never be there. */
function afterLoad(act) {
  if (document.readyState === 'complete') act();
  else window.addEventListener('load', act, { once: true });
}

/** `jitterBufferTarget` is the standard's name and in milliseconds, `playoutDelayHint` Chromium's older one in seconds. */
function keepLow(receiver, targetMs) {
  if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = targetMs;
  else if ('playoutDelayHint' in receiver) receiver.playoutDelayHint = targetMs / 1000;
}

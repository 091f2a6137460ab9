import { Publisher } from './publisher.js';

/** Voices first: a guest's picture is small on everybody's page. */
const GUEST_VIDEO = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 24 } };
const GUEST_LAYERS = [{ rid: '', scaleDownBy: 1, maxBitrateBps: 400_000 }];

/**
 * @typedef {'off' | 'invited' | 'joining' | 'live'} StageState
 *
 * - `off`: in the audience
 * - `invited`: the host says come; {@link Stage#join} or {@link Stage#decline}
 * - `joining`: the microphone is being opened, and the link made
 * - `live`: heard by all
 */

/**
 * A viewer's own way onto the stage and back: a WHIP session of its own beside the one that watches, with the token that
 * came with the invitation.
 *
 * Event: `state` (`detail: {state, reason, error}`).
 */
export class Stage extends EventTarget {
  /** @type {StageState} */
  state = 'off';

  /** One's own place while there is one, else null. @type {number | null} */
  place = null;

  /** What one sends, to look at oneself. @type {MediaStream | null} */
  stream = null;

  #room;
  #lane;
  #invitation = null;
  /** Each is told several times, also after the answer to it has left. */
  #known = new Set();
  #publisher = null;
  /** Lets go of the devices. */
  #release = () => {};

  /** @param {{room: string, server?: string | URL, iceServers: RTCIceServer[]}} room @param {import('./viewer-lane.js').ViewerLane} lane */
  constructor(room, lane) {
    super();
    this.#room = room;
    this.#lane = lane;
    lane.addEventListener('stage-invite', ({ detail }) => this.#onInvite(detail));
    lane.addEventListener('stage-leave', ({ detail }) => this.#end(detail.reason));
  }

  /** The session that sends, or null. @returns {Publisher | null} */
  get publisher() {
    return this.#publisher;
  }

  /**
   * Comes on stage: opens the microphone (the browser may ask the user) and publishes.
   *
   * @param {{camera?: boolean, stream?: MediaStream, muted?: boolean}} [wish] `stream` in place of the devices;
   *     `muted` to begin silent
   */
  async join({ camera = false, stream, muted = false } = {}) {
    const invitation = this.#invitation;
    if (this.state !== 'invited' || !invitation) throw new Error('There is no invitation to the stage.');
    this.place = invitation.place;
    this.#set('joining', 'accepted');
    this.#lane.acceptStage(invitation.invite, camera);
    // The link comes up while the browser opens the devices, or asks for them.
    const linked = this.#connect(invitation.token);
    try {
      const own = stream ?? (await navigator.mediaDevices.getUserMedia({ audio: true, video: camera && GUEST_VIDEO }));
      const release = () => stream ?? own.getTracks().forEach((track) => track.stop());
      if (this.#invitation !== invitation) return release(); // Ended while the browser asked.
      this.#release = release;
      this.stream = own;
      this.mute(muted);
      await Promise.all([this.#publisher.replaceStream(own), linked]);
      if (this.#invitation === invitation) this.#set('live', 'connected');
    } catch (error) {
      if (this.#invitation !== invitation) return;
      this.#lane.leaveStage();
      this.#end('failed', error);
    }
  }

  /** @param {boolean} muted */
  mute(muted) {
    this.stream?.getAudioTracks().forEach((track) => (track.enabled = !muted));
  }

  /** Says no to an invitation. */
  decline() {
    this.leave();
  }

  /** Goes back to the audience. */
  leave() {
    if (this.state === 'off') return;
    this.#lane.leaveStage();
    this.#end('left');
  }

  /** Opens a session that sends nothing yet. @param {string} token @returns {Promise<void>} once media can flow */
  #connect(token) {
    const publisher = new Publisher({ ...this.#room, token, stream: new MediaStream(), layers: GUEST_LAYERS, lane: false, status: false });
    this.#publisher = publisher;
    return new Promise((resolve) => {
      publisher.addEventListener('state', ({ detail }) => {
        if (publisher !== this.#publisher) return;
        if (detail.state === 'live') resolve();
        if (detail.state === 'failed' || detail.state === 'ended') this.#end('lost', detail.error);
      });
      publisher.start();
    });
  }

  #onInvite(invitation) {
    if (this.#known.has(invitation.invite) || this.state === 'joining' || this.state === 'live') return;
    this.#known.add(invitation.invite);
    this.#invitation = invitation;
    this.#set('invited', 'host');
  }

  #end(reason, error = null) {
    const publisher = this.#publisher;
    this.#invitation = null;
    this.#publisher = null;
    publisher?.close();
    this.#release();
    this.#release = () => {};
    this.stream = null;
    this.place = null;
    if (this.state !== 'off') this.#set('off', reason, error);
  }

  #set(state, reason, error = null) {
    this.state = state;
    this.dispatchEvent(new CustomEvent('state', { detail: { state, reason, error } }));
  }
}

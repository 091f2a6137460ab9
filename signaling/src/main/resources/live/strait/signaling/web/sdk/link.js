import { Backoff } from './backoff.js';
import { Refusal, SessionResource } from './resource.js';
import { restartedAnswer, restartFragment } from './sdp.js';

/** A first connection that takes longer than this has met a dead address or a filter. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Browsers report `disconnected` after a few lost checks and often recover alone: this long they get for it. */
const DISCONNECT_GRACE_MS = 2000;

/** From asking for an ICE restart to a working path; then a new session is quicker. */
const RESTART_TIMEOUT_MS = 6000;

/**
 * One peer connection and its resource on the server, from the POST to the DELETE.
 *
 * A link mends itself by ICE restart as long as the server knows it. When that is over it says so once, by resolving
 * {@link Link#lost}; making the next link is the session's business.
 */
export class Link {
  #resource = null;
  #media;
  #closed = false;
  #restarting = false;
  #timer = 0;
  #lose;

  /**
   * @param {object} options
   * @param {string} options.endpoint of WHIP or WHEP
   * @param {string | null} options.token
   * @param {RTCIceServer[]} options.iceServers
   * @param {{prepare(pc: RTCPeerConnection): void | Promise<void>, localSdp(sdp: string): string, remoteSdp(sdp: string): string}} options.media
   *     what to send and receive
   * @param {() => void} options.onConnected each time media can flow, again after an outage
   * @param {() => void} options.onInterrupted each time it cannot
   */
  constructor({ endpoint, token, iceServers, media, onConnected, onInterrupted }) {
    this.endpoint = endpoint;
    this.token = token;
    this.#media = media;
    this.onConnected = onConnected;
    this.onInterrupted = onInterrupted;
    /** @type {Promise<string>} the reason why this link is beyond repair */
    this.lost = new Promise((resolve) => (this.#lose = resolve));
    this.pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle', iceServers });
    this.pc.addEventListener('connectionstatechange', () => this.#onConnectionState());
  }

  /** The session on the server, or null before the answer. @returns {SessionResource | null} */
  get resource() {
    return this.#resource;
  }

  /**
   * Offers and takes the answer. The offer leaves at once: an ICE-lite server has no use for our candidates, it learns
   * our address from the first check.
   */
  async open() {
    const { pc } = this;
    await this.#media.prepare(pc);
    const offer = await pc.createOffer();
    const sdp = this.#media.localSdp(offer.sdp);
    const [resource] = await Promise.all([this.#post(sdp), pc.setLocalDescription({ type: 'offer', sdp })]);
    if (this.#closed) return;
    // Used by a restart: the first try is made with the addresses at hand.
    if (resource.iceServers.length > 0) pc.setConfiguration({ ...pc.getConfiguration(), iceServers: resource.iceServers });
    await pc.setRemoteDescription({ type: 'answer', sdp: this.#media.remoteSdp(resource.answer) });
    this.#loseAfter(CONNECT_TIMEOUT_MS, 'no connection within 10 s');
    this.#watchDtls();
  }

  /** The network under us has changed: asks for new paths without waiting for the old one to fail. */
  nudge() {
    if (this.#resource && this.pc.signalingState === 'stable') this.#restartIce();
  }

  /**
   * The server was away and is back. If it has forgotten us, it was started anew: a peer connection alone would notice
   * only after many seconds.
   */
  async verify() {
    if (this.#resource && !this.#closed && !(await this.#resource.isKnown())) this.#lose('the server was started anew');
  }

  /** Ends the link here and on the server. */
  close() {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#resource?.delete();
    this.pc.close();
    this.#lose('closed');
  }

  /** Not cut short by close(): a session that the server has opened has to be ended there, so its Location must be known. */
  async #post(sdp) {
    const resource = await SessionResource.create(this.endpoint, this.token, sdp);
    this.#resource = resource;
    if (this.#closed) resource.delete();
    return resource;
  }

  #onConnectionState() {
    switch (this.pc.connectionState) {
      case 'connected':
        if (this.#restarting) return;
        clearTimeout(this.#timer);
        this.onConnected();
        break;
      case 'disconnected':
        this.onInterrupted();
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#restartIce(), DISCONNECT_GRACE_MS);
        break;
      case 'failed':
        this.onInterrupted();
        if (!this.#restarting) this.#lose('the connection failed');
        break;
    }
  }

  /** A server that closes DTLS has ended the session; the connection state alone would go on saying `connected`. */
  #watchDtls() {
    const dtls = this.pc.getTransceivers().find(({ sender }) => sender.transport)?.sender.transport;
    dtls?.addEventListener('statechange', () => {
      if (dtls.state === 'closed' || dtls.state === 'failed') this.#lose('closed by the server');
    });
  }

  async #restartIce() {
    if (this.#restarting || this.#closed) return;
    this.#restarting = true;
    clearTimeout(this.#timer);
    const { pc } = this;
    try {
      const answer = pc.currentRemoteDescription.sdp;
      await pc.setLocalDescription(await pc.createOffer({ iceRestart: true }));
      const fragment = await this.#patchUntilAnswered(restartFragment(pc.localDescription.sdp));
      if (this.#closed) return;
      await pc.setRemoteDescription({ type: 'answer', sdp: restartedAnswer(answer, fragment) });
      await this.#pathFound();
      this.#restarting = false;
      this.#onConnectionState();
    } catch (error) {
      this.#lose(`the ICE restart failed: ${error.message}`);
    }
  }

  /** While the network is away every request fails: keep asking, for as long as the server would keep the session. */
  async #patchUntilAnswered(fragment) {
    const backoff = new Backoff();
    const giveUpAtMs = performance.now() + CONNECT_TIMEOUT_MS;
    for (;;) {
      try {
        return await this.#resource.restartIce(fragment);
      } catch (error) {
        const refused = error instanceof Refusal && error.isFinal;
        if (refused || this.#closed || performance.now() > giveUpAtMs) throw error;
        await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs ?? backoff.nextMs()));
      }
    }
  }

  /** Resolves when the restarted connection has a path. */
  #pathFound() {
    const { pc } = this;
    return new Promise((resolve, reject) => {
      const look = () => {
        if (pc.connectionState !== 'connected') return;
        clearTimeout(timeout);
        pc.removeEventListener('connectionstatechange', look);
        resolve();
      };
      const timeout = setTimeout(() => {
        pc.removeEventListener('connectionstatechange', look);
        reject(new Error('no path within 6 s'));
      }, RESTART_TIMEOUT_MS);
      pc.addEventListener('connectionstatechange', look);
      look();
    });
  }

  #loseAfter(delayMs, reason) {
    clearTimeout(this.#timer);
    if (this.pc.connectionState !== 'connected') this.#timer = setTimeout(() => this.#lose(reason), delayMs);
  }
}

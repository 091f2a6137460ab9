/**
 * The places of a room as one viewer receives them: place 0 is the host's, the others are guests' and cohosts'.
 *
 * The n-th audio and the n-th video line belong to place n. All are offered at once, so that nobody has to negotiate
 * again when somebody comes on stage. The streams stay the same objects over all reconnections.
 */
export class Places {
  /** @type {MediaStream[]} by place */
  streams;

  #withHost;

  /** @param {number} guests that there is room for @param {boolean} withHost false: place 0 is left empty */
  constructor(guests, withHost) {
    this.streams = Array.from({ length: 1 + guests }, () => new MediaStream());
    this.#withHost = withHost;
  }

  /**
   * @param {RTCPeerConnection} pc that has not offered yet
   * @param {(place: number, receiver: RTCRtpReceiver) => void} onTrack
   */
  offer(pc, onTrack) {
    const places = new Map();
    this.streams.forEach((_, place) => {
      const direction = place > 0 || this.#withHost ? 'recvonly' : 'inactive';
      for (const kind of ['audio', 'video']) places.set(pc.addTransceiver(kind, { direction }), place);
    });
    pc.addEventListener('track', ({ track, receiver, transceiver }) => {
      const place = places.get(transceiver);
      const stream = this.streams[place];
      for (const old of stream.getTracks()) if (old.kind === track.kind) stream.removeTrack(old);
      stream.addTrack(track);
      onTrack(place, receiver);
    });
  }

  /** The identifiers of the tracks of a place, for statistics. @param {number} place */
  trackIds(place) {
    return new Set(this.streams[place].getTracks().map(({ id }) => id));
  }
}

import { HostLane } from './host-lane.js';
import { canSend, defaultLayers, encodingsFor, preferCodec } from './layers.js';
import { withStereoOpus } from './sdp.js';
import { Session } from './session.js';
import { RateWindow, sending } from './stats.js';

/**
 * @typedef {import('./session.js').SessionOptions & {
 *   stream: MediaStream,
 *   codec?: 'vp8' | 'vp9' | 'h264' | 'av1' | 'h265',
 *   layers?: import('./layers.js').Layer[],
 *   contentHint?: '' | 'motion' | 'detail' | 'text',
 *   degradationPreference?: RTCDegradationPreference,
 *   stereo?: boolean,
 *   audioBitrateBps?: number,
 * }} PublishOptions
 *
 * - `stream`: one video and one audio track at most are sent; the tracks stay the caller's to stop
 * - `codec`: preferred for video. VP8 by default: every browser decodes it, and its encoder makes three layers on a phone
 * - `layers`: simulcast layers, lowest first; three fitted to the track's size by default, an empty list for a single stream
 * - `contentHint`: `motion` by default; `detail` for screens
 * - `degradationPreference`: what to keep when the encoder cannot keep up; follows the hint by default
 * - `stereo`: two channels of Opus, for music
 */

/**
 * Publishes one stream to a room. Made by {@link publish}.
 */
export class Publisher extends Session {
  #tracks;
  #codec;
  #layers;
  #contentHint;
  #degradationPreference;
  #stereo;
  #audioBitrateBps;
  #rates = new RateWindow();
  #ratesOf = null;
  #senders = new Map();

  /** @param {PublishOptions} options */
  constructor(options) {
    const { stream, codec = 'vp8', layers, contentHint = 'motion', stereo = false, ...rest } = options;
    const isStill = contentHint === 'detail' || contentHint === 'text';
    const { degradationPreference = isStill ? 'maintain-resolution' : 'maintain-framerate', ...others } = rest;
    const { audioBitrateBps = stereo ? 128_000 : 48_000, ...session } = others;
    super('whip', HostLane, session);
    if (!canSend(codec)) throw new TypeError(`This browser cannot encode ${codec}.`);
    this.#tracks = tracksOf(stream);
    this.#codec = codec;
    this.#layers = layers ?? null;
    this.#contentHint = contentHint;
    this.#degradationPreference = degradationPreference;
    this.#stereo = stereo;
    this.#audioBitrateBps = audioBitrateBps;
  }

  /**
   * Sends other tracks from now on, in the same session: viewers see a cut, nothing else. The layers stay as they were.
   *
   * @param {MediaStream} stream
   */
  async replaceStream(stream) {
    this.#tracks = tracksOf(stream);
    this.#hint();
    const replaced = [...this.#senders].map(([kind, sender]) => sender.replaceTrack(this.#tracks[kind]));
    await Promise.all(replaced);
  }

  /** Rates over the last two seconds and totals of the link. */
  async stats() {
    const pc = this.peerConnection;
    if (!pc || pc.connectionState === 'closed') return null;
    const report = await pc.getStats();
    if (pc !== this.#ratesOf) this.#rates.clear();
    this.#ratesOf = pc;
    this.#rates.push(report, performance.now());
    return sending(report, this.#rates);
  }

  prepare(pc) {
    const { audio, video } = this.#tracks;
    this.#hint();
    const layers = this.#layers ?? defaultLayers(video?.getSettings() ?? {});
    // Both lines are offered even without a track, so that one can be put there later by replaceStream().
    const audioLine = pc.addTransceiver(audio ?? 'audio', {
      direction: 'sendonly',
      sendEncodings: [{ maxBitrate: this.#audioBitrateBps }],
    });
    const videoLine = pc.addTransceiver(video ?? 'video', {
      direction: 'sendonly',
      sendEncodings: encodingsFor(layers, this.#codec),
    });
    preferCodec(videoLine, this.#codec);
    this.#senders = new Map([
      ['audio', audioLine.sender],
      ['video', videoLine.sender],
    ]);
  }

  onOpened() {
    const sender = this.#senders.get('video');
    const parameters = sender.getParameters();
    parameters.degradationPreference = this.#degradationPreference;
    // Not known to every browser; the stream is good without it.
    sender.setParameters(parameters).catch(() => {});
  }

  localSdp(sdp) {
    return this.#stereo ? withStereoOpus(sdp) : sdp;
  }

  remoteSdp(sdp) {
    return this.#stereo ? withStereoOpus(sdp) : sdp;
  }

  /** A room that had ended before this host came is opened again by coming; only an end that we have lived to see counts. */
  endsWith(status, before) {
    return status.phase === 'ended' && (before?.phase === 'live' || before?.phase === 'interrupted');
  }

  #hint() {
    const { video } = this.#tracks;
    if (video && 'contentHint' in video) video.contentHint = this.#contentHint;
  }
}

const tracksOf = (stream) => ({
  audio: stream.getAudioTracks()[0] ?? null,
  video: stream.getVideoTracks()[0] ?? null,
});

/**
 * @typedef {object} Layer
 * @property {string} rid
 * @property {number} scaleDownBy of the track's size
 * @property {number} maxBitrateBps
 */

/** Three layers of 1280x720 at 30 frames per second: good pictures in VP8, and each a step that can be felt. */
const AT_720P = [
  { rid: 'q', scaleDownBy: 4, maxBitrateBps: 150_000 },
  { rid: 'h', scaleDownBy: 2, maxBitrateBps: 500_000 },
  { rid: 'f', scaleDownBy: 1, maxBitrateBps: 1_700_000 },
];

/** Bits grow more slowly than pixels: large pictures have more that is alike. */
const BITS_PER_PIXELS_EXPONENT = 0.75;

/**
 * Three layers fitted to a track.
 *
 * @param {{width?: number, height?: number}} settings of the track
 * @returns {Layer[]} lowest first
 */
export function defaultLayers({ width = 1280, height = 720 }) {
  const factor = ((width * height) / (1280 * 720)) ** BITS_PER_PIXELS_EXPONENT;
  return AT_720P.map((layer) => ({ ...layer, maxBitrateBps: Math.max(60_000, Math.round((layer.maxBitrateBps * factor) / 10_000) * 10_000) }));
}

/**
 * @param {Layer[]} layers
 * @param {string} codec
 * @returns {RTCRtpEncodingParameters[]}
 */
export function encodingsFor(layers, codec) {
  // Without a mode VP9 and AV1 would be sent as one SVC stream on the lowest rid; with one layer in space each rid is a stream of its own.
  const mode = codec === 'vp9' || codec === 'av1' ? { scalabilityMode: 'L1T3' } : {};
  if (layers.length === 0) return [{ ...mode }];
  return layers.map(({ rid, scaleDownBy, maxBitrateBps }) => ({
    ...(rid && { rid }), // A single layer needs no name.
    scaleResolutionDownBy: scaleDownBy,
    maxBitrate: maxBitrateBps,
    ...mode,
  }));
}

const codecsToSend = () => RTCRtpSender.getCapabilities('video')?.codecs ?? [];
const isNamed = (codec) => (capability) => capability.mimeType.toLowerCase() === `video/${codec}`;

/**
 * Whether this browser can encode a codec.
 *
 * @param {string} codec such as `vp9`
 */
export function canSend(codec) {
  return codecsToSend().some(isNamed(codec));
}

/**
 * Puts a codec first and keeps the others behind it: a relay or a viewer without it can still agree on one.
 *
 * @param {RTCRtpTransceiver} transceiver
 * @param {string} codec
 */
export function preferCodec(transceiver, codec) {
  const known = codecsToSend();
  const isWanted = isNamed(codec);
  transceiver.setCodecPreferences([...known.filter(isWanted), ...known.filter((other) => !isWanted(other))]);
}

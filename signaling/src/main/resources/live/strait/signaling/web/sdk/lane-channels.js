import { LaneLink } from './lane-link.js';

/** After this a copy that is said not to have left is not waited for: it may have been given up without a word. */
const STUCK_MS = 200;

/**
 * Opens the lane's two data channels on a peer connection that has not offered yet: `lane` in order and without loss,
 * `lane-fast` for copies that are sent again rather than waited for.
 *
 * They live as long as the connection, through every ICE restart.
 *
 * @param {RTCPeerConnection} pc
 * @param {{onLink(link: LaneLink): void, onText(link: LaneLink, text: string): void, onLost(link: LaneLink): void}} owner
 * @returns {() => void} to be called when the connection is given up: closing it here ends its channels without a word
 */
export function openLaneChannels(pc, owner) {
  const lane = pc.createDataChannel('lane', { ordered: true });
  const fast = pc.createDataChannel('lane-fast', { ordered: false, maxRetransmits: 0 });
  const isOpen = (channel) => channel.readyState === 'open';
  let copiedAtMs = -Infinity;
  // A copy that has not even left makes the next one pointless: they would go out together, and be lost together.
  const mayCopy = (nowMs) => isOpen(fast) && (fast.bufferedAmount === 0 || nowMs - copiedAtMs > STUCK_MS);
  const link = new LaneLink('data-channel', {
    transmit: (text) => isOpen(lane) && lane.send(text),
    transmitFast: (text) => {
      const nowMs = performance.now();
      if (!mayCopy(nowMs)) return;
      copiedAtMs = nowMs;
      fast.send(text);
    },
    isHealthy: () => pc.connectionState === 'connected',
  });
  let isUp = false;
  lane.onopen = () => {
    isUp = true;
    owner.onLink(link);
  };
  const end = () => {
    if (isUp) owner.onLost(link);
    isUp = false;
  };
  lane.onclose = end;
  for (const channel of [lane, fast]) channel.onmessage = ({ data }) => isUp && owner.onText(link, data);
  return end;
}

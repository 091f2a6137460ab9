import { LaneLink } from './lane-link.js';

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
  const link = new LaneLink('data-channel', {
    transmit: (text) => isOpen(lane) && lane.send(text),
    // A copy that has not even left makes the next one pointless: they would go out together, and be lost together.
    transmitFast: (text) => isOpen(fast) && fast.bufferedAmount === 0 && fast.send(text),
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

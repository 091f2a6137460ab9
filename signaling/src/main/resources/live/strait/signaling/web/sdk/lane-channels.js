import { Backoff } from './backoff.js';
import { LaneLink } from './lane-link.js';

/** After this a copy that is said not to have left is not waited for: it may have been given up without a word. */
const STUCK_MS = 200;

/** The node closes channels whose page has taken nothing for long, or said too much. */
const FIRST_RETURN_MS = 1000;
const LAST_RETURN_MS = 15_000;

/**
 * @typedef {object} ChannelOwner
 * @property {(link: LaneLink) => void} onLink
 * @property {(link: LaneLink, text: string) => void} onText
 * @property {(link: LaneLink) => void} onLost
 * @property {(link: LaneLink) => boolean} mayReturn whether the node would have the page again that has lost this link
 */

/**
 * Opens the lane's two data channels on a peer connection that has not offered yet: `lane` in order and without loss,
 * `lane-fast` for copies that are sent again rather than waited for.
 *
 * They live as long as the connection, through every ICE restart; where the node has closed them they are opened again.
 *
 * @param {RTCPeerConnection} pc
 * @param {ChannelOwner} owner
 * @returns {() => void} to be called when the connection is given up: closing it here ends its channels without a word
 */
export function openLaneChannels(pc, owner) {
  const backoff = new Backoff(FIRST_RETURN_MS, LAST_RETURN_MS);
  let timer = 0;
  let leave = () => {};
  const open = () => {
    if (pc.sctp?.state === 'closed') return; // the node has ended the session, and its channels with it
    leave = openPair(pc, owner, (link, upMs) => {
      if (upMs > LAST_RETURN_MS) backoff.reset();
      if (owner.mayReturn(link)) timer = setTimeout(open, backoff.nextMs());
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    leave();
  };
}

/**
 * @param {(link: LaneLink, upMs: number) => void} onClosed by the node, of channels that had been open for so long
 * @returns {() => void} ends them
 */
function openPair(pc, owner, onClosed) {
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
  let upSinceMs = 0;
  lane.onopen = () => {
    isUp = true;
    upSinceMs = performance.now();
    owner.onLink(link);
  };
  const end = () => {
    if (!isUp) return false;
    isUp = false;
    owner.onLost(link);
    return true;
  };
  lane.onclose = () => {
    fast.close();
    if (end()) onClosed(link, performance.now() - upSinceMs);
  };
  for (const channel of [lane, fast]) channel.onmessage = ({ data }) => isUp && owner.onText(link, data);
  return end;
}

import { HostLane } from './host-lane.js';
import { Viewer } from './viewer.js';

/**
 * The host's or a moderator's seat in a room: its lane, and the guests' pictures and voices, but not one's own. Made by
 * {@link host}.
 *
 * It stands beside whatever publishes: a page, OBS, FFmpeg, or nothing yet. Where the session is refused or cut off, the
 * lane goes on over its WebSocket.
 */
export class Desk extends Viewer {
  /** @param {Omit<import('./viewer.js').WatchOptions, 'video' | 'url'>} options */
  constructor(options) {
    super(options, HostLane);
  }

  /** The line that all others are bundled with must not be one that is turned down: that of the channels comes first. */
  async prepare(pc) {
    await pc.setLocalDescription(await pc.createOffer());
    super.prepare(pc);
  }
}

/**
 * Strait's browser SDK: publish to a room, watch a room. No dependencies, no build step:
 *
 * ```js
 * import { watch } from 'https://relay.example/web/strait.js';
 * const viewer = watch({ room: 'shoes', server: 'https://relay.example', video: document.querySelector('video') });
 * ```
 *
 * The guide is `docs/sdk.md`. All functions return at once; what happens is told by events.
 */
import { Desk } from './sdk/desk.js';
import { Publisher } from './sdk/publisher.js';
import { Viewer } from './sdk/viewer.js';

/**
 * Publishes a stream to a room (WHIP) until `close()`.
 *
 * @param {import('./sdk/publisher.js').PublishOptions} options
 * @returns {Publisher}
 */
export function publish(options) {
  return started(new Publisher(options));
}

/**
 * Watches a room (WHEP) until `close()`. A room whose host has not come yet is waited in; a host who drops out and
 * comes back is seen again without doing anything.
 *
 * @param {import('./sdk/viewer.js').WatchOptions} options
 * @returns {Viewer}
 */
export function watch(options) {
  return started(new Viewer(options));
}

/**
 * Takes the host's seat in a room until `close()`: questions, interrupts, guests. For a studio page beside a publisher of
 * whatever kind, and for moderators.
 *
 * @param {ConstructorParameters<typeof Desk>[0]} options
 * @returns {Desk}
 */
export function host(options) {
  return started(new Desk(options));
}

/** After the caller's own code has run, so that no event is missed by a listener added right away. */
function started(session) {
  queueMicrotask(() => session.start());
  return session;
}

export { canSend, defaultLayers } from './sdk/layers.js';
export { Refusal } from './sdk/resource.js';
export { Desk, Publisher, Viewer };

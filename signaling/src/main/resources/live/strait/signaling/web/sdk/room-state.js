/**
 * @typedef {object} Product
 * @property {string} id
 * @property {string} title
 * @property {string} [price]
 * @property {string} [url]
 * @property {string} [image]
 */

/**
 * @typedef {object} LaneRoom
 * @property {number} version
 * @property {number} viewers
 * @property {Product | null} product that is shown
 * @property {{item: number, text: string, language: string, answer?: string}[]} pins
 * @property {{viewer: string, name?: string, place: number, live: boolean}[]} stage
 * @property {{slowModeSeconds?: number, interruptsPerMinute?: number, interruptsOff?: boolean, blockedWords?: string[], maxGuests?: number}} rules
 */

const PARTS = ['viewers', 'product', 'pins', 'stage', 'rules'];

/** How the room stands: all of it at first, then only what changes. */
export class RoomState {
  /** @type {LaneRoom} */
  now = { version: -1, viewers: 0, product: null, pins: [], stage: [], rules: {} };

  /** Takes the whole, whatever was known: a node that was started anew counts from the beginning. */
  replace(room) {
    this.now = { ...this.now, product: null, pins: [], stage: [], rules: {}, ...room };
  }

  /**
   * Takes a change.
   *
   * @param {{version: number}} change
   * @returns {'changed' | 'known' | 'gap'} `gap`: something was missed, and all has to be asked for
   */
  apply(change) {
    if (change.version <= this.now.version) return 'known';
    if (change.version > this.now.version + 1) return 'gap';
    const parts = PARTS.filter((part) => part in change).map((part) => [part, change[part]]);
    this.now = { ...this.now, ...Object.fromEntries(parts), version: change.version };
    return 'changed';
  }
}

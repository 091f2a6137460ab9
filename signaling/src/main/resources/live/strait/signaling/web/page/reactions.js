import { byId, element, icon } from './dom.js';
import { text } from './i18n.js';

const KINDS = ['heart', 'laugh', 'wow', 'clap', 'fire'];

/** More than these of a kind in a second look like a wall. */
const FLOATS_PER_KIND = 6;
const FLIGHT_MS = 2400;

/** A finger that does not stop is heard so often. */
const PRESS_INTERVAL_MS = 150;

/** Reactions: one's own by a press, everybody's rising over the picture. */
export class Reactions {
  #sky = byId('floating');
  #pressedAtMs = 0;

  /** @param {import('../sdk/viewer-lane.js').ViewerLane} lane */
  constructor(lane) {
    for (const kind of KINDS) {
      const button = element('button', { type: 'button', class: 'reaction', 'data-reaction': kind, 'aria-label': text(`reaction.${kind}`) });
      button.append(icon(kind));
      button.addEventListener('click', () => this.#press(lane, kind));
      byId('reactions').append(button);
    }
    lane.addEventListener('reactions', ({ detail }) => this.#rise(detail.counts));
  }

  #press(lane, kind) {
    const nowMs = performance.now();
    if (nowMs - this.#pressedAtMs < PRESS_INTERVAL_MS) return;
    this.#pressedAtMs = nowMs;
    lane.react(kind);
    this.#float(kind);
  }

  #rise(counts) {
    if (document.hidden) return;
    for (const [kind, count] of Object.entries(counts)) {
      for (let i = 0; i < Math.min(count, FLOATS_PER_KIND); i++) setTimeout(() => this.#float(kind), Math.random() * 900);
    }
  }

  #float(kind) {
    if (!KINDS.includes(kind)) return;
    const sign = element('span', {}, icon(kind));
    sign.style.right = `${4 + Math.random() * 14}%`;
    sign.style.setProperty('--sway', `${Math.round(Math.random() * 40 - 20)}px`);
    this.#sky.append(sign);
    // By time and not by the end of its animation: there is none where motion is reduced.
    setTimeout(() => sign.remove(), FLIGHT_MS);
  }
}

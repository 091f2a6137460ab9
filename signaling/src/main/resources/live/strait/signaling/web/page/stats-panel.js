import { byId, showFigures } from './dom.js';
import { bitrate, frameRate, milliseconds, percent, size } from './format.js';
import { Sparkline } from './sparkline.js';

/** The viewer's figures over the picture; gathered always, so that the curve is there when the panel opens. */
export class StatsPanel {
  #root = byId('panel');
  #button = byId('stats');
  #graph = new Sparkline(byId('panel-graph'));

  constructor() {
    this.#button.addEventListener('click', () => this.toggle());
    byId('panel-close').addEventListener('click', () => this.toggle());
  }

  toggle() {
    this.#root.hidden = !this.#root.hidden;
    this.#button.setAttribute('aria-expanded', String(!this.#root.hidden));
  }

  /** @param {Awaited<ReturnType<import('../sdk/viewer.js').Viewer['stats']>>} stats */
  show({ video, audio, frozen, rttMs, protocol }) {
    this.#graph.push(video?.bitrateBps ?? 0);
    showFigures(byId('panel-figures'), [
      ['Picture', size(video?.width ?? 0, video?.height ?? 0)],
      ['Frame rate', frameRate(video?.fps)],
      ['Video', bitrate(video?.bitrateBps)],
      ['Sound', bitrate(audio?.bitrateBps)],
      ['Codecs', [video?.codec, audio?.codec].filter(Boolean).join(', ') || '–'],
      ['Packets lost', percent(video?.lossPercent)],
      ['Sound concealed', percent(audio?.concealedPercent)],
      ['Round trip', milliseconds(rttMs)],
      ['Buffer', milliseconds(video?.jitterBufferMs)],
      ['Frozen', `${percent(frozen.frozenPercent)} · ${frozen.freezes}×`],
      ['Longest gap', milliseconds(frozen.longestGapMs)],
      ['Transport', protocol?.toUpperCase() ?? '–'],
    ]);
  }
}

import { byId, showFigures } from './dom.js';
import { bitrate, frameRate, milliseconds, percent, size } from './format.js';
import { text } from './i18n.js';
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
      [text('figure.picture'), size(video?.width ?? 0, video?.height ?? 0)],
      [text('figure.frame-rate'), frameRate(video?.fps)],
      [text('figure.video'), bitrate(video?.bitrateBps)],
      [text('sound'), bitrate(audio?.bitrateBps)],
      [text('figure.codecs'), [video?.codec, audio?.codec].filter(Boolean).join(', ') || '–'],
      [text('figure.lost'), percent(video?.lossPercent)],
      [text('figure.concealed'), percent(audio?.concealedPercent)],
      [text('figure.round-trip'), milliseconds(rttMs)],
      [text('figure.buffer'), milliseconds(video?.jitterBufferMs)],
      [text('figure.frozen'), `${percent(frozen.frozenPercent)} · ${frozen.freezes}×`],
      [text('figure.gap'), milliseconds(frozen.longestGapMs)],
      [text('figure.transport'), protocol?.toUpperCase() ?? '–'],
    ]);
  }
}

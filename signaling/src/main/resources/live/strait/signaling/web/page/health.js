import { byId, element, setText, showFigures } from './dom.js';
import { bitrate, frameRate, milliseconds, percent } from './format.js';
import { text } from './i18n.js';
import { Sparkline } from './sparkline.js';

/** By rid. */
const NAMES = { q: 'quality.low', h: 'quality.medium', f: 'quality.high', '': 'layer.single' };

/** The state of the host's own link, second by second. */
export class Health {
  #graph = new Sparkline(byId('graph'));

  constructor() {
    this.clear();
  }

  clear() {
    this.#graph.clear();
    setText(byId('bitrate'), '–');
    this.#grade('off', text('health.off'));
    showFigures(byId('figures'), rows());
    byId('layers').replaceChildren();
  }

  /** @param {Awaited<ReturnType<import('../sdk/publisher.js').Publisher['stats']>>} stats */
  show(stats) {
    this.#graph.push(stats.bitrateBps);
    setText(byId('bitrate'), bitrate(stats.bitrateBps));
    showFigures(byId('figures'), rows(stats));
    this.#grade(...verdict(stats));
    this.#showLayers(stats.layers);
  }

  #grade(grade, words) {
    byId('verdict').dataset.grade = grade;
    setText(byId('verdict'), words);
  }

  #showLayers(layers) {
    const body = byId('layers');
    while (body.children.length > layers.length) body.lastElementChild.remove();
    layers.forEach((layer, i) => {
      const row = body.children[i] ?? body.appendChild(newRow());
      const sends = layer.active && layer.bitrateBps > 0;
      row.dataset.sending = sends ? 'yes' : 'no';
      const [name, picture, frames, rate] = row.children;
      setText(name, NAMES[layer.rid] ? text(NAMES[layer.rid]) : layer.rid);
      setText(picture, layer.height > 0 ? `${layer.height}p` : '–');
      setText(frames, sends ? frameRate(layer.fps) : text('layer.off'));
      setText(rate.firstElementChild, sends ? bitrate(layer.bitrateBps) : '–');
      Object.assign(rate.lastElementChild, { max: Math.max(layer.targetBps ?? 0, layer.bitrateBps, 1), value: layer.bitrateBps });
    });
  }
}

function newRow() {
  const meter = element('meter', { min: '0', max: '1', value: '0', 'aria-label': text('layer.share') });
  return element('tr', {}, element('td'), element('td'), element('td'), element('td', {}, element('span'), meter));
}

function rows(stats) {
  const top = stats?.layers.findLast((layer) => layer.bitrateBps > 0);
  return [
    [text('figure.round-trip'), milliseconds(stats?.rttMs)],
    [text('figure.lost'), percent(stats?.lossPercent)],
    [text('figure.frame-rate'), frameRate(top?.fps)],
    [text('figure.room'), bitrate(stats?.availableBps)],
    [text('figure.limit'), stats ? limitation(stats.layers) : '–'],
    [text('sound'), bitrate(stats?.audio?.bitrateBps)],
  ];
}

/** The first limitation from the top: lower layers are rarely held back without it. */
function limitation(layers) {
  const limited = layers.toReversed().find((layer) => layer.limitation !== 'none');
  return text(`limit.${limited?.limitation ?? 'none'}`);
}

/**
 * In one word: red is what viewers notice, amber is what they will notice when it gets worse.
 *
 * @returns {['good' | 'fair' | 'poor', string]}
 */
function verdict({ lossPercent, rttMs, layers }) {
  const sending = layers.filter((layer) => layer.active && layer.bitrateBps > 0);
  if (sending.length === 0) return ['poor', text('health.none')];
  if (lossPercent > 8 || rttMs > 600) return ['poor', text('health.poor')];
  if (lossPercent > 2 || rttMs > 300 || layers.some((layer) => layer.limitation !== 'none')) return ['fair', text('health.fair')];
  return ['good', text('health.good')];
}

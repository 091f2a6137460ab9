import { byId, element, setText, showFigures } from './dom.js';
import { bitrate, frameRate, milliseconds, percent } from './format.js';
import { Sparkline } from './sparkline.js';

/** Why the browser holds back, as the host can act on it. */
const LIMITATIONS = {
  none: 'Nothing',
  cpu: 'This computer is too busy',
  bandwidth: 'The network carries no more',
  other: 'The browser',
};

const NAMES = { q: 'Low', h: 'Medium', f: 'High', '': 'Single' };

/** The state of the host's own link, second by second. */
export class Health {
  #graph = new Sparkline(byId('graph'));

  constructor() {
    this.clear();
  }

  clear() {
    this.#graph.clear();
    setText(byId('bitrate'), '–');
    this.#grade('off', 'Not sending');
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
      setText(name, NAMES[layer.rid] ?? layer.rid);
      setText(picture, layer.height > 0 ? `${layer.height}p` : '–');
      setText(frames, sends ? frameRate(layer.fps) : 'off');
      setText(rate.firstElementChild, sends ? bitrate(layer.bitrateBps) : '–');
      Object.assign(rate.lastElementChild, { max: Math.max(layer.targetBps ?? 0, layer.bitrateBps, 1), value: layer.bitrateBps });
    });
  }
}

function newRow() {
  const meter = element('meter', { min: '0', max: '1', value: '0', 'aria-label': 'Share of what is aimed at' });
  return element('tr', {}, element('td'), element('td'), element('td'), element('td', {}, element('span'), meter));
}

function rows(stats) {
  const top = stats?.layers.findLast((layer) => layer.bitrateBps > 0);
  return [
    ['Round trip', milliseconds(stats?.rttMs)],
    ['Packets lost', percent(stats?.lossPercent)],
    ['Frame rate', frameRate(top?.fps)],
    ['Room to send', bitrate(stats?.availableBps)],
    ['Held back by', stats ? limitation(stats.layers) : '–'],
    ['Sound', bitrate(stats?.audio?.bitrateBps)],
  ];
}

/** The first limitation from the top: lower layers are rarely held back without it. */
function limitation(layers) {
  const limited = layers.toReversed().find((layer) => layer.limitation !== 'none');
  return LIMITATIONS[limited?.limitation ?? 'none'] ?? limited.limitation;
}

/**
 * In one word: red is what viewers notice, amber is what they will notice when it gets worse.
 *
 * @returns {['good' | 'fair' | 'poor', string]}
 */
function verdict({ lossPercent, rttMs, layers }) {
  const sending = layers.filter((layer) => layer.active && layer.bitrateBps > 0);
  if (sending.length === 0) return ['poor', 'No picture goes out'];
  if (lossPercent > 8 || rttMs > 600) return ['poor', 'Weak'];
  if (lossPercent > 2 || rttMs > 300 || layers.some((layer) => layer.limitation !== 'none')) return ['fair', 'Fair'];
  return ['good', 'Good'];
}

import { byId, element, icon } from './dom.js';
import { text } from './i18n.js';

/** Only what a browser may open by itself: an address comes from another page's form. */
export function safeAddress(value, schemes = ['https:', 'http:']) {
  try {
    const url = new URL(value);
    return schemes.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** The product that the host shows. */
export class ProductCard {
  #root = byId('product');
  #lane;
  #shown = '';

  /** @param {import('../sdk/viewer-lane.js').ViewerLane} lane */
  constructor(lane) {
    this.#lane = lane;
    lane.addEventListener('room', ({ detail }) => this.#show(detail.product ?? null));
  }

  /** Beside the picture, or over it where nothing else is in view. @param {HTMLElement} place */
  putIn(place) {
    place.prepend(this.#root);
  }

  #show(product) {
    const shown = JSON.stringify(product);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#root.hidden = product === null;
    if (product === null) return;
    const image = safeAddress(product.image, ['https:', 'data:']);
    const picture = image ? element('img', { src: image, alt: '' }) : element('span', { class: 'no-picture' });
    if (!image) picture.append(icon('bag'));
    const words = element('div', { class: 'words' }, element('strong', {}, product.title));
    if (product.price) words.append(element('span', { class: 'price figure' }, product.price));
    this.#root.replaceChildren(picture, words);
    this.#root.dataset.product = product.id;
    const address = safeAddress(product.url);
    if (!address) return;
    const link = element('a', { class: 'button primary', href: address, target: '_blank', rel: 'noopener' }, text('product.view'));
    link.addEventListener('click', () => this.#lane.clickProduct(product.id));
    this.#root.append(link);
  }
}

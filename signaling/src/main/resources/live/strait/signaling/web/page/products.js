import { randomId } from '../sdk/device.js';
import { byId, element, icon } from './dom.js';
import { text } from './i18n.js';

const STORAGE_KEY = 'strait.products';

/** The host's products, kept in this browser, and which one is shown. */
export class Products {
  #lane;
  #products = stored();

  /** @param {import('../sdk/host-lane.js').HostLane} lane */
  constructor(lane) {
    this.#lane = lane;
    lane.addEventListener('room', () => this.#show());
    byId('product-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#add(event.target);
    });
    this.#show();
  }

  #add(form) {
    const entries = [...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
    this.#keep([...this.#products, { id: randomId(), ...Object.fromEntries(entries) }]);
    form.reset();
    form.elements.title.focus();
  }

  #keep(products) {
    this.#products = products;
    localStorage.setItem(STORAGE_KEY, JSON.stringify(products));
    this.#show();
  }

  #show() {
    const shown = this.#lane.room.product?.id;
    byId('products').replaceChildren(...this.#products.map((product) => this.#row(product, product.id === shown)));
  }

  #row(product, isShown) {
    const words = element('div', { class: 'words' }, element('strong', {}, product.title), element('span', { class: 'quiet' }, product.price ?? ''));
    const toggle = element('button', { class: isShown ? 'button primary' : 'button', type: 'button', 'data-act': 'show', 'aria-pressed': String(isShown) }, text(isShown ? 'product.hide' : 'product.show'));
    toggle.addEventListener('click', () => this.#lane.showProduct(isShown ? null : product));
    const remove = element('button', { class: 'act', type: 'button', 'aria-label': text('product.remove', { name: product.title }) }, icon('close'));
    remove.addEventListener('click', () => {
      if (isShown) this.#lane.showProduct(null);
      this.#keep(this.#products.filter(({ id }) => id !== product.id));
    });
    return element('li', { 'data-product': product.id }, words, toggle, remove);
  }
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY)) ?? [];
  } catch {
    return [];
  }
}

import { byId, element, icon, setText } from './dom.js';
import { bitrate } from './format.js';
import { text } from './i18n.js';

/** Names for one to four layers, lowest first; a relay that sends more than that has its rids shown. */
const NAMES = [[], ['original'], ['low', 'high'], ['low', 'medium', 'high'], ['lowest', 'low', 'medium', 'high']];

/**
 * The choice between what the relay thinks best and each layer that the host sends now.
 */
export class QualityMenu {
  #viewer;
  #layers = [];
  #height = 0;
  #menu = byId('quality-menu');
  #button = byId('quality');

  /** @param {import('../sdk/viewer.js').Viewer} viewer */
  constructor(viewer) {
    this.#viewer = viewer;
    // Properties, not listeners: a second viewer's menu replaces the first one's.
    this.#button.onclick = () => this.#toggle(this.#menu.hidden);
    this.#menu.onkeydown = (event) => this.#onKey(event);
    this.#menu.onfocusout = ({ relatedTarget }) => {
      if (!this.#menu.contains(relatedTarget) && relatedTarget !== this.#button) this.#toggle(false);
    };
    this.#showNow();
  }

  get isOpen() {
    return !this.#menu.hidden;
  }

  /** @param {import('../sdk/room-feed.js').RoomStatus['layers']} layers lowest first */
  showLayers(layers) {
    this.#layers = layers;
    if (this.isOpen) this.#refresh();
    this.#showNow();
  }

  /** @param {number} height of the picture that arrives */
  showHeight(height) {
    this.#height = height;
    this.#showNow();
  }

  #showNow() {
    const chosen = this.#layers.findIndex(({ rid }) => rid === this.#viewer.selected);
    const name = this.#viewer.selected === null ? text('quality.auto') : (this.#nameOf(chosen) ?? this.#viewer.selected);
    setText(byId('quality-now'), this.#height > 0 ? `${name} · ${this.#height}p` : name);
  }

  #nameOf(index) {
    const name = NAMES[this.#layers.length]?.[index];
    return name ? text(`quality.${name}`) : this.#layers[index]?.rid;
  }

  #choices() {
    const layers = this.#layers.map(({ rid, bitrateBps }, i) => ({ rid, name: this.#nameOf(i), note: bitrate(bitrateBps) }));
    // A single stream has no rid and leaves nothing to choose.
    return [{ rid: null, name: text('quality.auto'), note: text('quality.best') }, ...layers.filter(({ rid }) => rid).reverse()];
  }

  #toggle(open) {
    if (open) this.#rebuild();
    this.#menu.hidden = !open;
    this.#button.setAttribute('aria-expanded', String(open));
    if (open) this.#menu.querySelector('[aria-checked="true"]')?.focus();
  }

  #rebuild() {
    const items = this.#choices().map(({ rid, name, note }) => {
      const checked = String(this.#viewer.selected === rid);
      const item = element('button', { type: 'button', role: 'menuitemradio', 'aria-checked': checked, tabindex: '-1' });
      item.append(icon('check'), element('span', {}, name), element('small', {}, note));
      item.addEventListener('click', () => this.#choose(rid));
      return item;
    });
    this.#menu.replaceChildren(...items);
  }

  /** While the menu is open only its figures move, unless layers came or went. */
  #refresh() {
    const choices = this.#choices();
    if (choices.length !== this.#menu.children.length) return this.#rebuild();
    choices.forEach(({ note }, i) => setText(this.#menu.children[i].lastElementChild, note));
  }

  #choose(rid) {
    this.#viewer.select(rid).catch(() => {}); // Sent again by the SDK with the next session.
    this.#toggle(false);
    this.#button.focus();
    this.#showNow();
  }

  #onKey(event) {
    const items = [...this.#menu.children];
    const at = items.indexOf(document.activeElement);
    const targets = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 };
    if (event.key in targets) items[targets[event.key] % items.length].focus();
    else if (event.key === 'Escape') {
      this.#toggle(false);
      this.#button.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

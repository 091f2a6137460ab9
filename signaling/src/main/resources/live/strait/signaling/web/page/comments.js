import { byId, element, setText } from './dom.js';

/** Lines of the feed that are kept. */
const KEPT = 80;

/** Comments cross the picture in rows of this height, in this time. */
const ROW_PX = 34;
const CROSSING_MS = 9000;

/** Two in a row keep this distance; with no row free a comment stays in the feed alone. */
const GAP_MS = 400;

const STORAGE_KEY = 'strait.danmaku';

/** What others ask: in a feed beside the picture, and flying across it. Pinned questions stand above. */
export class Comments {
  #feed = byId('feed');
  #list = byId('comments');
  #sky = byId('danmaku');
  #toggle = byId('danmaku-toggle');
  #rowFreeAtMs = [];
  #still = matchMedia('(prefers-reduced-motion: reduce)');

  /** @param {import('../sdk/viewer-lane.js').ViewerLane} lane */
  constructor(lane) {
    this.#show(localStorage.getItem(STORAGE_KEY) !== 'off');
    this.#toggle.hidden = this.#still.matches;
    this.#toggle.addEventListener('click', () => this.#show(!this.#isOn));
    lane.addEventListener('comments', ({ detail }) => detail.list.forEach((comment) => this.#add(comment)));
    lane.addEventListener('room', ({ detail }) => this.#showPins(detail.pins));
  }

  get #isOn() {
    return this.#toggle.getAttribute('aria-pressed') === 'true';
  }

  #show(on) {
    this.#toggle.setAttribute('aria-pressed', String(on));
    this.#sky.hidden = !on || this.#still.matches;
    localStorage.setItem(STORAGE_KEY, on ? 'on' : 'off');
    if (!on) this.#sky.replaceChildren();
  }

  #add({ viewer, name, text, language }) {
    const atEnd = this.#feed.scrollTop + this.#feed.clientHeight > this.#feed.scrollHeight - 40;
    const row = element('li', {}, element('b', {}, name || viewer), element('span', { lang: language }, text));
    this.#list.append(row);
    while (this.#list.children.length > KEPT) this.#list.firstElementChild.remove();
    byId('hush').hidden = true;
    if (atEnd) this.#feed.scrollTop = this.#feed.scrollHeight;
    if (this.#isOn && !this.#sky.hidden && !document.hidden) this.#fly(text, language);
  }

  #fly(text, language) {
    const rows = Math.max(1, Math.floor((this.#sky.clientHeight * 0.5) / ROW_PX));
    const nowMs = performance.now();
    const row = Array.from({ length: rows }, (_, i) => this.#rowFreeAtMs[i] ?? 0).findIndex((freeAtMs) => freeAtMs <= nowMs);
    if (row < 0) return;
    const flying = element('span', { lang: language }, text);
    flying.style.top = `${row * ROW_PX}px`;
    flying.addEventListener('animationend', () => flying.remove());
    this.#sky.append(flying);
    const distance = this.#sky.clientWidth + flying.clientWidth;
    flying.style.setProperty('--way', `${-distance}px`);
    this.#rowFreeAtMs[row] = nowMs + (CROSSING_MS * flying.clientWidth) / distance + GAP_MS;
  }

  #showPins(pins) {
    const list = byId('pins');
    while (list.children.length > pins.length) list.lastElementChild.remove();
    pins.forEach(({ item, text, language, answer }, i) => {
      const row = list.children[i] ?? list.appendChild(element('li', {}, element('p', { class: 'asked' }), element('p', { class: 'said' })));
      row.dataset.pin = item;
      row.firstElementChild.lang = language;
      setText(row.firstElementChild, text);
      setText(row.lastElementChild, answer ?? '');
    });
    if (pins.length > 0) byId('hush').hidden = true;
  }
}

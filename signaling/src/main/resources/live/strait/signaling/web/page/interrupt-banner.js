import { Chime } from './chime.js';
import { byId, element, icon, setText } from './dom.js';
import { milliseconds } from './format.js';
import { counted, languageName, regionName, text } from './i18n.js';

/** Interrupts at the top of the page, the oldest in front: `A` accepts it, `D` declines it. */
export class InterruptBanner {
  #root = byId('interrupts');
  #lane;
  #chime = new Chime();
  #title = document.title;

  /** @param {import('../sdk/host-lane.js').HostLane} lane */
  constructor(lane) {
    this.#lane = lane;
    lane.addEventListener('interrupt', ({ detail }) => this.#onNew(detail));
    lane.addEventListener('interrupts', () => this.#show());
    lane.addEventListener('figures', ({ detail }) => showFigures(detail.interrupts));
    document.addEventListener('keydown', (event) => this.#onKey(event));
    document.addEventListener('visibilitychange', () => this.#onVisible());
    this.#show();
  }

  #onNew({ item }) {
    this.#show();
    const isHeard = this.#chime.ring();
    if (!document.hidden) this.#lane.painted(item);
    else if (isHeard) this.#lane.heard(item);
  }

  #onVisible() {
    if (!document.hidden) for (const item of this.#lane.interrupts.keys()) this.#lane.painted(item);
  }

  #onKey(event) {
    const isTyping = event.target.matches?.('input:not([type="checkbox"], [type="radio"]), select');
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const [item] = this.#lane.interrupts.keys();
    if (item === undefined) return;
    const key = event.key.toLowerCase();
    if (key === 'a') this.#lane.invite(item);
    else if (key === 'd') this.#lane.dismiss(item);
  }

  /** Kept in place while it is the same: nobody presses a button that has just become another's. */
  #show() {
    const [first] = this.#lane.interrupts.values();
    this.#root.hidden = !first;
    document.title = first ? `● ${text('desk.wants', { name: nameOf(first) })}` : this.#title;
    if (!first) return this.#root.replaceChildren();
    const shown = this.#root.firstElementChild;
    if (Number(shown?.dataset.interruptItem) !== first.item) this.#root.replaceChildren(this.#banner(first));
    this.#root.querySelector('#accept').disabled = this.#lane.isInviting(first.item);
    const others = this.#lane.interrupts.size - 1;
    setText(this.#root.querySelector('.others'), others > 0 ? counted('desk.waiting', others) : '');
  }

  #banner(interrupt) {
    const { item, text: words, language, region, state } = interrupt;
    const about = [language && languageName(language), region && regionName(region)].filter(Boolean).join(' · ');
    const banner = element('div', { class: 'interrupt', 'data-interrupt-item': String(item), 'data-state': state });
    const said = element('div', { class: 'words' }, element('strong', {}, text('desk.wants', { name: nameOf(interrupt) })));
    if (words) said.append(element('p', { class: 'asked', lang: language ?? '' }, words));
    said.append(element('p', { class: 'about' }, element('span', {}, about), element('span', { class: 'others' })));
    const accept = choice('accept', 'check', text('desk.accept'), 'A', () => this.#lane.invite(item));
    const decline = choice('decline', 'close', text('desk.decline'), 'D', () => this.#lane.dismiss(item));
    banner.append(icon('hand'), said, element('div', { class: 'choices' }, accept, decline));
    return banner;
  }
}

const nameOf = ({ name, viewer }) => name || viewer;

function choice(id, name, label, key, act) {
  const button = element('button', { class: 'button', id, type: 'button', 'aria-keyshortcuts': key.toLowerCase() });
  button.append(icon(name), label, element('kbd', { 'aria-hidden': 'true' }, key));
  button.addEventListener('click', act);
  return button;
}

function showFigures({ count, p50Ms, p99Ms }) {
  const target = byId('interrupt-figures');
  target.hidden = count === 0;
  setText(target, text('desk.figures', { p50: milliseconds(p50Ms), p99: milliseconds(p99Ms) }));
}

import { byId, element, icon, setText } from './dom.js';
import { text, told, toldError, toldNotice } from './i18n.js';

/** As the node takes them. */
const MAX_INTERRUPT_CHARACTERS = 140;

/** Who keeps the button down this long means it as much as who lets go of it. */
const HOLD_MS = 350;

/** The node takes one in that time: then the button is free again. */
const BETWEEN_INTERRUPTS_MS = 2000;

/** An end is shown so long, or until the next interrupt. */
const END_SHOWN_MS = 6000;

/** Own questions in view; the newest are what one waits for. */
const SHOWN_QUESTIONS = 2;

/** What a viewer says: asks, cuts in, and sees what becomes of it. */
export class Talk {
  #lane;
  #stage;
  #field = byId('ask-text');
  #button = byId('interrupt');
  #status = byId('interrupt-status');
  /** @type {import('../sdk/lane-item.js').LaneItem | null} */
  #interrupt;
  #clickedAt = -Infinity;
  #isFree = true;
  #freeTimer = 0;
  #endTimer = 0;
  #dismissed = new Set();

  /** @param {import('../sdk/viewer.js').Viewer} viewer */
  constructor({ lane, stage }) {
    this.#lane = lane;
    this.#stage = stage;
    this.#interrupt = lane.openInterrupt;
    byId('ask').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#ask();
    });
    this.#button.addEventListener('click', () => this.interrupt());
    this.#watchHold();
    lane.addEventListener('ack', ({ detail }) => this.#onAck(detail));
    lane.addEventListener('room', ({ detail }) => this.#showRules(detail.rules));
    stage.addEventListener('state', () => this.#showLabel());
    lane.addEventListener('error', ({ detail }) => detail.code === 'banned' && this.#say('refused', toldError(detail.code, detail.reason)));
    lane.addEventListener('notice', ({ detail }) => this.#notice(toldNotice(detail)));
    this.#show();
  }

  /** What stands in the field goes along: it says what about. */
  interrupt() {
    if (this.#button.disabled) return;
    if (this.#lane.openInterrupt) return;
    this.#clickedAt = performance.now();
    const item = this.#lane.interrupt(this.#field.value.trim().slice(0, MAX_INTERRUPT_CHARACTERS));
    this.#field.value = '';
    navigator.vibrate?.(30);
    this.#follow(item);
  }

  #watchHold() {
    let timer = 0;
    this.#button.addEventListener('pointerdown', () => (timer = setTimeout(() => this.interrupt(), HOLD_MS)));
    for (const event of ['pointerup', 'pointerleave', 'pointercancel']) this.#button.addEventListener(event, () => clearTimeout(timer));
    this.#button.addEventListener('contextmenu', (event) => event.preventDefault()); // What a held finger brings up.
  }

  #ask() {
    const words = this.#field.value.trim();
    this.#field.focus();
    if (!words) return;
    this.#lane.ask(words);
    this.#field.value = '';
    this.#showMine();
  }

  #onAck(item) {
    if (item.kind === 'question') this.#showMine();
    else if (!this.#interrupt || item === this.#interrupt || !item.isOver) this.#follow(item);
  }

  #follow(item) {
    this.#interrupt = item;
    this.#isFree = false;
    clearTimeout(this.#freeTimer);
    clearTimeout(this.#endTimer);
    if (item.isOver) {
      const waitMs = Math.max(this.#clickedAt + BETWEEN_INTERRUPTS_MS - performance.now(), item.retryAfterMs ?? 0);
      this.#freeTimer = setTimeout(() => this.#free(), waitMs);
      this.#endTimer = setTimeout(() => this.#forget(item), Math.max(END_SHOWN_MS, waitMs));
    }
    this.#show();
  }

  #free() {
    this.#isFree = true;
    this.#showLabel();
  }

  #forget(item) {
    if (this.#interrupt === item) this.#interrupt = null;
    this.#show();
  }

  #show() {
    const item = this.#interrupt;
    const state = item?.state ?? 'off';
    this.#button.dataset.state = state;
    if (item) this.#status.dataset.interruptItem = item.id;
    this.#showLabel();
    if (item) this.#say(state, wordsOf(item));
    else this.#status.hidden = true;
    this.#showMine();
  }

  #say(state, words) {
    this.#status.hidden = false;
    this.#status.dataset.state = state;
    const said = saying(state, words);
    if (this.#status.textContent === said) return;
    this.#status.replaceChildren(icon(state === 'accepted' ? 'check' : 'hand'), element('span', {}, said));
  }

  /** Only while nothing more important is said there. */
  #notice(words) {
    if (this.#interrupt) return;
    this.#say('refused', words);
    this.#endTimer = setTimeout(() => this.#show(), END_SHOWN_MS);
  }

  #showRules({ interruptsOff }) {
    this.#button.dataset.off = interruptsOff ? 'yes' : 'no';
    this.#showLabel();
  }

  #showLabel() {
    const item = this.#interrupt;
    const off = this.#button.dataset.off === 'yes';
    this.#button.disabled = off || !this.#isFree || this.#stage.state !== 'off';
    const label = item && !item.isOver ? 'interrupt.waiting' : off ? 'interrupt.off' : 'interrupt';
    setText(byId('interrupt-label'), text(label));
  }

  #showMine() {
    const questions = [...this.#lane.items.values()].filter((item) => item.kind === 'question' && item.text && !this.#dismissed.has(item.id));
    const list = byId('mine');
    const shown = questions.slice(-SHOWN_QUESTIONS);
    const known = new Map([...list.children].map((row) => [row.dataset.questionItem, row]));
    list.replaceChildren(...shown.map((item) => this.#row(item, known.get(item.id))));
  }

  #row(item, row = this.#newRow(item)) {
    row.dataset.state = item.state;
    const words = wordsOf(item);
    setText(row.querySelector('.said'), words ? `${text(`question.${item.state}`)}: ${words}` : text(`question.${item.state}`));
    row.querySelector('button').hidden = !item.isOver;
    return row;
  }

  #newRow(item) {
    const close = element('button', { class: 'control', type: 'button', 'aria-label': text('close') });
    close.append(icon('close'));
    close.addEventListener('click', () => {
      this.#dismissed.add(item.id);
      this.#showMine();
    });
    const words = element('div', {}, element('p', { class: 'asked' }, item.text), element('p', { class: 'said' }));
    return element('li', { 'data-question-item': item.id }, words, close);
  }
}

/** The host's words, or why the node has refused it. */
function wordsOf({ answer, cause, retryAfterMs }) {
  return cause ? told([`refused.${cause}`, `node.${cause}`], answer, { n: Math.ceil((retryAfterMs ?? 0) / 1000) }) : answer;
}

/** A refusal comes as a sentence, a host's own words stand behind ours. */
function saying(state, words) {
  if (!words) return text(`interrupt.${state}`);
  return state === 'refused' ? words : `${text(`interrupt.${state}`)}: ${words}`;
}

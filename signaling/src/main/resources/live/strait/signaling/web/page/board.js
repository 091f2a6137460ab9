import { byId, element, setText } from './dom.js';
import { counted, number } from './i18n.js';
import { QuestionCard } from './question-card.js';

/** More than a host can look over. The rest is on the board of the node and comes up as these go. */
const SHOWN = 60;

/** A board that jumps cannot be read: it is put in order so often. */
const ORDER_INTERVAL_MS = 500;

/** The questions, most wanted first. */
export class Board {
  #list = byId('board');
  #lane;
  #cards = new Map();
  #timer = 0;
  #digested = 0;

  /** @param {import('../sdk/host-lane.js').HostLane} lane */
  constructor(lane) {
    this.#lane = lane;
    lane.addEventListener('board', () => this.#soon());
    lane.addEventListener('room', () => this.#soon());
    lane.addEventListener('digest', ({ detail }) => this.#onDigest(detail));
    setInterval(() => this.#cards.forEach((card) => card.tick()), 30_000);
  }

  #soon() {
    this.#timer ||= setTimeout(() => {
      this.#timer = 0;
      this.#show();
    }, this.#cards.size === 0 ? 0 : ORDER_INTERVAL_MS);
  }

  #show() {
    const questions = this.#lane.ranked.slice(0, SHOWN);
    const wanted = new Set(questions.map(({ item }) => item));
    for (const [item, card] of this.#cards) {
      if (wanted.has(item)) continue;
      card.root.remove();
      this.#cards.delete(item);
    }
    let before = null;
    for (const question of questions.reverse()) {
      const card = this.#cards.get(question.item) ?? new QuestionCard(question, this.#lane);
      this.#cards.set(question.item, card);
      card.show(question);
      // Moved only where it is out of place: focus and open menus stay.
      if (card.root.nextElementSibling !== before || !card.root.parentNode) this.#list.insertBefore(card.root, before);
      before = card.root;
    }
    const count = this.#lane.board.size;
    setText(byId('board-count'), count > 0 ? number(count) : '');
    byId('board-empty').hidden = count > 0;
  }

  #onDigest({ questions }) {
    this.#digested += questions;
    byId('digest').hidden = false;
    setText(byId('digest'), counted('board.digest', this.#digested));
  }
}

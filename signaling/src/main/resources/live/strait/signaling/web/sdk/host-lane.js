import { Lane } from './lane.js';
import { isTerminal } from './lane-item.js';
import { localNow } from './node-clock.js';

/**
 * The lane of a host or a moderator: the board of questions, the open interrupts, and what is done about them.
 *
 * An interrupt comes in several copies by several ways: the first is told. Whoever shows it calls {@link HostLane#painted},
 * which is what the sender sees as "the host sees you". Copies are not answered: SCTP tells the node that they have come.
 *
 * Events beyond those of {@link Lane}: `interrupt` (a new one), `interrupts` and `board` (these have changed), `digest`,
 * `figures`.
 */
export class HostLane extends Lane {
  /** Questions by item, in no order: {@link HostLane#ranked}. @type {Map<number, object>} */
  board = new Map();

  /** Open interrupts by item, oldest first. @type {Map<number, object>} */
  interrupts = new Map();

  /** What was said about items that were shown: they are not announced again after an outage. */
  #seen = new Map();

  /** Items that are dealt with: a late copy must not bring them back. */
  #over = new Set();

  /** Interrupts whose senders are asked up, as long as the node has not said whether there is room. */
  #inviting = new Set();

  /** @param {import('./lane.js').LaneOptions} options */
  constructor(options) {
    super('host', options);
  }

  /** The board as it should be read: most wanted first. */
  get ranked() {
    return [...this.board.values()].sort((a, b) => b.rank - a.rank || a.item - b.item);
  }

  /** The interrupt is in the page as of now: tells the time of the frame after the one that paints it. @param {number} item */
  painted(item) {
    if (document.hidden) return; // No frame will come. See heard().
    requestAnimationFrame(() => requestAnimationFrame(() => this.#saw(item, false)));
  }

  /** The page is hidden, but has played its sound. @param {number} item */
  heard(item) {
    this.#saw(item, true);
  }

  /** @param {number} item @param {string} [text] without one, it was answered on air */
  answer(item, text) {
    this.tell({ type: 'answer', item, text: text || undefined });
  }

  /** @param {number} item @param {boolean} pinned to everybody's page */
  pin(item, pinned) {
    this.tell({ type: 'pin', item, pinned });
  }

  /** A question leaves the board; an interrupt is declined. @param {number} item @param {string} [reason] */
  dismiss(item, reason) {
    this.tell({ type: 'dismiss', item, reason: reason || undefined });
    this.#drop(item);
  }

  /** @param {number} item @param {string} to the `viewer` of a host or moderator */
  handOn(item, to) {
    this.tell({ type: 'hand-on', item, to });
  }

  /**
   * Accepts an interrupt, or asks whoever asked a question: come on stage. An interrupt stays until the node says that it
   * is accepted; on a full stage it says so by a `notice` instead.
   *
   * @param {number} item
   */
  invite(item) {
    if (this.#inviting.has(item)) return;
    this.tell({ type: 'stage-invite', item });
    if (!this.interrupts.has(item)) return;
    this.#inviting.add(item);
    this.emit('interrupts', this.interrupts);
  }

  /** Whether an interrupt is accepted here, and the node has not answered yet. @param {number} item */
  isInviting(item) {
    return this.#inviting.has(item);
  }

  /** @param {import('./room-state.js').Product | null} product */
  showProduct(product) {
    this.tell({ type: 'product-show', product: product ?? undefined });
  }

  /** @param {Partial<import('./room-state.js').LaneRoom['rules']>} changes */
  setRules(changes) {
    this.tell({ type: 'rules', ...changes });
  }

  /** No interrupts of that person. @param {string} viewer @param {boolean} on */
  mute(viewer, on) {
    this.tell({ type: 'mute', viewer, on });
  }

  /** Nothing at all of that person. @param {string} viewer @param {boolean} on */
  ban(viewer, on) {
    this.tell({ type: 'ban', viewer, on });
  }

  onReady(_link, { board = [], interrupts = [] }, isFirst) {
    // A second link tells the same again; the first after an outage tells what is left.
    if (isFirst) {
      this.board.clear();
      this.interrupts.clear();
    }
    this.#inviting.clear();
    for (const question of board) this.board.set(question.item, question);
    this.emit('board', this.board);
    this.emit('interrupts', this.interrupts);
    for (const interrupt of interrupts) this.#onInterrupt(interrupt);
  }

  onMessage(message) {
    switch (message.type) {
      case 'question':
        return this.#onQuestion(message);
      case 'gone':
        return this.#drop(message.item);
      case 'interrupt':
        return this.#onInterrupt(message);
      case 'notice':
        if (message.code.startsWith('stage-')) this.#onStageFull();
        return super.onMessage(message);
      default:
        super.onMessage(message);
    }
  }

  #onQuestion(question) {
    if (isTerminal('question', question.state)) this.board.delete(question.item);
    else this.board.set(question.item, question);
    this.emit('board', this.board);
  }

  #onInterrupt(interrupt) {
    const { item, state } = interrupt;
    if (isTerminal('interrupt', state)) return this.#drop(item);
    if (this.#over.has(item)) return;
    const isNew = !this.interrupts.has(item);
    const said = this.#seen.get(item);
    this.interrupts.set(item, interrupt);
    if (isNew && !said) this.emit('interrupt', interrupt);
    if (isNew) this.emit('interrupts', this.interrupts);
    // What was said is not known there, and this is not a copy that was under way meanwhile: it tells of a new link.
    if (said && isNew && state !== 'seen' && !(state === 'delivered' && said.hidden)) this.tell(said);
  }

  #saw(item, hidden) {
    const before = this.#seen.get(item);
    if (before && (!before.hidden || hidden)) return;
    const seen = { type: 'seen', item, atMs: this.clock.toNode(localNow()), hidden };
    this.#seen.set(item, seen);
    this.tell(seen);
  }

  #onStageFull() {
    this.#inviting.clear();
    this.emit('interrupts', this.interrupts);
  }

  #drop(item) {
    this.#over.add(item);
    this.#inviting.delete(item);
    if (this.board.delete(item)) this.emit('board', this.board);
    if (this.interrupts.delete(item)) this.emit('interrupts', this.interrupts);
  }
}

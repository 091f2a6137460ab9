/** How far an interrupt is; what comes by two ways must not set it back. Questions may go back and forth. */
const INTERRUPT_RANK = { sent: 0, relayed: 1, delivered: 2, seen: 3 };

const TERMINAL = {
  question: new Set(['answered', 'dismissed', 'refused']),
  interrupt: new Set(['accepted', 'declined', 'expired', 'refused']),
};

/** @param {'question' | 'interrupt'} kind @param {string} state */
export const isTerminal = (kind, state) => TERMINAL[kind].has(state);

/**
 * A question or an interrupt of one's own, from the click to its end. Event: `state`, whenever that or `answer` changes.
 *
 * @typedef {'sent' | 'accepted' | 'pinned' | 'handed-on' | 'answered' | 'dismissed' | 'refused'} QuestionState
 * @typedef {'sent' | 'relayed' | 'delivered' | 'seen' | 'accepted' | 'declined' | 'expired' | 'refused'} InterruptState
 */
export class LaneItem extends EventTarget {
  /** @type {QuestionState | InterruptState} `sent`: no node has said yet that it has it */
  state = 'sent';

  /** The host's words, or why it was refused. @type {string | null} */
  answer = null;

  /** After a refusal: why, as `docs/lane.md` names it, or the code of the error. @type {string | null} */
  cause = null;

  /** After a refusal: when another one may be taken. @type {number | null} */
  retryAfterMs = null;

  /** @param {{id: string, kind: 'question' | 'interrupt', text: string, atLocalMs: number}} what */
  constructor({ id, kind, text, atLocalMs }) {
    super();
    this.id = id;
    this.kind = kind;
    this.text = text;
    this.atLocalMs = atLocalMs;
  }

  get isOver() {
    return isTerminal(this.kind, this.state);
  }

  /**
   * Takes what a node says about it.
   *
   * @param {{state: string, text?: string, cause?: string, retryAfterMs?: number}} ack
   * @returns {boolean} whether anything has changed
   */
  take({ state, text, cause, retryAfterMs }) {
    const { state: before, answer } = this;
    if (this.isOver || (this.kind === 'interrupt' && INTERRUPT_RANK[state] <= INTERRUPT_RANK[before])) return false;
    this.state = state;
    this.answer = text ?? answer;
    this.cause = cause ?? null;
    this.retryAfterMs = retryAfterMs ?? null;
    if (state === before && this.answer === answer) return false;
    this.dispatchEvent(new CustomEvent('state', { detail: { state } }));
    return true;
  }
}

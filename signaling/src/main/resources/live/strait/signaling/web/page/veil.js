import { element, icon } from './dom.js';

/**
 * The layer over a picture that says in words why there is none. It is a live region: what it says is read aloud once.
 */
export class Veil {
  #root;
  #shown = '';

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
  }

  /**
   * @param {object} message
   * @param {string} message.icon
   * @param {string} message.title
   * @param {string} [message.text]
   * @param {'calm' | 'busy' | 'bad'} [message.mood]
   * @param {boolean} [message.overPicture] true where the last picture shines through
   * @param {{label: string, act: () => void}} [message.button]
   */
  show({ icon: name, title, text = '', mood = 'calm', overPicture = false, button }) {
    const said = JSON.stringify([name, title, text, mood, overPicture, button?.label]);
    if (said === this.#shown) return;
    this.#shown = said;
    const root = this.#root;
    root.hidden = false;
    root.dataset.mood = mood;
    root.dataset.over = overPicture ? 'picture' : 'nothing';
    root.replaceChildren(icon(name), element('strong', {}, title));
    if (text) root.append(element('p', {}, text));
    if (button) {
      const made = element('button', { class: 'button', type: 'button' }, button.label);
      made.addEventListener('click', button.act);
      root.append(made);
    }
  }

  hide() {
    this.#shown = '';
    this.#root.hidden = true;
    this.#root.replaceChildren();
  }
}

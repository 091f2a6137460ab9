import { byId, element, icon, setText } from './dom.js';
import { ago, counted, languageName, regionName, text } from './i18n.js';

/** One question of the board, and what a host can do about it. */
export class QuestionCard {
  #question;
  #lane;
  #reply = null;

  /** @param {object} question as of `docs/lane.md` @param {import('../sdk/host-lane.js').HostLane} lane */
  constructor(question, lane) {
    this.#lane = lane;
    this.#question = question;
    const { item, text: words, language } = question;
    this.root = element('li', { class: 'question', 'data-question-item': String(item) });
    this.count = element('span', { class: 'askers figure' });
    this.about = element('p', { class: 'about' });
    this.pin = action('board.pin', 'pin', () => this.#pin());
    this.menu = element('div', { class: 'menu' });
    const more = element('details', { class: 'more' }, element('summary', { 'aria-label': text('more') }, icon('more')), this.menu);
    more.addEventListener('toggle', () => more.open && this.#fillMenu());
    more.addEventListener('focusout', ({ relatedTarget }) => (more.open = more.contains(relatedTarget)));
    const acts = element('div', { class: 'acts' });
    acts.append(
      action('board.answered', 'check', () => lane.answer(item)),
      this.pin,
      action('board.dismiss', 'close', () => lane.dismiss(item)),
      more,
    );
    this.root.append(this.count, element('p', { class: 'asked', lang: language }, words), this.about, acts);
  }

  /** @param {object} question its newest state */
  show(question) {
    this.#question = question;
    const { count, state } = question;
    this.root.dataset.state = state;
    setText(this.count, `${count}×`);
    this.count.title = counted('board.askers', count);
    this.count.hidden = count < 2;
    this.pin.setAttribute('aria-pressed', String(state === 'pinned'));
    this.pin.setAttribute('aria-label', text(state === 'pinned' ? 'board.unpin' : 'board.pin'));
    this.pin.title = this.pin.getAttribute('aria-label');
    this.tick();
  }

  /** The age goes on. */
  tick() {
    const { languages, language, region, name, viewer, atMs, handedTo } = this.#question;
    const spoken = Object.keys(languages ?? { [language]: 1 }).map(languageName).join(', ');
    const parts = [name || viewer, spoken, region && regionName(region), ago(this.#lane.nodeNow() - atMs)];
    if (handedTo) parts.push(text('board.handed', { name: this.#nameOnStage(handedTo) }));
    setText(this.about, parts.filter(Boolean).join(' · '));
  }

  #nameOnStage(viewer) {
    return this.#lane.room.stage.find((seat) => seat.viewer === viewer)?.name || viewer;
  }

  #pin() {
    const { item, state } = this.#question;
    this.#lane.pin(item, state !== 'pinned');
  }

  #fillMenu() {
    const { item, viewer, name } = this.#question;
    const who = { name: name || viewer };
    const others = this.#lane.room.stage.filter((seat) => seat.viewer !== this.#lane.self.viewer && seat.viewer !== viewer);
    this.menu.replaceChildren(
      this.#entry(text('board.write'), 'reply', () => this.#write()),
      this.#entry(text('board.invite'), 'stage', () => this.#lane.invite(item)),
      ...others.map((seat) =>
        this.#entry(text('board.hand', { name: seat.name || seat.viewer }), 'open', () => this.#lane.handOn(item, seat.viewer)),
      ),
      this.#entry(text('board.mute', who), 'muted', () => this.#lane.mute(viewer, true)),
      this.#entry(text('board.ban', who), 'alert', () => this.#lane.ban(viewer, true)),
    );
  }

  #entry(label, name, act) {
    const button = element('button', { type: 'button' });
    button.append(icon(name), element('span', {}, label));
    button.addEventListener('click', () => {
      this.menu.parentElement.open = false;
      act();
    });
    return button;
  }

  #write() {
    this.#reply ??= this.#replyForm();
    this.root.append(this.#reply);
    this.#reply.elements.words.focus();
  }

  #replyForm() {
    const field = element('input', { name: 'words', maxlength: '280', required: '', autocomplete: 'off', 'aria-label': text('board.write') });
    const send = element('button', { class: 'button square primary', 'aria-label': text('ask.send') });
    send.append(icon('send'));
    const form = element('form', { class: 'reply' }, field, send);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#lane.answer(this.#question.item, field.value.trim());
      form.remove();
      byId('board').focus();
    });
    form.addEventListener('keydown', (event) => event.key === 'Escape' && form.remove());
    return form;
  }
}

function action(label, name, act) {
  const button = element('button', { class: 'act', type: 'button', 'aria-label': text(label), title: text(label), 'data-act': label.split('.')[1] });
  button.append(icon(name));
  button.addEventListener('click', act);
  return button;
}

import { localNow } from '../sdk/node-clock.js';
import { byId, element, icon, setText } from './dom.js';
import { text } from './i18n.js';

/** From the host's yes to the open microphone: time enough to notice, and for the link to come up meanwhile. */
const HEADS_UP_MS = 800;

/** An interrupt stays open for a minute; who was let in for an older one has long gone on to something else. */
const CONSENT_MS = 90_000;

const ENDED = new Set(['declined', 'expired', 'refused']);

/** How long an end is explained. */
const END_SHOWN_MS = 6000;

/** A viewer's own way onto the stage: who asked to cut in comes at once, who is invited out of the blue is asked. */
export class OnStage {
  #root = byId('on-stage');
  #viewer;
  #timer = 0;
  #muted = false;
  #openAtMs = 0;
  /** The interrupt that has led onto the stage. */
  #granted = null;

  /** @param {import('../sdk/viewer.js').Viewer} viewer */
  constructor(viewer) {
    this.#viewer = viewer;
    viewer.stage.addEventListener('state', ({ detail }) => this.#onState(detail));
  }

  #onState({ state, reason, error }) {
    clearTimeout(this.#timer);
    this.#root.hidden = false;
    this.#root.dataset.state = state;
    switch (state) {
      case 'invited':
        return this.#wantsToCome() ? this.#join(byId('with-camera').checked) : this.#ask();
      case 'joining':
        return this.#say(text('stage.joining'), [this.#leave('stage.not-now')]);
      case 'live':
        return this.#goLive();
      default:
        return this.#end(reason, error);
    }
  }

  /** An interrupt of one's own a moment ago is the consent; each counts once. */
  #wantsToCome() {
    const newest = [...this.#viewer.lane.items.values()].filter(({ kind }) => kind === 'interrupt').at(-1);
    if (!newest || newest === this.#granted || ENDED.has(newest.state)) return false;
    this.#granted = newest;
    return localNow() - newest.atLocalMs < CONSENT_MS;
  }

  #ask() {
    const join = (camera, label) => this.#choice(label, () => this.#join(camera), camera ? 'camera' : 'mic');
    this.#say(text('stage.invited'), [join(false, 'stage.join'), join(true, 'stage.join-camera'), this.#leave('stage.not-now')]);
    this.#root.querySelector('button').focus();
  }

  #join(camera) {
    this.#openAtMs = performance.now() + HEADS_UP_MS;
    this.#muted = false;
    this.#viewer.stage.join({ camera, muted: true }).catch(() => {}); // Told by the state.
  }

  #goLive() {
    const waitMs = Math.max(0, this.#openAtMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#setMuted(this.#muted);
      this.#say(text('stage.live'), [this.#microphone(), this.#leave('stage.leave')]);
    }, waitMs);
  }

  #end(reason, error) {
    const why = error?.name === 'NotAllowedError' ? 'stage.end.microphone' : `stage.end.${reason}`;
    this.#say(text(why), []);
    this.#timer = setTimeout(() => (this.#root.hidden = true), END_SHOWN_MS);
    if (reason === 'left') this.#root.hidden = true;
  }

  #setMuted(muted) {
    this.#muted = muted;
    this.#viewer.stage.mute(muted);
  }

  #microphone() {
    const button = element('button', { class: 'control', type: 'button', id: 'stage-mic', 'aria-label': text('microphone') });
    const show = () => {
      button.setAttribute('aria-pressed', String(!this.#muted));
      button.replaceChildren(icon(this.#muted ? 'mic-off' : 'mic'));
    };
    button.addEventListener('click', () => {
      this.#setMuted(!this.#muted);
      show();
    });
    show();
    return button;
  }

  #leave(label) {
    return this.#choice(label, () => this.#viewer.stage.leave(), 'close');
  }

  #choice(label, act, name) {
    const button = element('button', { class: 'button', type: 'button', 'data-choice': label, 'aria-label': text(label) });
    button.append(icon(name), element('span', {}, text(label)));
    button.addEventListener('click', act);
    return button;
  }

  #say(words, choices) {
    setText(byId('on-stage-text'), words);
    byId('on-stage-choices').replaceChildren(...choices);
  }
}

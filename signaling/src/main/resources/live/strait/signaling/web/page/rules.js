import { byId } from './dom.js';

/** The room's rules as a form: what is changed here is set at once, what another studio changes is shown. */
export class Rules {
  #form = byId('rules');

  /** @param {import('../sdk/host-lane.js').HostLane} lane */
  constructor(lane) {
    lane.addEventListener('room', ({ detail }) => this.#show(detail.rules));
    this.#form.addEventListener('submit', (event) => event.preventDefault());
    this.#form.addEventListener('change', ({ target }) => {
      if (target.reportValidity()) lane.setRules({ [target.name]: valueOf(target) });
    });
  }

  #show(rules) {
    for (const field of this.#form.elements) {
      const value = rules[field.name];
      if (field === document.activeElement || value === undefined) continue;
      if (field.type === 'checkbox') field.checked = value;
      else field.value = Array.isArray(value) ? value.join(', ') : value;
    }
  }
}

function valueOf({ type, checked, value }) {
  if (type === 'checkbox') return checked;
  if (type === 'number') return Number(value);
  return value.split(/[,、，]/).map((word) => word.trim()).filter(Boolean);
}

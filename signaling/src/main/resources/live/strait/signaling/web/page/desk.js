import { host } from '../strait.js';
import { Board } from './board.js';
import { byId, element, setText } from './dom.js';
import { GuestTiles } from './guest-tiles.js';
import { text, toldError, toldNotice } from './i18n.js';
import { InterruptBanner } from './interrupt-banner.js';
import { Products } from './products.js';
import { Rules } from './rules.js';

/** A link that is back within this was not missed. */
const OFFLINE_AFTER_MS = 2500;

/** How long words are shown that change nothing. */
const WORDS_SHOWN_MS = 6000;

/**
 * The host's seat in the room: it is there from the first moment, whether this page publishes, another program does, or
 * nobody yet.
 *
 * @param {{room: string, token: string | null, language: string, name?: string}} options
 */
export function openDesk(options) {
  const desk = host(options);
  const { lane } = desk;
  new InterruptBanner(lane);
  new Board(lane);
  new Products(lane);
  new Rules(lane);
  const tiles = new GuestTiles(byId('guests'), desk, (tile, guest) => tile.append(endButton(lane, guest.viewer)));
  tiles.setVolume(1);
  desk.addEventListener('guests', ({ detail }) => (byId('stage-empty').hidden = detail.length > 0));
  watchLink(lane);
  return desk;
}

function endButton(lane, viewer) {
  const button = element('button', { class: 'button end-part', type: 'button', 'data-act': 'end' }, text('stage.end'));
  button.addEventListener('click', () => lane.leaveStage(viewer));
  return button;
}

function watchLink(lane) {
  let timer = 0;
  const say = (words) => setText(byId('lane-notice'), words);
  const look = () => {
    clearTimeout(timer);
    if (lane.isReady) say('');
    else timer = setTimeout(() => say(text('desk.offline')), OFFLINE_AFTER_MS);
  };
  lane.addEventListener('state', look);
  const sayForAWhile = (words) => {
    say(words);
    clearTimeout(timer);
    timer = setTimeout(look, WORDS_SHOWN_MS);
  };
  lane.addEventListener('error', ({ detail }) => sayForAWhile(toldError(detail.code, detail.reason)));
  lane.addEventListener('notice', ({ detail }) => sayForAWhile(toldNotice(detail)));
  look();
}

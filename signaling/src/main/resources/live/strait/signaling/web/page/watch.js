import { watch } from '../strait.js';
import { Comments } from './comments.js';
import { byId, pageAddress, setText, iconHref } from './dom.js';
import { viewers } from './format.js';
import { GuestTiles } from './guest-tiles.js';
import { language, text, toldError } from './i18n.js';
import { OnStage } from './on-stage.js';
import { ProductCard } from './product-card.js';
import { QualityMenu } from './quality-menu.js';
import { Reactions } from './reactions.js';
import { StatsPanel } from './stats-panel.js';
import { Talk } from './talk.js';
import { Veil } from './veil.js';

/** Controls go out of the picture's way after this long without a movement. */
const IDLE_AFTER_MS = 3000;

/** A link that comes back within this was hardly missed; the picture is not covered for it. */
const RECONNECT_VEIL_AFTER_MS = 800;

const { room, token, query } = pageAddress();
const video = byId('video');
const stage = byId('stage');
const veil = new Veil(byId('veil'));
const panel = new StatsPanel();
let hasPicture = false;
/** True while sound could be heard: an offer to turn it on makes no sense before. */
let canHear = false;
let reconnectingSinceMs = 0;

const viewer = watch({ room, token, video, language, name: query.get('name') ?? undefined });
const { lane } = viewer;
window.strait = { viewer, lane };
const quality = new QualityMenu(viewer);
const guests = new GuestTiles(byId('guests'), viewer);
const product = new ProductCard(lane);
const talk = new Talk(viewer);
new OnStage(viewer);
new Comments(lane);
new Reactions(lane);

if (document.hidden) pauseUnlessSeen();
viewer.addEventListener('state', onState);
viewer.addEventListener('room', show);
viewer.addEventListener('picture', () => {
  hasPicture = true;
  show();
});
viewer.addEventListener('stats', ({ detail }) => {
  panel.show(detail);
  if (viewer.room?.phase !== 'interrupted') quality.showHeight(detail.video?.height ?? 0);
});

function onState({ detail }) {
  if (detail.state === 'reconnecting') {
    reconnectingSinceMs = performance.now();
    setTimeout(show, RECONNECT_VEIL_AFTER_MS);
  }
  show();
}

// --- what is going on, in words ---

function show() {
  const status = viewer.room;
  const phase = viewer.state === 'live' ? (status?.phase ?? 'live') : viewer.state;
  byId('badge').dataset.phase = phase;
  setText(byId('badge'), text(`phase.${phase}`));
  const count = byId('viewers');
  count.hidden = !status;
  if (status) setText(count, viewers(status.viewers));
  quality.showLayers(status?.layers ?? []);
  if (phase !== 'live') quality.showHeight(0);
  byId('controls').hidden = phase === 'failed';
  byId('talk').hidden = phase === 'failed' || phase === 'ended';
  const message = messageFor(phase);
  if (message) veil.show(message);
  else veil.hide();
  canHear = phase === 'live' && hasPicture;
  showSound();
}

const LOOKS = {
  connecting: { icon: 'waves', mood: 'busy' },
  reconnecting: { icon: 'waves', mood: 'busy' },
  waiting: { icon: 'hourglass' },
  live: { icon: 'waves', mood: 'busy' },
  interrupted: { icon: 'waves', mood: 'busy' },
  ended: { icon: 'done' },
  failed: { icon: 'alert', mood: 'bad' },
};

function messageFor(phase) {
  if (phase === 'live' && hasPicture) return null;
  if (phase === 'reconnecting' && hasPicture && performance.now() < reconnectingSinceMs + RECONNECT_VEIL_AFTER_MS) return null;
  const overPicture = hasPicture && (phase === 'reconnecting' || phase === 'interrupted');
  const message = { ...LOOKS[phase], overPicture, title: text(`veil.${phase}.title`), text: text(`veil.${phase}.text`) };
  if (phase !== 'failed') return message;
  return { ...message, text: viewer.error ? toldError(viewer.error.code ?? '', viewer.error.message) : '', button: { label: text('again'), act: () => location.reload() } };
}

// --- sound ---

function setMuted(muted) {
  video.muted = muted;
  if (!muted && video.volume === 0) video.volume = 1;
  video.play().catch(() => {});
}

function showSound() {
  const silent = video.muted || video.volume === 0;
  byId('sound').setAttribute('aria-pressed', String(!silent));
  byId('sound-icon').setAttribute('href', iconHref(silent ? 'muted' : 'volume'));
  byId('volume').value = silent ? 0 : video.volume;
  byId('unmute').hidden = !video.muted || !canHear;
  guests.setVolume(video.muted ? 0 : video.volume);
}

byId('unmute').addEventListener('click', () => setMuted(false));
viewer.stage.addEventListener('state', ({ detail }) => {
  if (detail.state === 'live') setMuted(false); // A guest has to hear what is said to it.
});
byId('sound').addEventListener('click', () => setMuted(!video.muted));
byId('volume').addEventListener('input', ({ target }) => {
  video.volume = Number(target.value);
  video.muted = video.volume === 0;
});
video.addEventListener('volumechange', showSound);
video.addEventListener('click', () => {
  if (video.muted && canHear) setMuted(false);
});

// --- hidden, small, large ---

function pauseUnlessSeen() {
  viewer.pauseVideo(document.hidden && !document.pictureInPictureElement).catch(() => {});
}
document.addEventListener('visibilitychange', pauseUnlessSeen);
video.addEventListener('leavepictureinpicture', pauseUnlessSeen);

byId('pip').hidden = !document.pictureInPictureEnabled;
byId('pip').addEventListener('click', () => {
  const change = document.pictureInPictureElement ? document.exitPictureInPicture() : video.requestPictureInPicture();
  change.catch(() => {});
});

function toggleFullscreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (stage.requestFullscreen) stage.requestFullscreen().catch(() => {});
  else video.webkitEnterFullscreen?.(); // An iPhone knows full screen for the video element alone.
}
byId('fullscreen').addEventListener('click', toggleFullscreen);
video.addEventListener('dblclick', toggleFullscreen);
document.addEventListener('fullscreenchange', () => {
  const isFull = document.fullscreenElement !== null;
  byId('fullscreen').setAttribute('aria-pressed', String(isFull));
  byId('fullscreen-icon').setAttribute('href', iconHref(isFull ? 'window' : 'fullscreen'));
  product.putIn(isFull ? stage : byId('talk'));
});

// --- keyboard, and controls that step aside ---

const KEYS = {
  m: () => setMuted(!video.muted),
  f: toggleFullscreen,
  s: () => panel.toggle(),
  i: () => talk.interrupt(),
};
document.addEventListener('keydown', (event) => {
  wake();
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target instanceof HTMLInputElement) return;
  KEYS[event.key.toLowerCase()]?.();
});

let idleTimer = 0;
function wake() {
  delete stage.dataset.idle;
  clearTimeout(idleTimer);
  idleTimer = setTimeout(() => {
    if (hasPicture && !quality.isOpen) stage.dataset.idle = '';
  }, IDLE_AFTER_MS);
}
for (const event of ['pointermove', 'pointerdown']) stage.addEventListener(event, wake);
wake();

document.title = `${room} · Strait`;
setText(byId('room-name'), room);
show();

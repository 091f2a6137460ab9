import { watch } from '../strait.js';
import { byId, pageAddress, setText, iconHref } from './dom.js';
import { viewers } from './format.js';
import { QualityMenu } from './quality-menu.js';
import { StatsPanel } from './stats-panel.js';
import { Veil } from './veil.js';

/** Controls go out of the picture's way after this long without a movement. */
const IDLE_AFTER_MS = 3000;

/** A link that comes back within this was hardly missed; the picture is not covered for it. */
const RECONNECT_VEIL_AFTER_MS = 800;

const { room, token } = pageAddress();
const video = byId('video');
const stage = byId('stage');
const veil = new Veil(byId('veil'));
const panel = new StatsPanel();
let viewer;
let quality;
let hasPicture = false;
/** True while sound could be heard: an offer to turn it on makes no sense before. */
let canHear = false;
let reconnectingSinceMs = 0;

/** Opens the viewer; again after a refusal that the user wants to try once more. */
function join() {
  viewer?.close();
  viewer = watch({ room, token, video });
  quality = new QualityMenu(viewer);
  window.strait = { viewer };
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
  show();
}

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
  showBadge(phase);
  const count = byId('viewers');
  count.hidden = !status;
  if (status) setText(count, viewers(status.viewers));
  quality.showLayers(status?.layers ?? []);
  if (phase !== 'live') quality.showHeight(0);
  byId('controls').hidden = phase === 'failed';
  const message = messageFor(phase);
  if (message) veil.show(message);
  else veil.hide();
  canHear = phase === 'live' && hasPicture;
  showSound();
}

const BADGES = {
  connecting: 'Connecting',
  reconnecting: 'Reconnecting',
  waiting: 'Not started',
  live: 'Live',
  interrupted: 'Paused',
  ended: 'Ended',
  failed: 'Not available',
};

function showBadge(phase) {
  const badge = byId('badge');
  badge.dataset.phase = phase;
  setText(badge, BADGES[phase]);
}

function messageFor(phase) {
  switch (phase) {
    case 'connecting':
      return { icon: 'waves', title: 'Connecting', text: 'One moment …', mood: 'busy' };
    case 'reconnecting':
      if (hasPicture && performance.now() < reconnectingSinceMs + RECONNECT_VEIL_AFTER_MS) return null;
      return { icon: 'waves', title: 'Finding the way back', text: 'Your network was interrupted. The picture returns by itself.', mood: 'busy', overPicture: hasPicture };
    case 'waiting':
      return { icon: 'hourglass', title: 'Starting soon', text: 'The host is not here yet. Stay on this page: it begins by itself.' };
    case 'interrupted':
      return { icon: 'waves', title: 'The host will be right back', text: 'The connection to the host was interrupted. It goes on by itself.', mood: 'busy', overPicture: hasPicture };
    case 'ended':
      return { icon: 'done', title: 'The show has ended', text: 'Thank you for watching.' };
    case 'failed':
      return { icon: 'alert', title: 'This show cannot be watched', text: viewer.error?.message ?? '', mood: 'bad', button: { label: 'Try again', act: join } };
    default:
      return hasPicture ? null : { icon: 'waves', title: 'Here it comes', mood: 'busy' };
  }
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
}

byId('unmute').addEventListener('click', () => setMuted(false));
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
});

// --- keyboard, and controls that step aside ---

const KEYS = {
  m: () => setMuted(!video.muted),
  f: toggleFullscreen,
  s: () => panel.toggle(),
};
document.addEventListener('keydown', (event) => {
  wake();
  if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
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
join();

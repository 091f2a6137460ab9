import { canSend, publish } from '../strait.js';
import { openDesk } from './desk.js';
import { byId, element, iconHref, pageAddress, setText } from './dom.js';
import { duration, viewers } from './format.js';
import { Health } from './health.js';
import { language, text, toldError } from './i18n.js';
import { showShareLink } from './share-link.js';
import { cameraIsGranted, devices, explain, openSource, SOURCE_NAMES } from './sources.js';
import { Veil } from './veil.js';

const { room, token, query } = pageAddress();
const preview = byId('preview');
const veil = new Veil(byId('veil'));
const health = new Health();

/** @type {import('./sources.js').Source | null} */
let source = null;
/** @type {import('../sdk/publisher.js').Publisher | null} */
let publisher = null;
let sourceName = SOURCE_NAMES.includes(query.get('source')) ? query.get('source') : 'camera';
/** Counts the openings: one that was overtaken by the next choice is dropped. */
let opening = 0;
let liveSinceMs = null;
let wakeLock = null;

// --- source ---

/** @param {string} name @param {boolean} openNow false where the browser would ask the user out of the blue */
async function choose(name, openNow = true) {
  sourceName = name;
  document.querySelector(`#sources input[value="${name}"]`).checked = true;
  byId('camera-fields').hidden = name !== 'camera';
  byId('file-fields').hidden = name !== 'file';
  notice('');
  if (name === 'file' && !byId('file').files[0]) invite('file', 'file.choose', 'file.stays', 'file.choose', () => byId('file').click());
  else if (openNow) await open();
  else invite('camera', 'camera.ready', 'camera.asks', 'camera.on', open);
}

function invite(icon, title, words, label, act) {
  if (!source) veil.show({ icon, title: text(title), text: text(words), button: { label: text(label), act } });
}

async function open() {
  const mine = ++opening;
  if (!source) veil.show({ icon: 'waves', title: text('opening'), mood: 'busy' });
  const wishes = {
    height: Number(byId('size').value),
    cameraId: byId('camera').value,
    microphoneId: byId('microphone').value,
    stereo: byId('stereo').checked,
    file: byId('file').files[0],
  };
  try {
    const opened = await openSource(sourceName, wishes);
    if (mine === opening) await use(opened);
    else opened.stop();
  } catch (error) {
    if (mine !== opening) return;
    if (source) notice(explain(error));
    else veil.show({ icon: 'alert', title: text('picture.none'), text: explain(error), mood: 'bad', button: { label: text('again'), act: open } });
  }
  await listDevices();
}

/** The new picture is in place before the old one is let go: viewers see a cut and no gap. */
async function use(opened) {
  const old = source;
  source = opened;
  preview.srcObject = opened.stream;
  veil.hide();
  byId('go-live').disabled = false;
  byId('mic').disabled = opened.stream.getAudioTracks().length === 0;
  setMicrophone(byId('mic').getAttribute('aria-pressed') === 'true');
  opened.stream.getVideoTracks()[0]?.addEventListener('ended', () => source === opened && onSourceEnded());
  if (publisher) await publisher.replaceStream(opened.stream);
  old?.stop();
}

function onSourceEnded() {
  veil.show({ icon: 'alert', title: text('picture.stopped'), text: text('picture.taken'), button: { label: text('picture.again'), act: open } });
}

async function listDevices() {
  const { cameras, microphones } = await devices();
  fill(byId('camera'), cameras, text('camera'), source?.stream.getVideoTracks()[0]);
  fill(byId('microphone'), microphones, text('microphone'), source?.stream.getAudioTracks()[0]);
}

function fill(select, found, name, track) {
  const chosen = track?.getSettings().deviceId ?? select.value;
  const options = found.map(({ deviceId, label }, i) => element('option', { value: deviceId }, label || `${name} ${i + 1}`));
  select.replaceChildren(...(options.length > 0 ? options : [element('option', { value: '' }, text('device.none'))]));
  if (found.some(({ deviceId }) => deviceId === chosen)) select.value = chosen;
  select.disabled = found.length === 0;
}

byId('sources').addEventListener('change', ({ target }) => choose(target.value));
for (const id of ['camera', 'microphone', 'file', 'size', 'stereo']) byId(id).addEventListener('change', () => open());
navigator.mediaDevices?.addEventListener('devicechange', listDevices);

function setMicrophone(on) {
  source?.stream.getAudioTracks().forEach((track) => (track.enabled = on));
  byId('mic').setAttribute('aria-pressed', String(on));
  byId('mic-icon').setAttribute('href', iconHref(on ? 'mic' : 'mic-off'));
}
byId('mic').addEventListener('click', () => setMicrophone(byId('mic').getAttribute('aria-pressed') !== 'true'));

// --- on air ---

function goLive() {
  notice('');
  publisher = publish({
    room,
    token,
    stream: source.stream,
    codec: byId('codec').value,
    stereo: byId('stereo').checked,
    contentHint: source.contentHint,
    lane: false, // The desk has it.
  });
  window.strait.publisher = publisher;
  publisher.addEventListener('state', ({ detail }) => onState(detail));
  publisher.addEventListener('stats', ({ detail }) => health.show(detail));
  showAir('connecting');
  stayAwake();
}

function onState({ state, error }) {
  if (state === 'live') liveSinceMs ??= Date.now();
  if (state === 'failed') notice(toldError(error.code ?? '', error.message));
  if (state === 'failed' || state === 'ended') offAir();
  else showAir(state);
}

function offAir() {
  publisher?.close();
  publisher = null;
  liveSinceMs = null;
  health.clear();
  wakeLock?.release();
  wakeLock = null;
  showAir('off');
}

function showAir(phase) {
  const onAir = phase !== 'off';
  showBadge(phase);
  byId('go-live').hidden = onAir;
  byId('stop').hidden = !onAir;
  for (const id of ['codec', 'stereo']) byId(id).disabled = onAir; // Agreed on with the node when going live.
  showClock();
}

function showBadge(phase) {
  byId('badge').dataset.phase = phase;
  setText(byId('badge'), text(`phase.${phase}`));
}

/** Where another program publishes, its phase is the show's. */
function showRoom({ phase, viewers: count }) {
  byId('viewers').hidden = false;
  setText(byId('viewers'), viewers(count));
  if (!publisher) showBadge(phase === 'live' || phase === 'interrupted' ? phase : 'off');
}

function showClock() {
  byId('clock').hidden = liveSinceMs === null;
  if (liveSinceMs !== null) setText(byId('clock'), duration(Date.now() - liveSinceMs));
}
setInterval(showClock, 1000);

/** A phone that goes to sleep ends the show. */
async function stayAwake() {
  wakeLock = await navigator.wakeLock?.request('screen').catch(() => null);
}
document.addEventListener('visibilitychange', () => {
  if (publisher && !document.hidden) stayAwake();
});

function notice(words) {
  setText(byId('notice'), words);
}

byId('go-live').addEventListener('click', goLive);
byId('stop').addEventListener('click', offAir);

document.title = `${room} · Studio · Strait`;
setText(byId('room-name'), room);
const desk = openDesk({ room, token, language, name: query.get('name') ?? undefined });
desk.addEventListener('room', ({ detail }) => showRoom(detail));
window.strait = { publisher: null, desk, lane: desk.lane };
for (const option of [...byId('codec').options]) if (!canSend(option.value)) option.remove();
showShareLink(room, query.get('viewerToken'));
byId('settings').open = matchMedia('(min-width: 901px)').matches;
await choose(sourceName, sourceName !== 'camera' || (await cameraIsGranted()));
if (query.has('live') && source) goLive();

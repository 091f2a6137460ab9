import { canSend, publish } from '../strait.js';
import { byId, element, iconHref, pageAddress, setText } from './dom.js';
import { duration, viewers } from './format.js';
import { Health } from './health.js';
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
  if (name === 'file' && !byId('file').files[0]) invite('file', 'Choose a file', 'It is played in a loop and stays on this computer.', 'Choose a file', () => byId('file').click());
  else if (openNow) await open();
  else invite('camera', 'Ready when you are', 'The browser will ask for your camera and microphone.', 'Turn on the camera', open);
}

function invite(icon, title, text, label, act) {
  if (!source) veil.show({ icon, title, text, button: { label, act } });
}

async function open() {
  const mine = ++opening;
  if (!source) veil.show({ icon: 'waves', title: 'Opening', mood: 'busy' });
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
    else veil.show({ icon: 'alert', title: 'No picture yet', text: explain(error), mood: 'bad', button: { label: 'Try again', act: open } });
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
  veil.show({ icon: 'alert', title: 'The picture has stopped', text: 'The device was taken away, or sharing was ended.', button: { label: 'Open it again', act: open } });
}

async function listDevices() {
  const { cameras, microphones } = await devices();
  fill(byId('camera'), cameras, 'Camera', source?.stream.getVideoTracks()[0]);
  fill(byId('microphone'), microphones, 'Microphone', source?.stream.getAudioTracks()[0]);
}

function fill(select, found, name, track) {
  const chosen = track?.getSettings().deviceId ?? select.value;
  const options = found.map(({ deviceId, label }, i) => element('option', { value: deviceId }, label || `${name} ${i + 1}`));
  select.replaceChildren(...(options.length > 0 ? options : [element('option', { value: '' }, 'None found')]));
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
  });
  window.strait.publisher = publisher;
  publisher.addEventListener('state', ({ detail }) => onState(detail));
  publisher.addEventListener('room', ({ detail }) => showViewers(detail.viewers));
  publisher.addEventListener('stats', ({ detail }) => health.show(detail));
  showAir('connecting');
  stayAwake();
}

const BADGES = { off: 'Off air', connecting: 'Connecting', live: 'Live', reconnecting: 'Reconnecting' };

function onState({ state, error }) {
  if (state === 'live') liveSinceMs ??= Date.now();
  if (state === 'failed') notice(error.message);
  if (state === 'failed' || state === 'ended') offAir();
  else showAir(state);
}

function offAir() {
  publisher?.close();
  publisher = null;
  liveSinceMs = null;
  health.clear();
  byId('viewers').hidden = true;
  wakeLock?.release();
  wakeLock = null;
  showAir('off');
}

function showAir(phase) {
  const onAir = phase !== 'off';
  byId('badge').dataset.phase = phase;
  setText(byId('badge'), BADGES[phase]);
  byId('go-live').hidden = onAir;
  byId('stop').hidden = !onAir;
  for (const id of ['codec', 'stereo']) byId(id).disabled = onAir; // Agreed on with the node when going live.
  showClock();
}

function showViewers(count) {
  byId('viewers').hidden = false;
  setText(byId('viewers'), viewers(count));
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

function notice(text) {
  setText(byId('notice'), text);
}

byId('go-live').addEventListener('click', goLive);
byId('stop').addEventListener('click', offAir);

// --- viewer link ---

/** The host's token is the host's: viewers get the one that came along for them, or none in an open room. */
function showLink() {
  const link = new URL(`/watch/${encodeURIComponent(room)}`, location.href);
  if (query.has('viewerToken')) link.searchParams.set('token', query.get('viewerToken'));
  byId('share').value = link.href;
  byId('open').href = link.href;
}

byId('share').addEventListener('focus', ({ target }) => target.select());
byId('copy').addEventListener('click', async () => {
  const share = byId('share');
  try {
    await navigator.clipboard.writeText(share.value);
  } catch {
    share.select(); // No clipboard on an insecure page: the link is marked, ready for the user's own copy.
    return;
  }
  setText(byId('copied'), 'Copied');
  byId('copy-icon').setAttribute('href', iconHref('check'));
  setTimeout(() => {
    setText(byId('copied'), '');
    byId('copy-icon').setAttribute('href', iconHref('copy'));
  }, 2000);
});

document.title = `${room} · Studio · Strait`;
setText(byId('room-name'), room);
window.strait = { publisher: null };
for (const option of [...byId('codec').options]) if (!canSend(option.value)) option.remove();
showLink();
byId('settings').open = matchMedia('(min-width: 901px)').matches;
await choose(sourceName, sourceName !== 'camera' || (await cameraIsGranted()));
if (query.has('live') && source) goLive();

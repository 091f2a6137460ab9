import { byId, iconHref, setText } from './dom.js';
import { text } from './i18n.js';

/** How long it is said that the link was copied. */
const SAID_MS = 2000;

/**
 * The link for viewers. The host's token is the host's: viewers get the one that came along for them, or none in an open room.
 *
 * @param {string} room @param {string | null} viewerToken
 */
export function showShareLink(room, viewerToken) {
  const link = new URL(`/watch/${encodeURIComponent(room)}`, location.href);
  if (viewerToken) link.searchParams.set('token', viewerToken);
  const share = byId('share');
  share.value = link.href;
  byId('open').href = link.href;
  share.addEventListener('focus', () => share.select());
  byId('copy').addEventListener('click', () => copy(share));
}

async function copy(share) {
  try {
    await navigator.clipboard.writeText(share.value);
  } catch {
    share.select(); // No clipboard on an insecure page: the link is marked, ready for the user's own copy.
    return;
  }
  setText(byId('copied'), text('link.copied'));
  byId('copy-icon').setAttribute('href', iconHref('check'));
  setTimeout(() => {
    setText(byId('copied'), '');
    byId('copy-icon').setAttribute('href', iconHref('copy'));
  }, SAID_MS);
}

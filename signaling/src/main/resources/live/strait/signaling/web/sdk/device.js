/**
 * The signed name by which a node knows this browser again: one shared link is many viewers. Kept per server; where the
 * browser keeps nothing, it lasts as long as the page.
 */
const remembered = new Map();

/** @param {string} server origin @returns {string | undefined} */
export function deviceOf(server) {
  try {
    return localStorage.getItem(`strait.device ${server}`) ?? undefined;
  } catch {
    return remembered.get(server);
  }
}

/** @param {string} server origin @param {string} device */
export function rememberDevice(server, device) {
  remembered.set(server, device);
  try {
    localStorage.setItem(`strait.device ${server}`, device);
  } catch {
    // Storage is off: remembered above.
  }
}

/** A name that nobody can guess, in the characters that the lane allows. */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(15));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_');
}

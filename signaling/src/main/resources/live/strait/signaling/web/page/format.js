/** Figures as people read them. A value that is not known is a dash. */

const NONE = '–';

/** @param {number | null | undefined} bps */
export function bitrate(bps) {
  if (bps === null || bps === undefined) return NONE;
  return bps >= 1e6 ? `${(bps / 1e6).toFixed(1)} Mbit/s` : `${Math.round(bps / 1e3)} kbit/s`;
}

/** @param {number | null | undefined} ms */
export const milliseconds = (ms) => (ms === null || ms === undefined ? NONE : `${Math.round(ms)} ms`);

/** @param {number | null | undefined} value */
export const percent = (value) => (value === null || value === undefined ? NONE : `${value.toFixed(value < 10 && value > 0 ? 1 : 0)} %`);

/** @param {number | null | undefined} fps */
export const frameRate = (fps) => (fps === null || fps === undefined ? NONE : `${Math.round(fps)} fps`);

/** @param {number} width @param {number} height */
export const size = (width, height) => (width > 0 ? `${width} × ${height}` : NONE);

/** @param {number} ms as minutes and seconds, with hours when there are any */
export function duration(ms) {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':');
}

/** @param {number} count */
export const viewers = (count) => (count === 1 ? '1 viewer' : `${count.toLocaleString()} viewers`);

import { counted, number } from './i18n.js';

/** Figures as people read them. A value that is not known is a dash. */

const NONE = '–';
const isUnknown = (value) => value === null || value === undefined;

/** @param {number | null | undefined} bps */
export function bitrate(bps) {
  if (isUnknown(bps)) return NONE;
  return bps >= 1e6 ? `${number(Math.round(bps / 1e5) / 10)} Mbit/s` : `${number(Math.round(bps / 1e3))} kbit/s`;
}

/** @param {number | null | undefined} ms */
export const milliseconds = (ms) => (isUnknown(ms) ? NONE : `${number(Math.round(ms))} ms`);

/** @param {number | null | undefined} value */
export const percent = (value) => (isUnknown(value) ? NONE : `${number(value < 10 ? value : Math.round(value))} %`);

/** @param {number | null | undefined} fps */
export const frameRate = (fps) => (isUnknown(fps) ? NONE : `${number(Math.round(fps))} fps`);

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
export const viewers = (count) => counted('viewers', count);
